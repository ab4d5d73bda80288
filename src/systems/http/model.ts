import type { SystemModule } from '../../contract/model.ts'
import { HttpClientEndpoint } from './client-endpoint.ts'
import { HttpServerEndpoint } from './server-endpoint.ts'

/** Who asks and who answers meet over a wire; what stands between them (a balancer, a cluster) is a program of its own. */
export const system: SystemModule = {
  family: 'http',
  endpoint: context => (context.end === 'from' ? new HttpClientEndpoint(context) : new HttpServerEndpoint(context)),
}
