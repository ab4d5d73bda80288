import type { ConfigValue } from '../topology/document.ts'

/** Mean of a law in milliseconds; undefined for what is no law. */
export function lawMean(law: ConfigValue | undefined): number | undefined {
  if (typeof law !== 'object' || law === null || Array.isArray(law)) return undefined
  const of = law as { readonly [name: string]: ConfigValue } // an object that is no array: checked just above
  const number = (name: string): number | undefined => (typeof of[name] === 'number' ? of[name] : undefined)
  switch (of['law']) {
    case 'constant':
      return number('value')
    case 'uniform':
      return ((number('min') ?? 0) + (number('max') ?? 0)) / 2
    case 'empirical':
    case 'trace': {
      const values = Array.isArray(of['values']) ? of['values'].map(Number) : []
      return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
    }
    default:
      // Truncation lifts the mean of a wide normal a little: too little to matter here.
      return number('mean')
  }
}
