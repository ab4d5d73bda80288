import { lazy, Suspense, type ReactNode } from 'react'
import { app } from '../app/current.ts'
import { sizeMin } from '../app/containers.ts'
import './ContainerFace.css'

export const ResizeFrame = lazy(async () => ({ default: (await import('./ResizeFrame.tsx')).ResizeFrame }))

interface ContainerProps {
  readonly id: string
  readonly label: ReactNode
  readonly subtitle: string
  readonly title: string
  readonly selected: boolean
}

/** A broker: a tinted box around what lives in it. */
export function ContainerFace({ id, label, subtitle, title, selected }: ContainerProps) {
  return (
    <div className="cv-container">
      <div className="cv-container__head">
        <span className="cv-container__label" title={title}>
          {label}
        </span>
        <span className="cv-subtitle cv-container__says" title={subtitle}>
          {subtitle.split(' · ').map((part, place) => (
            <span key={part}>{place === 0 ? part : ` · ${part}`}</span>
          ))}
        </span>
      </div>
      <Suspense>{selected && <Resizer id={id} />}</Suspense>
    </div>
  )
}

function Resizer({ id }: { readonly id: string }) {
  const { catalogue, document } = app()
  const least = sizeMin(catalogue, document.getState().topology, id)
  return <ResizeFrame minWidth={least.width} minHeight={least.height} />
}
