import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.ventilator.lease', says: 'A task that is not done within its lease is handed to another: a dead worker costs its lease, a lease shorter than the work does work twice.', source: 'Node.js Design Patterns, recorded: zmq-reliable-tasks', proof: 'unit' },
    { id: 'app.ventilator.at-once', says: 'A ventilator hands out all tasks of a job as fast as its lines take them, and stands still while they don’t.', source: 'Node.js Design Patterns, distributed hashsum cracker', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.ventilator',
      title: 'Ventilator',
      summary: 'Cuts a job into tasks and hands them all out.',
      icon: 'fan',
      form: 'card',
      can: ['send', 'serve'],
      sends: true,
      headline: ['sent', 'left'],
      subtitle: '{from} to {to} · {taskSize} each',
      docs: [
        'A job is a range of numbers; a task is so many of them. As in the chapter’s hashsum cracker, which tries the nth word for each number n.',
        'Tasks carry part, parts and one correlation id per job, so an aggregator can wait for all results.',
        'Handed out to who asks, a task is with its worker for the time of its lease: it is done by somebody, whatever becomes of a worker.',
        'Over PUSH the first worker to connect gets what is handed out before the others are there: start late, or by hand.',
      ],
      fields: [
        {
          id: 'start', label: 'Starts', help: 'When a job begins.', type: 'choice', default: 'run',
          choices: [{ value: 'run', title: 'with the program' }, { value: 'hand', title: 'by hand', help: 'Each send by hand is a job.' }],
        },
        { id: 'startAfter', label: 'Waits before', help: 'Gives workers time to connect.', type: 'number', default: 1000, unit: 'ms', min: 0, max: 3_600_000, when: { field: 'start', is: ['run'] } },
        {
          id: 'handsOut', label: 'Hands out', help: 'What a task waits for.', type: 'choice', default: 'at-once',
          choices: [
            { value: 'at-once', title: 'all at once', help: 'As fast as its lines take them; who gets them is the lines’ business.' },
            { value: 'asked', title: 'to who asks', help: 'Workers that ask, over lines that go both ways, get one for each that they have room for.' },
          ],
        },
        { id: 'lease', label: 'Lease', help: 'A task that isn’t done after this is handed out again. Much shorter than the work, it is done twice.', type: 'number', default: null, unit: 'ms', min: 1, max: 86_400_000, optional: true, none: 'for ever', scale: 'log', when: { field: 'handsOut', is: ['asked'] } },
        { id: 'from', label: 'From', help: 'First number of the job.', group: 'Job', type: 'number', default: 1, unit: '', min: 0, max: 1e12, whole: true },
        { id: 'to', label: 'To', help: 'Last number of the job.', group: 'Job', type: 'number', default: 500_000, unit: '', min: 0, max: 1e12, whole: true },
        { id: 'taskSize', label: 'Numbers a task', help: 'The chapter’s cracker takes 10,000.', group: 'Job', type: 'number', default: 10_000, unit: '', min: 1, max: 1e12, whole: true },
        { id: 'key', label: 'Key', help: '{from}, {to}, {n}, {id}, {time}, {random} are filled in.', group: 'Task', type: 'text', default: '', maxLength: 255, mono: true },
        { id: 'body', label: 'Body', help: '{from}, {to}, {n}, {id}, {time}, {random} are filled in.', group: 'Task', type: 'text', default: '{"from":{from},"to":{to}}', maxLength: 4000, lines: 3, mono: true },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Task', type: 'toggle', default: false },
      ],
      probes: [
        { id: 'sent', title: 'Tasks sent', kind: 'counter', unit: 'messages' },
        { id: 'left', title: 'Tasks left', kind: 'level', unit: 'messages' },
        { id: 'jobs', title: 'Jobs', kind: 'counter', unit: 'jobs' },
        { id: 'leased', title: 'With somebody', kind: 'level', unit: 'messages', help: 'Handed out to who asked, and not done yet.' },
        { id: 'done', title: 'Done', kind: 'counter', unit: 'messages', help: 'Each task once, as its worker has said.' },
        { id: 'expired', title: 'Leases over', kind: 'counter', unit: 'messages' },
        { id: 'late', title: 'Done again', kind: 'counter', unit: 'messages', help: 'Somebody else had done it before.' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'handingOut', title: 'Time to hand out', kind: 'duration', unit: 'ns', help: 'From a job’s begin to its last task.' },
      ],
    },
  ],
}
