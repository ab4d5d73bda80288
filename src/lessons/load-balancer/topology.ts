import { channel, constant, exponential, node, starterTopology, type Starter } from '../starter.ts'

const wire = { latency: constant(300) }
const replier = { serviceTime: exponential(400), service: 'api', renewEvery: 2000 }

export const starter: Starter = {
  id: 'load-balancer',
  order: 7,
  title: 'Load balancer with a registry',
  summary: 'Three instances of a service register; a balancer asks who is there and hands each request to the next. Kill one, and see how long it is missed.',
  topology: starterTopology({
    title: 'Load balancer with a registry',
    nodes: [
      node('app.requester', 'clients', 'clients', { x: 0, y: 160 }, { arrival: 'poisson', rate: 2, concurrency: null }),
      node('app.balancer', 'balancer', 'balancer', { x: 300, y: 160 }, { upstreams: 'registered' }),
      node('app.registry', 'registry', 'registry', { x: 300, y: 380 }, { ttl: 6000 }),
      node('app.replier', 'api-1', 'api 1', { x: 640, y: 20 }, replier),
      node('app.replier', 'api-2', 'api 2', { x: 640, y: 160 }, replier),
      node('app.replier', 'api-3', 'api 3', { x: 640, y: 300 }, replier),
    ],
    channels: [
      channel('http.request', 'clients', 'balancer', wire),
      channel('http.request', 'balancer', 'registry', wire),
      ...['api-1', 'api-2', 'api-3'].flatMap(id => [channel('http.request', 'balancer', id, wire), channel('http.request', id, 'registry', wire)]),
    ],
  }),
}
