/** What Redis answers, as data: RESP2. */
export type Resp = number | string | null | RespError | readonly Resp[]

export interface RespError {
  readonly error: string
}

export const isError = (answer: Resp): answer is RespError => typeof answer === 'object' && answer !== null && 'error' in answer
export const failure = (error: string): RespError => ({ error })

export const WRONGTYPE = failure('WRONGTYPE Operation against a key holding the wrong kind of value')
export const SYNTAX = failure('ERR syntax error')
export const NOT_AN_INTEGER = failure('ERR value is not an integer or out of range')
export const INVALID_ID = failure('ERR Invalid stream ID specified as stream command argument')
export const wrongArity = (command: string): RespError => failure(`ERR wrong number of arguments for '${command}' command`)
export const noGroup = (key: string, group: string): RespError => failure(`NOGROUP No such key '${key}' or consumer group '${group}'`)

/** A whole number as Redis reads one: no spaces, no leading zeros, no plus. */
export function parseInteger(text: string): number | null {
  return /^(0|-?[1-9]\d{0,18})$/.test(text) ? Number(text) : null
}
