/** The kernel's workloads over the machine's event list, draws and histograms: the same steps as the TypeScript ones take, to the same results. */
export { settled } from '../../../../../machine/assembly/events'
export { fired } from './happening'
export { hold } from './holding'
export { beginStations, fanOut, refusedShare, series, setStation, single } from './stations'
export { beginQueue, competing, requeued, setConsumer, setProducer } from './queue'
