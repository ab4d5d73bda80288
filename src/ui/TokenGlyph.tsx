interface GlyphProps {
  readonly shape: 'triangle' | 'circle' | 'square'
  readonly colour: string
  readonly hollow: boolean
  readonly ringed: boolean
  readonly className?: string
}

/** A message, drawn small. Whoever shows it says in words what it is. */
export function TokenGlyph({ shape, colour, hollow, ringed, className }: GlyphProps) {
  const paint = hollow ? { fill: 'none', stroke: colour, strokeWidth: 1.8 } : { fill: colour }
  return (
    <svg className={className} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      {shape === 'circle' ? <circle cx="8" cy="8" r="4.5" {...paint} /> : shape === 'triangle' ? <path d="M4 3.5 12.5 8 4 12.5Z" {...paint} /> : <rect x="4" y="4" width="8" height="8" rx="1" {...paint} />}
      {ringed ? <circle cx="8" cy="8" r="7" fill="none" stroke={colour} strokeDasharray="2.4 2" /> : null}
    </svg>
  )
}
