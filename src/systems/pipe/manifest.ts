import { wireFields, type FieldSpec } from '../../contract/fields.ts'
import type { ChannelManifest, FamilyManifest, Refusal } from '../../contract/manifest.ts'

const CHAPTER = 'Node.js Design Patterns, recorded: pipes-backpressure'

const buffers: readonly FieldSpec[] = [
  { id: 'pipeBytes', label: 'Pipe buffer', help: 'What the system holds between the two processes: 64 KiB on Linux.', group: 'Buffers', type: 'number', default: 65_536, unit: 'B', min: 1, max: 1e9, whole: true, when: { field: 'unit', is: ['bytes'] } },
]
const waitingMax: FieldSpec = { id: 'waitingMax', label: 'Waits in the program', help: 'How many messages the program keeps while it has to stop. More are refused.', group: 'Program', type: 'number', default: null, unit: 'messages', min: 0, max: 1_000_000, whole: true, optional: true, none: 'any number', when: { field: 'whenFull', is: ['wait'] } }
const whenFull: FieldSpec = {
  id: 'whenFull', label: 'When write() says no', help: 'A stream takes what is written even when it is full; stopping is up to the program.', group: 'Program', type: 'choice', default: 'wait',
  choices: [{ value: 'wait', title: 'wait for drain', help: 'The program stops until the stream has run empty.' }, { value: 'ignore', title: 'write on', help: 'The stream’s memory grows without a bound.' }],
}
const framing: FieldSpec = {
  id: 'framing', label: 'Framing', help: 'How the reader knows where a message ends.', type: 'choice', default: 'lines',
  choices: [
    { value: 'lines', title: 'a line each', help: 'One byte more.' },
    { value: 'multiplexed', title: 'multiplexed', help: 'One byte for the channel, four for the length: each key is a channel of its own, 256 at most.' },
  ],
}
const wire: readonly FieldSpec[] = [
  { id: 'heartbeat', label: 'Gives up after', help: 'A pipe inside one machine isn’t cut; a cut that lasts this long closes it.', group: 'Wire', type: 'number', default: 60_000, unit: 'ms', min: 1, max: 86_400_000, scale: 'log' },
  ...wireFields(200, { heartbeat: false, loss: 'none' }),
]

const stream: ChannelManifest = {
  type: 'pipe.stream',
  title: 'pipe',
  summary: 'What one process writes to its output, another reads from its input, in order.',
  form: 'solid',
  from: { can: 'send' },
  to: { can: 'receive' },
  parallel: 'one',
  carries: 'forward',
  fields: [
    framing,
    {
      id: 'unit', label: 'Marks count', help: 'Streams of bytes count bytes; object streams inside one process count objects.', group: 'Buffers', type: 'choice', default: 'bytes',
      choices: [{ value: 'bytes', title: 'bytes' }, { value: 'objects', title: 'objects' }],
    },
    { id: 'writeMark', label: 'Writer’s mark', help: 'highWaterMark: from here on write() says no. 16 KiB, or 16 objects.', group: 'Buffers', type: 'number', default: 16_384, unit: '', min: 1, max: 1e9, whole: true },
    { id: 'readMark', label: 'Reader’s mark', help: 'highWaterMark of the reading stream.', group: 'Buffers', type: 'number', default: 16_384, unit: '', min: 1, max: 1e9, whole: true },
    ...buffers,
    whenFull, waitingMax,
    { id: 'inHand', label: 'In hand', help: 'How many messages the reader holds before it takes the next: one, as a loop that awaits each.', group: 'Program', type: 'number', default: 1, unit: 'messages', min: 1, max: 1_000_000, whole: true, optional: true, none: 'reads everything at once' },
    ...wire,
  ],
  docs: [
    'A slow reader stops the writer: the pipe and both streams fill up, then write() says no. Nothing is lost.',
    'When the writer dies, what is in the pipe can still be read. When the reader dies, it is gone.',
  ],
}

const ipc: ChannelManifest = {
  type: 'pipe.ipc',
  title: 'IPC channel',
  summary: 'A parent and its child process send each other messages.',
  form: 'solid',
  from: { can: 'request' },
  to: { can: 'reply' },
  parallel: 'one',
  carries: 'both',
  fields: [
    { id: 'writeMark', label: 'Backlog', help: 'From here on send() says no.', group: 'Buffers', type: 'number', default: 65_536, unit: 'B', min: 1, max: 1e9, whole: true },
    { id: 'pipeBytes', label: 'Channel buffer', help: 'What the system holds between the two processes.', group: 'Buffers', type: 'number', default: 65_536, unit: 'B', min: 1, max: 1e9, whole: true },
    whenFull, waitingMax, ...wire,
  ],
  docs: ['Messages are events: whoever listens gets them as they come, at its own risk.', 'Which answer belongs to which question is the programs’ business: a correlation id.'],
}

export const manifest: FamilyManifest = {
  family: 'pipe',
  title: 'Pipes',
  colour: 'application',
  terms: { key: 'channel' },
  nodes: [],
  channels: [stream, ipc],
  claims: [
    { id: 'pipe.back-pressure', says: 'A reader that sleeps stops the writer with both streams’ marks and the pipe’s buffer full; nothing is lost.', source: CHAPTER, proof: 'unit' },
    { id: 'pipe.marks', says: 'Object streams hold at most the writer’s and the reader’s mark between them.', source: CHAPTER, proof: 'unit' },
    { id: 'pipe.ignored', says: 'A program that writes on when write() says no buffers everything in memory.', source: CHAPTER, proof: 'unit' },
    { id: 'pipe.drain', says: 'A stream that said no asks for more only when it has run empty.', source: 'Node.js documentation, stream: event drain', proof: 'unit' },
    { id: 'pipe.order', says: 'What is written first is read first, whatever its channel.', source: CHAPTER, proof: 'unit' },
    { id: 'pipe.writer-dies', says: 'What is in the pipe can be read after its writer died; what the writer’s stream held is gone.', source: 'pipe(7)', proof: 'unit' },
    { id: 'pipe.reader-dies', says: 'What is in the pipe is gone with its reader, and the writer gets EPIPE.', source: 'pipe(7)', proof: 'unit' },
    { id: 'pipe.multiplexed', says: 'A packet names its channel with one byte and its length with four: at most 256 channels share a pipe.', source: 'Node.js Design Patterns, multiplexing and demultiplexing', proof: 'unit' },
    { id: 'pipe.pieces', says: 'A message that is longer than the pipe goes through in pieces, each when there is room; the reader has it when the last has come.', source: 'pipe(7)', proof: 'unit' },
    { id: 'pipe.transmission', says: 'On a line of limited bandwidth a message takes the time that its bytes take.', source: 'Relayground: wires', proof: 'unit' },
    { id: 'pipe.ipc', says: 'A parent and its child send both ways, each in order; whoever listens gets messages as they come, and answers find their questions by their id.', source: CHAPTER, proof: 'unit' },
    { id: 'pipe.ipc-dies', says: 'What is under way to a child that dies is gone, and so are its answers; a new one gets what comes then.', source: 'Node.js documentation, child_process: disconnect', proof: 'unit' },
    { id: 'pipe.headers', says: 'Framing of IPC messages is a newline; serialization takes no time.', source: 'Node.js documentation, child_process', proof: 'not-modelled' },
  ],
}

export const refusals: readonly Refusal[] = [
  { from: { can: 'receive' }, to: { can: 'receive' }, says: 'Both only receive: nobody would send anything. Begin at a producer or a service.' },
]
