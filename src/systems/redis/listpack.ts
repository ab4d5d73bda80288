/**
 * How many bytes a stream's block of entries takes in Redis's listpack encoding. It decides where one block ends and the next begins
 * (`stream-node-max-bytes` 4096, `stream-node-max-entries` 100), and so what trimming with `~` can drop.
 */
export const EMPTY_BYTES = 7

/** An element with what encodes it and the length that is written behind it for walking backwards. */
export function textBytes(text: string): number {
  const number = asInteger(text)
  if (number !== null) return integerBytes(number)
  const length = utf8Length(text)
  const head = length < 64 ? 1 : length < 4096 ? 2 : 5
  return withBackLength(head + length)
}

export function integerBytes(value: number): number {
  return withBackLength(integerEncoding(value))
}

function integerEncoding(value: number): number {
  if (value >= 0 && value <= 127) return 1
  if (value >= -4096 && value <= 4095) return 2
  if (value >= -32_768 && value <= 32_767) return 3
  if (value >= -8_388_608 && value <= 8_388_607) return 4
  return value >= -2_147_483_648 && value <= 2_147_483_647 ? 5 : 9
}

function withBackLength(size: number): number {
  return size + (size <= 127 ? 1 : size < 16_384 ? 2 : size < 2_097_152 ? 3 : 4)
}

/** Texts that are whole numbers are stored as such. */
function asInteger(text: string): number | null {
  return text.length <= 16 && /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : null
}

function utf8Length(text: string): number {
  let length = text.length
  for (let n = 0; n < text.length; n += 1) {
    const code = text.charCodeAt(n)
    // A pair of surrogates is four bytes, two for each half.
    if (code >= 0x80) length += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return length
}
