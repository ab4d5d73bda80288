import { readdirSync, readFileSync } from 'node:fs'

/** CPU milliseconds that the threads of the pages have used: of their main threads, and of their workers by name. */
export interface ThreadTimes {
  readonly mainMs: number
  readonly workers: ReadonlyMap<string, number>
}

/** Reads the kernel's account of every renderer that descends from a process: Linux only. */
export function threadTimes(browserPid: number): ThreadTimes {
  let mainMs = 0
  const workers = new Map<string, number>()
  for (const pid of renderers(browserPid)) {
    for (const thread of list(`/proc/${pid}/task`)) {
      const ranMs = Number(text(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0) / 1e6
      if (thread === pid) mainMs += ranMs
      else workers.set(thread, ranMs)
    }
  }
  return { mainMs, workers }
}

/** The busiest thread besides the main one between two readings: whichever worker that is, nothing else works as much. */
export function busiestMs(before: ThreadTimes, after: ThreadTimes): number {
  return Math.max(0, ...[...after.workers].map(([thread, ms]) => ms - (before.workers.get(thread) ?? 0)))
}

function renderers(browserPid: number): readonly string[] {
  const parents = new Map<string, string>()
  for (const pid of list('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const stat = text(`/proc/${pid}/stat`)
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (parent !== undefined) parents.set(pid, parent)
  }
  const descends = (pid: string): boolean => {
    for (let at = parents.get(pid), deep = 0; at !== undefined && deep < 8; at = parents.get(at), deep += 1) if (Number(at) === browserPid) return true
    return false
  }
  return [...parents.keys()].filter(pid => descends(pid) && isPage(text(`/proc/${pid}/cmdline`)))
}

/** Chromium draws parts of its own windows as pages, too: a new window's address bar alone takes the processor for as long as a small page of ours. */
function isPage(command: string): boolean {
  return command.includes('--type=renderer') && !command.includes('--top-chrome-webui')
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Processes come and go while they are read. */
function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
