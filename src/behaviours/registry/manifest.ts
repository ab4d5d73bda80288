import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.registry.says-so', says: 'An instance is in the registry because it has said so: it goes when it says so, and stays when it is killed.', source: 'Node.js Design Patterns, recorded: load-balancing', proof: 'unit' },
    { id: 'app.registry.ttl', says: 'With a time to live an instance that renews nothing is taken out.', source: 'Consul documentation, TTL checks', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.registry',
      title: 'Service registry',
      summary: 'Knows which instances of a service are there: they register, and whoever looks for them asks.',
      icon: 'book-user',
      form: 'card',
      can: ['reply'],
      headline: ['registered', 'asked'],
      subtitle: 'service registry',
      docs: [
        'Repliers register when they start and deregister when they are stopped in good order: name a service in their settings and draw a line from them to the registry.',
        'A balancer that goes by the registry asks it before each request.',
        'It looks after nobody: an instance that is killed stays in its list, unless it has to renew its entry.',
      ],
      fields: [{ id: 'ttl', label: 'Time to live', help: 'An entry that isn’t renewed within it is taken out.', type: 'number', default: null, unit: 'ms', min: 1, max: 86_400_000, optional: true, none: 'for ever', scale: 'log' }],
      probes: [
        { id: 'registered', title: 'Registered', kind: 'level', unit: 'instances' },
        { id: 'asked', title: 'Asked', kind: 'counter', unit: 'messages' },
        { id: 'expired', title: 'Taken out', kind: 'counter', unit: 'instances', help: 'As they had not renewed their entry in time.' },
      ],
    },
  ],
}
