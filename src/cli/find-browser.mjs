// Finds the browsers of the end-to-end tests, and installs them where there are none.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe']

/** Path of an installed Chromium, or null. `RELAYGROUND_BROWSER` names one. */
export function findBrowser() {
  return find(process.env.RELAYGROUND_BROWSER, NAMES) ?? PLACES.find(place => existsSync(place)) ?? null
}

/** Path of an installed Firefox, Debian's package when root and there is none; null when none could be had. `RELAYGROUND_FIREFOX` names one. */
export function ensureFirefox(root) {
  return findFirefox() ?? (installed(root, 'Firefox', 'firefox-esr') ? findFirefox() : null)
}

/** Path of Playwright's own WebKit, where somebody installed it; null elsewhere. */
export function findWebKit() {
  return playwrightsOwn('webkit')
}

function findFirefox() {
  return find(process.env.RELAYGROUND_FIREFOX, ['firefox-esr', 'firefox'])
}

/** @param {string | undefined} named @param {string[]} names */
function find(named, names) {
  if (named && existsSync(named)) return named
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}

function run(root, command, args) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }).status === 0
}

/** Whether a package of Debian could be installed. */
function installed(root, title, name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log(`Installing ${title} from Debian’s packages …`)
  return run(root, 'apt-get', ['update', '-qq']) && run(root, 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])
}

/** An installed browser first, else Debian's package when root, else Playwright's own download. Null when none could be had. */
export async function ensureBrowser(root) {
  const found = findBrowser() ?? (await playwrightsOwn('chromium'))
  if (found) return found
  if (installed(root, 'Chromium', 'chromium')) {
    const browser = findBrowser()
    if (browser) return browser
  }
  console.log('Downloading Chromium with Playwright …')
  run(root, 'npx', ['playwright', 'install', 'chromium'])
  return playwrightsOwn('chromium')
}

/** @param {'chromium' | 'webkit'} kind */
async function playwrightsOwn(kind) {
  try {
    const path = (await import('@playwright/test'))[kind].executablePath()
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}
