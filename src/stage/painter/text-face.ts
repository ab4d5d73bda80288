import type { FontFile } from './protocol.ts'

const FALLBACK = 'system-ui, sans-serif'
let families = FALLBACK

/** The text face at a weight and a size in device pixels. Canvases remember what a name meant before its file was there: until then it isn't named. */
export function textFace(weight: number, size: number): string {
  return `${weight} ${size}px ${families}`
}

/** Fetches the faces of the page: a worker has none of its own. `onLoaded` is called when text looks different from then on. */
export function loadFaces(files: readonly FontFile[], onLoaded: () => void): void {
  for (const { family, address } of files) {
    void new FontFace(family, `url(${address})`, { weight: '100 900' }).load().then(
      face => {
        fonts.add(face)
        families = `"${family}", ${FALLBACK}`
        onLoaded()
      },
      // Without it the system's face does: nothing is lost but looks.
      () => {},
    )
  }
}
