import { app } from '../app/current.ts'
import { sparklineArea, sparklinePath } from './sparkline.ts'
import './NodeSparkline.css'

const SIZE = { width: 78, height: 20 }
const NONE: readonly number[] = []

/** The last seconds of what leaves a node. Drawn again whenever its node is. */
export function NodeSparkline({ id }: { readonly id: string }) {
  const path = sparklinePath(app().figures.series().columns.get(`${id}/out`) ?? NONE, SIZE)
  return (
    <svg className="cv-sparkline" width={SIZE.width} height={SIZE.height} aria-hidden="true">
      <path className="cv-sparkline__area" d={sparklineArea(path, SIZE)} />
      <path className="cv-sparkline__line" d={path} />
    </svg>
  )
}
