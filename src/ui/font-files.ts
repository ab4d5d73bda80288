import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'

/** The text face for threads that have no style sheets of their own. */
export const FONT_FILES = [{ family: 'Inter Variable', address: new URL(inter, document.baseURI).href }] as const
