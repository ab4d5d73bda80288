import { expose } from 'comlink'
import { catalogue, models } from './catalogue.ts'
import { Simulation } from './simulation.ts'

expose(new Simulation(catalogue(), models()))
