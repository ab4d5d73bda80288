import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.aggregator.complete', says: 'A group is complete when all its parts have come, in whatever order; groups don’t mix.', source: 'Enterprise Integration Patterns, aggregator', proof: 'unit' },
    { id: 'app.aggregator.timeout', says: 'A group that stays incomplete ends with its timeout; a part that comes later opens no new one.', source: 'Enterprise Integration Patterns, aggregator (completeness by timeout)', proof: 'unit' },
    { id: 'app.aggregator.duplicate', says: 'A part that comes twice counts once.', source: 'Enterprise Integration Patterns, aggregator', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.aggregator',
      title: 'Aggregator',
      summary: 'Puts together what belongs together.',
      icon: 'merge',
      form: 'card',
      can: ['send', 'receive'],
      headline: ['completed', 'open'],
      subtitle: 'aggregator · by {by}',
      docs: [
        'Parts of one correlation id are a group; without an id their key decides.',
        'The result is the list of their bodies, in the order of the parts. It goes out on every line that leaves, if there is one.',
        'Acknowledged on arrival, open groups are lost when it crashes. Acknowledged with the group, the prefetch must hold all parts of the open groups, or nothing is ever complete.',
      ],
      fields: [
        {
          id: 'by', label: 'Belong together', help: 'What parts of a group have in common.', type: 'choice', default: 'correlation',
          choices: [{ value: 'correlation', title: 'by correlation id' }, { value: 'key', title: 'by key' }],
        },
        { id: 'count', label: 'Complete at', help: 'How many parts make a group.', type: 'number', default: null, unit: 'messages', min: 1, max: 1_000_000, whole: true, optional: true, none: 'as the parts say' },
        { id: 'timeout', label: 'Timeout', help: 'From the first part on.', type: 'number', default: 60_000, unit: 'ms', min: 1, max: 86_400_000, scale: 'log', optional: true, none: 'waits for ever' },
        {
          id: 'onTimeout', label: 'After the timeout', help: 'What becomes of the parts that have come.', type: 'choice', default: 'drop',
          choices: [{ value: 'drop', title: 'drop them' }, { value: 'send', title: 'send what there is' }],
        },
        {
          id: 'acknowledge', label: 'Acknowledge', help: 'When a part is settled.', type: 'choice', default: 'before',
          choices: [{ value: 'before', title: 'on arrival', help: 'A crash loses open groups.' }, { value: 'after', title: 'with its group', help: 'A crash brings the parts back.' }],
        },
        { id: 'key', label: 'Key', help: 'Of the result. Empty: the key of the first part.', group: 'Result', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'the first part’s key' },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Result', type: 'toggle', default: true },
      ],
      probes: [
        { id: 'completed', title: 'Completed', kind: 'counter', unit: 'groups' },
        { id: 'open', title: 'Open groups', kind: 'level', unit: 'groups' },
        { id: 'received', title: 'Parts received', kind: 'counter', unit: 'messages' },
        { id: 'timedOut', title: 'Timed out', kind: 'counter', unit: 'groups' },
        { id: 'late', title: 'Late parts', kind: 'counter', unit: 'messages', help: 'Their group had ended.' },
        { id: 'duplicates', title: 'Duplicates', kind: 'counter', unit: 'messages' },
        { id: 'sent', title: 'Results sent', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'collect', title: 'Time to collect', kind: 'duration', unit: 'ns', help: 'From a group’s first part to its last.' },
        { id: 'latency', title: 'End-to-end latency', kind: 'duration', unit: 'ns', help: 'From the birth of the whole to its last part.' },
      ],
    },
  ],
}
