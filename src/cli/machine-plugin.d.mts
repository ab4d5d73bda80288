import type { Plugin } from 'vite'

export function machinePlugin(): Plugin
