// Finds a Chromium for the end-to-end tests, and installs one when there is none.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe']

/** Path of an installed browser, or null. `RELAYGROUND_BROWSER` names one. */
export function findBrowser() {
  const named = process.env.RELAYGROUND_BROWSER
  if (named && existsSync(named)) return named
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name)
  }
  return PLACES.find(place => existsSync(place)) ?? null
}

/** An installed browser first, else Debian's package when root, else Playwright's own download. Null when none could be had. */
export async function ensureBrowser(root) {
  const found = findBrowser() ?? (await playwrightsOwn())
  if (found) return found
  const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }).status === 0
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from Debian’s packages …')
    if (run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])) {
      const installed = findBrowser()
      if (installed) return installed
    }
  }
  console.log('Downloading Chromium with Playwright …')
  run('npx', ['playwright', 'install', 'chromium'])
  return playwrightsOwn()
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import('@playwright/test')
    const path = chromium.executablePath()
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}
