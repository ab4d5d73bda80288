import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [{ id: 'app.splitter.parts', says: 'Parts carry their number, how many they are, and the correlation id of the whole.', source: 'Enterprise Integration Patterns, splitter', proof: 'unit' }],
  nodes: [
    {
      type: 'app.splitter',
      title: 'Splitter',
      summary: 'Makes several messages of one.',
      icon: 'split',
      form: 'card',
      can: ['send', 'receive'],
      headline: ['sent', 'received'],
      subtitle: 'splitter · by {split}',
      docs: [
        'The first part goes out on the first line, the second on the second, and so on, in turn.',
        'Parts carry the headers part and parts, and the correlation id of the whole; a whole without one gets one.',
        'The whole is acknowledged when its parts are sent. An aggregator puts together what belongs together.',
      ],
      fields: [
        {
          id: 'split', label: 'Splits', help: 'What a part is.', type: 'choice', default: 'parts',
          choices: [{ value: 'parts', title: 'into a number of parts' }, { value: 'lines', title: 'the body’s lines' }, { value: 'items', title: 'a JSON list’s items', help: 'A body that is no list is one part.' }],
        },
        { id: 'parts', label: 'Parts', help: 'How many.', type: 'number', default: null, unit: 'messages', min: 1, max: 10_000, whole: true, optional: true, none: 'one per line out', when: { field: 'split', is: ['parts'] } },
        { id: 'key', label: 'Key', help: 'Of the parts. Empty: the key of the whole.', group: 'Part', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'the whole’s key' },
        { id: 'body', label: 'Body', help: '{part}, {parts}, {n}, {id}, {time}, {random} are filled in. Empty: the body of the whole.', group: 'Part', type: 'text', default: '', maxLength: 4000, lines: 3, mono: true, when: { field: 'split', is: ['parts'] } },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Part', type: 'toggle', default: true },
      ],
      probes: [
        { id: 'sent', title: 'Parts sent', kind: 'counter', unit: 'messages' },
        { id: 'received', title: 'Received', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'unroutable', title: 'No line out', kind: 'counter', unit: 'messages' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages', help: 'Wait until a part can be sent.' },
        { id: 'parts', title: 'Parts of the last', kind: 'level', unit: 'messages' },
      ],
    },
  ],
}
