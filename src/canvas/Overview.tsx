import { useReactFlow, useStore as useFlowStore, useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef, type PointerEvent } from 'react'
import { app } from '../app/current.ts'
import type { Box } from '../app/node-sizes.ts'
import { GROUP } from '../contract/notes.ts'
import { extentOf } from './camera.ts'
import type { Scene } from './scene.ts'
import './Overview.css'

const WIDTH = 170
const HEIGHT = 120

/** A map of the whole, while part of it is out of sight: it would only cover what it shows otherwise. A press on it moves the camera there. */
export function Overview({ scene }: { readonly scene: Scene }) {
  const extent = useMemo(() => extentOf(scene.boxes), [scene])
  const away = useFlowStore(({ transform: [x, y, zoom], width, height }) => {
    if (!extent) return false
    const left = extent.x * zoom + x
    const top = extent.y * zoom + y
    return left < -1 || top < -1 || left + extent.width * zoom > width + 1 || top + extent.height * zoom > height + 1
  })
  return away && extent ? <OverviewMap scene={scene} extent={extent} /> : null
}

function OverviewMap({ scene, extent }: { readonly scene: Scene; readonly extent: Box }) {
  const flow = useReactFlow()
  const store = useStoreApi()
  const frame = useRef<HTMLDivElement>(null)
  // The map shows the extent in its middle, as large as it fits.
  const fit = useMemo(() => {
    const scale = Math.min(WIDTH / extent.width, HEIGHT / extent.height)
    return { scale, left: (WIDTH - extent.width * scale) / 2 - extent.x * scale, top: (HEIGHT - extent.height * scale) / 2 - extent.y * scale }
  }, [extent])
  // The camera's frame is moved without React, and apart from the map: it changes with every frame of a pan, and the map doesn't.
  useEffect(() => {
    const show = (): void => {
      const { transform: [x, y, zoom], width, height } = store.getState()
      if (!frame.current) return
      const { style } = frame.current
      style.transform = `translate(${(-x / zoom) * fit.scale + fit.left}px, ${(-y / zoom) * fit.scale + fit.top}px)`
      style.width = `${(width / zoom) * fit.scale}px`
      style.height = `${(height / zoom) * fit.scale}px`
    }
    show()
    return store.subscribe(show)
  }, [store, fit])
  const paths = useMemo(() => pathsOf(scene), [scene])
  const go = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    void flow.setCenter((event.clientX - left - fit.left) / fit.scale, (event.clientY - top - fit.top) / fit.scale, { zoom: flow.getZoom() })
  }
  return (
    <div className="cv-overview nopan nokey" role="img" aria-label="Map of the whole topology" style={{ width: WIDTH, height: HEIGHT }} onPointerDown={go} onPointerMove={go}>
      <svg width={WIDTH} height={HEIGHT} viewBox={`${extent.x} ${extent.y} ${extent.width} ${extent.height}`} aria-hidden="true">
        {paths.map(({ colour, d }) => (
          <path key={colour} d={d} fill={colour} />
        ))}
      </svg>
      <div ref={frame} className="cv-overview__frame" />
    </div>
  )
}

/** All nodes of one colour are one path: thousands cost no more than a few. */
function pathsOf(scene: Scene): readonly { readonly colour: string; readonly d: string }[] {
  const { catalogue } = app()
  const paths = new Map<string, string[]>()
  const nodes = [...scene.topology.nodes].sort((a, b) => Number(scene.containers.has(b.id)) - Number(scene.containers.has(a.id)))
  for (const { id, type } of nodes) {
    const { x, y, width, height } = scene.boxes.get(id)!
    const colour = `var(--system-${catalogue.familyOf(type)?.colour ?? 'application'}${scene.containers.has(id) || type === GROUP ? '-soft' : ''})`
    const path = paths.get(colour) ?? []
    path.push(`M${x},${y}h${width}v${height}h${-width}z`)
    paths.set(colour, path)
  }
  return [...paths].map(([colour, parts]) => ({ colour, d: parts.join('') }))
}
