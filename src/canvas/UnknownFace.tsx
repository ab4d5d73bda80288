import type { ReactNode } from 'react'
import './UnknownFace.css'

/** A kind that this version does not know: it is kept as it came, shown, and not simulated. */
export function UnknownFace({ label, type }: { readonly label: ReactNode; readonly type: string }) {
  return (
    <div className="cv-surface cv-unknown">
      {label}
      <code className="cv-unknown__type">{type}</code>
      <span className="cv-subtitle">kept, not simulated</span>
    </div>
  )
}
