import type { Answer, Ask } from './contest-worker.ts'

function run(ask: Ask): Promise<Answer | string> {
  const worker = new Worker('./contest-worker.js', { type: 'module' })
  return new Promise(resolve => {
    worker.addEventListener('error', event => resolve(event.message), { once: true })
    worker.addEventListener('message', (event: MessageEvent<Answer | string>) => resolve(event.data), { once: true })
    worker.postMessage(ask)
  }).then(answer => {
    worker.terminate()
    return answer as Answer | string
  })
}

;(globalThis as unknown as { contest: typeof run }).contest = run
