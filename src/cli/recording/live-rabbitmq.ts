import { execFile } from 'node:child_process'
import { connect } from 'node:net'

/** A RabbitMQ that runs here, as far as definitions go. */
export interface LiveBroker {
  readonly how: string
  importDefinitions(text: string): Promise<void>
  exportDefinitions(): Promise<string>
  /** Of a virtual host: rabbitmqctl's export of 3.10 leaves this out. */
  internalExchanges(host: string): Promise<readonly string[]>
  deleteHost(host: string): Promise<void>
}

/** Definitions of virtual hosts with nothing in them, in which `user` may do everything. */
export function emptyHosts(hosts: readonly string[], user = 'guest'): string {
  return JSON.stringify({ vhosts: hosts.map(name => ({ name })), permissions: hosts.map(vhost => ({ user, vhost, configure: '.*', write: '.*', read: '.*' })), exchanges: [], queues: [], bindings: [] })
}

const AMQP_PORT = 5672
const API = process.env['RELAYGROUND_RABBITMQ_API'] ?? 'http://127.0.0.1:15672'
const USER = process.env['RELAYGROUND_RABBITMQ_USER'] ?? 'guest:guest'
const TRIED_MS = 1500
const COMMAND_MS = 60_000

/** The management API where it answers, else rabbitmqctl where it may be used; null where there is neither. */
export async function liveBroker(): Promise<LiveBroker | null> {
  if (await apiAnswers()) return overApi()
  if (!(await portAnswers())) return null
  try {
    await rabbitmqctl(['-q', 'list_vhosts'])
    return overCommand()
  } catch {
    return null
  }
}

function overCommand(): LiveBroker {
  return {
    how: 'rabbitmqctl',
    importDefinitions: async text => void (await rabbitmqctl(['-q', 'import_definitions'], text)),
    exportDefinitions: () => again(() => rabbitmqctl(['-q', 'export_definitions', '-'])),
    internalExchanges: async host => {
      const rows = await rabbitmqctl(['-s', 'list_exchanges', '-p', host, 'name', 'internal'])
      return rows.split('\n').flatMap(row => (row.endsWith('\ttrue') ? [row.split('\t')[0]!] : [])).filter(ownName)
    },
    deleteHost: async host => void (await rabbitmqctl(['-q', 'delete_vhost', host])),
  }
}

function overApi(): LiveBroker {
  return {
    how: `the management API at ${API}`,
    importDefinitions: async text => void (await api('POST', '/api/definitions', text)),
    exportDefinitions: () => again(() => api('GET', '/api/definitions')),
    internalExchanges: async host => {
      const rows = JSON.parse(await api('GET', `/api/exchanges/${encodeURIComponent(host)}`)) as readonly { readonly name: string; readonly internal: boolean }[] // the API's own answer
      return rows.filter(row => row.internal).map(row => row.name).filter(ownName)
    },
    deleteHost: async host => void (await api('DELETE', `/api/vhosts/${encodeURIComponent(host)}`)),
  }
}

/** Others use the broker too: an export fails while one of their virtual hosts goes. What it says is never asked for twice. */
async function again(ask: () => Promise<string>): Promise<string> {
  try {
    return await ask()
  } catch {
    return ask()
  }
}

function ownName(name: string): boolean {
  return !name.startsWith('amq.')
}

async function api(method: string, path: string, body?: string, waitMs = COMMAND_MS): Promise<string> {
  const answer = await fetch(API + path, { method, signal: AbortSignal.timeout(waitMs), headers: { authorization: `Basic ${Buffer.from(USER).toString('base64')}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body }) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`)
  return text
}

async function apiAnswers(): Promise<boolean> {
  try {
    return (await api('GET', '/api/overview', undefined, TRIED_MS)).includes('rabbitmq_version')
  } catch {
    return false
  }
}

function portAnswers(): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port: AMQP_PORT, timeout: TRIED_MS })
    const done = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true)).once('error', () => done(false)).once('timeout', () => done(false))
  })
}

function rabbitmqctl(args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('rabbitmqctl', args, { timeout: COMMAND_MS, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`rabbitmqctl ${args.join(' ')}: ${stderr || stdout || error.message}`))
      else resolve(stdout)
    })
    child.stdin?.end(input)
  })
}
