import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [{ id: 'app.sink.takes-all', says: 'A sink takes every result at once and tells when the first and the last came.', source: 'Node.js Design Patterns, distributed hashsum cracker (results collector)', proof: 'unit' }],
  nodes: [
    {
      type: 'app.sink',
      title: 'Sink',
      summary: 'Where results end: counts them and tells when they came.',
      icon: 'flag',
      form: 'card',
      can: ['receive'],
      headline: ['results', 'last'],
      subtitle: 'collects results',
      docs: ['A sink needs no time for a result and acknowledges it at once.', 'Times count from its start. With an expected number it also tells how long all of them took.'],
      fields: [{ id: 'expected', label: 'Expects', help: 'So many results are all.', type: 'number', default: null, unit: 'messages', min: 1, max: 1e12, whole: true, optional: true, none: 'any number' }],
      probes: [
        { id: 'results', title: 'Results', kind: 'counter', unit: 'messages' },
        { id: 'last', title: 'Time to last', kind: 'level', unit: 'ns', help: 'From the start to the newest result.' },
        { id: 'first', title: 'Time to first', kind: 'level', unit: 'ns', help: 'From the start to the first result.' },
        { id: 'gap', title: 'Between results', kind: 'duration', unit: 'ns' },
        { id: 'latency', title: 'End-to-end latency', kind: 'duration', unit: 'ns', help: 'From the birth of the task to its result.' },
        { id: 'whole', title: 'Time for all', kind: 'duration', unit: 'ns', help: 'From the start until as many came as it expects.' },
      ],
    },
  ],
}
