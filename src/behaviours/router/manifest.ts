import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.router.first-match', says: 'The first rule that fits decides where a message goes; it goes on as it is.', source: 'Enterprise Integration Patterns, content-based router', proof: 'unit' },
    { id: 'app.router.dead-end', says: 'What no rule fits goes to the default; without one it is dropped as unroutable.', source: 'Enterprise Integration Patterns, content-based router', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.router',
      title: 'Router',
      summary: 'Hands messages on by what they say.',
      icon: 'route',
      form: 'card',
      can: ['send', 'receive'],
      headline: ['routed', 'unroutable'],
      subtitle: 'content-based router',
      docs: [
        'A rule a line: what it looks at, a test, and the name of the node that a line leads to.',
        '“key matches orders.# -> billing”, “header colour is red -> reds”, “body contains urgent -> fast”, “type is command -> work”. Tests: is, contains, begins, matches (words between dots, * is one, # any number).',
        'The first that fits decides. A message is acknowledged when it has been handed on.',
      ],
      fields: [
        { id: 'rules', label: 'Rules', help: 'One a line, the first that fits decides: key, body, type or header NAME; is, contains, begins or matches; a text; -> and a name.', type: 'text', default: '', maxLength: 10_000, lines: 5, mono: true, placeholder: 'key matches orders.# -> billing' },
        { id: 'otherwise', label: 'Otherwise', help: 'Name of the node that gets what no rule fits. Empty: it is dropped.', type: 'text', default: '', maxLength: 255, placeholder: 'dropped' },
      ],
      probes: [
        { id: 'routed', title: 'Handed on', kind: 'counter', unit: 'messages' },
        { id: 'unroutable', title: 'Unroutable', kind: 'counter', unit: 'messages' },
        { id: 'received', title: 'Received', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages', help: 'Wait until one can be sent.' },
      ],
    },
  ],
}
