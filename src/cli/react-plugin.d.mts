import type { Plugin } from 'vite'

export function reactPlugin(): Plugin
