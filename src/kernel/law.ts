/**
 * A distribution as data. Durations are in the caller's unit (documents use milliseconds).
 * `scv` is the squared coefficient of variation: variance divided by the square of the mean.
 */
export type Law =
  | { readonly law: 'constant'; readonly value: number }
  | { readonly law: 'exponential'; readonly mean: number }
  | { readonly law: 'uniform'; readonly min: number; readonly max: number }
  | { readonly law: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly law: 'lognormal'; readonly mean: number; readonly scv: number }
  | { readonly law: 'erlang'; readonly mean: number; readonly shape: number }
  | { readonly law: 'hyperexponential'; readonly mean: number; readonly scv: number }
  | { readonly law: 'pareto'; readonly mean: number; readonly shape: number }
  /** One of the values each time, all equally likely. */
  | { readonly law: 'empirical'; readonly values: readonly number[] }
  /** The values in their order, again and again. */
  | { readonly law: 'trace'; readonly values: readonly number[] }
