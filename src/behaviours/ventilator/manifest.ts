import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [{ id: 'app.ventilator.at-once', says: 'A ventilator hands out all tasks of a job as fast as its lines take them, and stands still while they don’t.', source: 'Node.js Design Patterns, distributed hashsum cracker', proof: 'unit' }],
  nodes: [
    {
      type: 'app.ventilator',
      title: 'Ventilator',
      summary: 'Cuts a job into tasks and hands them all out.',
      icon: 'fan',
      form: 'card',
      can: ['send'],
      sends: true,
      headline: ['sent', 'left'],
      subtitle: '{from} to {to} · {taskSize} each',
      docs: [
        'A job is a range of numbers; a task is so many of them. As in the chapter’s hashsum cracker, which tries the nth word for each number n.',
        'Tasks carry part, parts and one correlation id per job, so an aggregator can wait for all results.',
        'Over PUSH the first worker to connect gets what is handed out before the others are there: start late, or by hand.',
      ],
      fields: [
        {
          id: 'start', label: 'Starts', help: 'When a job begins.', type: 'choice', default: 'run',
          choices: [{ value: 'run', title: 'with the program' }, { value: 'hand', title: 'by hand', help: 'Each send by hand is a job.' }],
        },
        { id: 'startAfter', label: 'Waits before', help: 'Gives workers time to connect.', type: 'number', default: 1000, unit: 'ms', min: 0, max: 3_600_000, when: { field: 'start', is: ['run'] } },
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
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'handingOut', title: 'Time to hand out', kind: 'duration', unit: 'ns', help: 'From a job’s begin to its last task.' },
      ],
    },
  ],
}
