/** The text of a file. Windows' PowerShell writes what a command prints as UTF-16; its byte-order mark says so. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [first, second] = bytes
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}

/** Whether a pasted text is meant as a file: a topology of ours, or RabbitMQ's export. */
export function looksLikeFile(text: string): boolean {
  return looksLikeRelay(text) || (/^[^[]*\{/.test(text) && /"(exchanges|queues|bindings)"\s*:\s*\[/.test(text))
}

/** A file of ours says so; everything else is tried as an export. */
export function looksLikeRelay(text: string): boolean {
  return /"app"\s*:\s*"relayground"/.test(text.slice(0, 400)) || (/"nodes"\s*:/.test(text) && /"channels"\s*:/.test(text))
}
