import type { Plugin } from 'vite'

export function manifestPlugin(): Plugin
