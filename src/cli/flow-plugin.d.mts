import type { Plugin } from 'vite'

export function flowPlugin(): Plugin
