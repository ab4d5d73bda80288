import { useReactFlow, useStore as useFlowStore, useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef, type PointerEvent } from 'react'
import { app } from '../app/current.ts'
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

function OverviewMap({ scene, extent }: { readonly scene: Scene; readonly extent: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } }) {
  const flow = useReactFlow()
  const store = useStoreApi()
  const frame = useRef<SVGRectElement>(null)
  // The camera's frame is moved without React: it changes with every frame of a pan.
  useEffect(() => {
    const show = (): void => {
      const { transform: [x, y, zoom], width, height } = store.getState()
      const { current } = frame
      if (!current) return
      for (const [name, value] of [['x', -x / zoom], ['y', -y / zoom], ['width', width / zoom], ['height', height / zoom]] as const) current.setAttribute(name, String(value))
    }
    show()
    return store.subscribe(show)
  }, [store])
  const scale = Math.max(extent.width / WIDTH, extent.height / HEIGHT)
  const go = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons !== 1) return
    const matrix = event.currentTarget.getScreenCTM()
    if (!matrix) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    void flow.setCenter(x, y, { zoom: flow.getZoom() })
  }
  return (
    <svg className="cv-overview nopan nokey" role="img" aria-label="Map of the whole topology" width={WIDTH} height={HEIGHT} viewBox={`${extent.x} ${extent.y} ${extent.width} ${extent.height}`} onPointerDown={go} onPointerMove={go}>
      {pathsOf(scene).map(({ colour, d }) => (
        <path key={colour} d={d} fill={colour} />
      ))}
      <rect ref={frame} className="cv-overview__frame" strokeWidth={1.5 * scale} />
    </svg>
  )
}

/** All nodes of one colour are one path: thousands cost no more than a few. */
function pathsOf(scene: Scene): readonly { readonly colour: string; readonly d: string }[] {
  const { catalogue } = app()
  const paths = new Map<string, string[]>()
  const nodes = [...scene.topology.nodes].sort((a, b) => Number(scene.containers.has(b.id)) - Number(scene.containers.has(a.id)))
  for (const { id, type } of nodes) {
    const { x, y, width, height } = scene.boxes.get(id)!
    const colour = `var(--system-${catalogue.familyOf(type)?.colour ?? 'application'}${scene.containers.has(id) ? '-soft' : ''})`
    const path = paths.get(colour) ?? []
    path.push(`M${x},${y}h${width}v${height}h${-width}z`)
    paths.set(colour, path)
  }
  return [...paths].map(([colour, parts]) => ({ colour, d: parts.join('') }))
}
