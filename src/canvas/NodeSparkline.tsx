import { useEffect } from 'react'
import { headlineHistory } from './headline-history.ts'
import { sparklineArea, sparklinePath } from './sparkline.ts'
import './NodeSparkline.css'

const SIZE = { width: 78, height: 20 }

/** The last seconds of a node's headline figure. Drawn again whenever its node is. */
export function NodeSparkline({ id, probe }: { readonly id: string; readonly probe: string }) {
  useEffect(() => headlineHistory.watch(id, probe), [id, probe])
  const path = sparklinePath(headlineHistory.values(id), SIZE)
  return (
    <svg className="cv-sparkline" width={SIZE.width} height={SIZE.height} aria-hidden="true">
      <path className="cv-sparkline__area" d={sparklineArea(path, SIZE)} />
      <path className="cv-sparkline__line" d={path} />
    </svg>
  )
}
