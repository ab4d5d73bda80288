import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Recording, Watched } from '../../systems/zeromq/conformance/recording.ts'

const PLAYER = fileURLToPath(new URL('zeromq_live.py', import.meta.url))
/** Distributions put their modules where only their own interpreter looks. */
const PYTHONS = [process.env['RELAYGROUND_PYTHON'] ?? 'python3', '/usr/bin/python3']

/** What one script did on the real library, or why it could not be played. */
export type Live = Watched | { readonly failed: string }

export interface LiveZeromq {
  readonly version: string
  play(recordings: readonly Recording[]): Promise<readonly Live[]>
}

/** The real libzmq, by way of Python; null where no Python here has its module. */
export async function liveZeromq(): Promise<LiveZeromq | null> {
  for (const python of PYTHONS) {
    const version = await said(python, ['-c', 'import zmq; print(zmq.zmq_version())'], '')
    if (version === null) continue
    return {
      version: version.trim(),
      async play(recordings) {
        const text = await said(python, [PLAYER], JSON.stringify(recordings.map(({ steps }) => steps)))
        if (text === null) throw new Error('the player of real sockets ended without an answer')
        return JSON.parse(text) as readonly Live[]
      },
    }
  }
  return null
}

/** What a program prints; null when there is no such program, or it fails. */
function said(program: string, words: readonly string[], input: string): Promise<string | null> {
  return new Promise(done => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', chunk => void (text += String(chunk)))
    child.on('error', () => done(null))
    child.on('close', code => done(code === 0 ? text : null))
    child.stdin.on('error', () => done(null))
    child.stdin.end(input)
  })
}
