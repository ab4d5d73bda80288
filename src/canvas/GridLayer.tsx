import { useStoreApi } from '@xyflow/react'
import { useLayoutEffect, useRef } from 'react'
import './GridLayer.css'

/** In the flow's pixels. */
const GAP = 20
const DOT = 1.6
/** Dots that are nearer to each other on the screen are a tint of the whole, which only costs time. */
const GAP_PX_LEAST = 4
const PATTERN = 'cv-grid-pattern'

/** The dots that the canvas is ruled with. They follow the camera without React: it moves with every frame of a pan. */
export function GridLayer() {
  const store = useStoreApi()
  const svg = useRef<SVGSVGElement>(null)
  useLayoutEffect(() => {
    const pattern = svg.current!.querySelector('pattern')!
    const dot = svg.current!.querySelector('circle')!
    let [shownX, shownY, shownZoom] = [NaN, NaN, NaN]
    const show = (): void => {
      const [x, y, zoom] = store.getState().transform
      if (x === shownX && y === shownY && zoom === shownZoom) return
      const gap = GAP * zoom
      const seen = gap >= GAP_PX_LEAST
      if (zoom !== shownZoom) {
        svg.current!.style.display = seen ? '' : 'none'
        for (const side of ['width', 'height']) pattern.setAttribute(side, String(gap))
        for (const size of ['cx', 'cy', 'r']) dot.setAttribute(size, String((DOT * zoom) / 2))
        pattern.setAttribute('patternTransform', `translate(${-gap / 2},${-gap / 2})`)
      }
      if (seen) {
        pattern.setAttribute('x', String(x % gap))
        pattern.setAttribute('y', String(y % gap))
      }
      ;[shownX, shownY, shownZoom] = [x, y, zoom]
    }
    show()
    return store.subscribe(show)
  }, [store])
  return (
    <svg ref={svg} className="cv-grid" aria-hidden="true">
      <pattern id={PATTERN} patternUnits="userSpaceOnUse">
        <circle />
      </pattern>
      <rect width="100%" height="100%" fill={`url(#${PATTERN})`} />
    </svg>
  )
}
