import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.worker.stop', says: 'A worker that is told to stop takes no further task; what it has not acknowledged stays for others.', source: 'Node.js Design Patterns, recorded: cracker-stop-broadcast', proof: 'unit' },
    { id: 'app.worker.hits', says: 'A worker sends a result only for a task in which it found something; the task is settled either way.', source: 'Node.js Design Patterns, distributed hashsum cracker', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.worker',
      title: 'Worker',
      summary: 'Works on tasks; sends a result where it finds something.',
      icon: 'pickaxe',
      form: 'card',
      can: ['send', 'receive', 'converse'],
      headline: ['tasks', 'busy'],
      subtitle: 'worker · finds by {finds}',
      docs: [
        'A service answers every message; a worker sends a result only for a hit, as the chapter’s hashsum cracker does.',
        'A task that is acknowledged after the work goes to another worker when this one crashes, where the system acknowledges at all.',
        'Where nothing is acknowledged, a dead worker takes its tasks along.',
      ],
      fields: [
        { id: 'serviceTime', label: 'Work on a task', help: 'How long the work on one task takes.', type: 'law', default: { law: 'exponential', mean: 300 }, unit: 'ms' },
        { id: 'concurrency', label: 'At once', help: 'Tasks worked on at the same time.', type: 'number', default: 1, unit: 'tasks', min: 1, max: 10_000, whole: true },
        {
          id: 'takes', label: 'Takes tasks', help: 'Whether it waits for what comes, or says that it is free.', type: 'choice', default: 'comes',
          choices: [
            { value: 'comes', title: 'as they come' },
            { value: 'asks', title: 'when it asks', help: 'Over lines that go both ways it tells a ventilator that it is free, and each task it has done.' },
          ],
        },
        { id: 'asksEvery', label: 'Asks again after', help: 'A worker that is free says so again, as what it said may have been lost.', type: 'number', default: 1000, unit: 'ms', min: 1, max: 3_600_000, scale: 'log', when: { field: 'takes', is: ['asks'] } },
        {
          id: 'finds', label: 'Finds', help: 'Which tasks have a result.', type: 'choice', default: 'share',
          choices: [
            { value: 'share', title: 'in a share of tasks', help: 'By chance.' },
            { value: 'range', title: 'a number', help: 'In the task whose range, from and to in its body, holds it.' },
            { value: 'every', title: 'in every task' },
          ],
        },
        { id: 'hitRate', label: 'Hits', help: 'Share of tasks that have a result.', type: 'number', default: 0.1, unit: 'share', min: 0, max: 1, when: { field: 'finds', is: ['share'] } },
        { id: 'target', label: 'Looks for', help: 'The number to find.', type: 'number', default: 250_000, unit: '', min: 0, max: 1e12, whole: true, when: { field: 'finds', is: ['range'] } },
        {
          id: 'acknowledge', label: 'Acknowledge', help: 'Before the result is sent, a crash in between loses it; after, it may be sent twice.', type: 'choice', default: 'after',
          choices: [{ value: 'after', title: 'after the result is sent' }, { value: 'before', title: 'before the result is sent' }],
        },
        { id: 'pause', label: 'Pause between the two', help: 'Between sending the result and acknowledging, in either order: a crash in it doubles or loses the result.', type: 'number', default: 0, unit: 'ms', min: 0, max: 3_600_000 },
        { id: 'failureRate', label: 'Failure rate', help: 'Share of tasks whose work fails: they are given back, or lost where nothing is acknowledged.', type: 'number', default: 0, unit: 'share', min: 0, max: 1 },
        { id: 'key', label: 'Key', help: 'Key of the result. Empty: the key of the task.', group: 'Result', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'the task’s key' },
        { id: 'body', label: 'Body', help: '{target}, {n}, {id}, {time}, {random} are filled in.', group: 'Result', type: 'text', default: '{"found":{target},"by":"{id}"}', maxLength: 4000, lines: 3, mono: true },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Result', type: 'toggle', default: false },
        { id: 'stopKey', label: 'Stops on', help: 'A message with this key ends the program: a broadcast when the work is no longer wanted. Empty: nothing stops it.', group: 'Process', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'never' },
        {
          id: 'whenStopped', label: 'What is in work then', help: 'Where tasks are acknowledged, those that are not done are given to others when it has ended.', group: 'Process', type: 'choice', default: 'drops',
          choices: [{ value: 'drops', title: 'is dropped' }, { value: 'finishes', title: 'is finished' }],
        },
        whenLostField,
      ],
      probes: [
        { id: 'tasks', title: 'Tasks done', kind: 'counter', unit: 'messages' },
        { id: 'busy', title: 'Utilization', kind: 'level', unit: 'share' },
        { id: 'hits', title: 'Hits', kind: 'counter', unit: 'messages' },
        { id: 'failed', title: 'Failed', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages' },
        { id: 'service', title: 'Time of work', kind: 'duration', unit: 'ns' },
        { id: 'latency', title: 'Age of hits', kind: 'duration', unit: 'ns', help: 'From the birth of the task to its result.' },
      ],
    },
  ],
}
