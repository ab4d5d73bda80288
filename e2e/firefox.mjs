#!/usr/bin/env node
// Firefox as the end-to-end tests start it: the browser itself, and between it and the tests a bridge that answers what this version of it doesn't know.
// The tests' driver speaks to Firefox by WebDriver BiDi and sends every page a command that long-term releases don't have yet.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { WebSocket, WebSocketServer } from 'ws'

/** What is answered with an empty success: colours are then those of the system. */
const UNKNOWN = new Set(['emulation.setMediaFeaturesOverride'])

const browser = spawn(process.env.RELAYGROUND_FIREFOX ?? 'firefox-esr', process.argv.slice(2), { stdio: ['ignore', 'inherit', 'pipe'] })
createInterface({ input: browser.stderr }).on('line', line => {
  const listening = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line)
  if (listening === null) console.error(line)
  else bridge(listening[1])
})
browser.on('exit', code => process.exit(code ?? 1))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => browser.kill(signal))

/** @param {string} upstream address where Firefox listens */
function bridge(upstream) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () => console.error(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}`))
  server.on('connection', (tests, request) => {
    const firefox = new WebSocket(new URL(request.url, upstream), { perMessageDeflate: false, maxPayload: 0 })
    const opened = new Promise(resolve => firefox.once('open', resolve))
    tests.on('message', async data => {
      const { id, method } = JSON.parse(String(data))
      if (UNKNOWN.has(method)) return tests.send(JSON.stringify({ type: 'success', id, result: {} }))
      await opened
      firefox.send(String(data))
    })
    firefox.on('message', data => tests.send(String(data)))
    firefox.on('close', () => tests.close())
    tests.on('close', () => firefox.close())
  })
}
