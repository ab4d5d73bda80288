// Installs packages when they are missing or older than the lock file. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function ensureInstalled(root) {
  const marker = join(root, 'node_modules/.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs - 1000) return
  if (existsSync(marker) && installedMatches(marker, lock)) return
  console.log('Installing packages …')
  const done = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
  if (done.status !== 0) {
    console.error('npm ci failed: see above. With a network connection, run the command again.')
    process.exit(1)
  }
}

/** A fresh checkout touches the lock file: what counts is whether the same versions are there. */
function installedMatches(marker, lock) {
  try {
    const have = JSON.parse(readFileSync(marker, 'utf8')).packages
    const want = JSON.parse(readFileSync(lock, 'utf8')).packages
    return Object.entries(want).every(([path, one]) => path === '' || one.optional || have[path]?.version === one.version)
  } catch {
    return false
  }
}
