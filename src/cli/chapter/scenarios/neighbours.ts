import { waitsFor, type Scenario } from '../expectation.ts'

/** What the neighbouring chapter adds: connections that are dealt out, not messages. */
const balancing: Scenario = {
  id: 'balancing',
  measure: () => {
    const [cluster, registry, proxy] = [waitsFor('a cluster of processes behind one port'), waitsFor('a service registry and a balancer that looks at it'), waitsFor('a reverse proxy with upstreams')]
    return {
      'cluster, new connection per request': cluster,
      'cluster, one keep-alive connection': cluster,
      'registry balancer starts with': registry,
      'graceful stop removes the instance at once': registry,
      'killed instance stays in the registry': registry,
      'reverse proxy with one dead upstream: client errors': proxy,
      'dead upstream is tried again after s': proxy,
    }
  },
}

export const scenarios: readonly Scenario[] = [balancing]
