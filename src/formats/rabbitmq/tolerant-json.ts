import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { Outcome, Problem } from '../../topology/problem.ts'

/** JSON as people's editors leave it: a byte-order mark, comments and trailing commas are accepted, each with a warning. */
export function parseTolerant(text: string): Outcome<unknown> {
  const problems: Problem[] = []
  const warn = (says: string): void => void problems.push({ code: 'json.tolerated', severity: 'warning', says })
  let body = text
  if (body.startsWith('\uFEFF')) {
    body = body.slice(1)
    warn('The file begins with a byte-order mark: it was skipped.')
  }
  // What rabbitmqctl says before it begins, when its output went into a file.
  const talk = /^(?:\s*(?:Exporting|Importing|Warning|Error)[^\n{]*\n)+/.exec(body)
  if (talk) {
    // Blanks, so that places stay what an editor shows.
    body = talk[0].replace(/[^\n]/g, ' ') + body.slice(talk[0].length)
    warn('The file begins with what rabbitmqctl said on its way: it was skipped.')
  }
  const errors: ParseError[] = []
  const value: unknown = parse(body, errors, { allowTrailingComma: true, disallowComments: false })
  const first = errors[0]
  if (first) {
    const place = placeOf(body, first.offset)
    return { ok: false, problems: [{ code: 'json.syntax', severity: 'error', says: `This file is not valid JSON: ${words(first)} at ${place}. Mend that place, or export it again.`, place }] }
  }
  const strict: ParseError[] = []
  parse(body, strict, { allowTrailingComma: false, disallowComments: true })
  if (strict.length > 0) warn(`The file has comments or trailing commas (first at ${placeOf(body, strict[0]!.offset)}): they were skipped.`)
  return { ok: true, value, problems }
}

function words(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`
}
