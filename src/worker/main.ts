import { expose } from 'comlink'
import { catalogue, models } from './catalogue.ts'
import { Reruns } from './reruns.ts'
import { Simulation } from './simulation.ts'

// One code for both: a rerun simulates what the simulation does.
expose(self.name === 'rerun' ? new Reruns(catalogue(), models()) : new Simulation(catalogue(), models()))
