import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { findNode, type Config, type NodeId } from '../topology/document.ts'
import type { Rehearsal } from '../worker/api.ts'

/** While a slider is dragged or a text typed, not every value is worth a run. */
const PAUSE_MS = 80

/** What the node would say with this config; the last answer stays until the next one is there. Null before the first, and where nobody wants it. */
export function useRehearsal(id: NodeId, config: Config, wanted: boolean): Rehearsal | null {
  const [rehearsal, setRehearsal] = useState<Rehearsal | null>(null)
  const surroundings = useStore(app().document, ({ topology }) => `${findNode(topology, id)?.label} ${topology.channels.filter(channel => channel.from === id || channel.to === id).map(channel => channel.id).join()}`)
  const said = JSON.stringify(config)
  useEffect(() => {
    if (!wanted) return
    let current = true
    const timer = setTimeout(() => {
      void app()
        .commands.rehearse(id, config)
        .then(heard => current && setRehearsal(heard))
    }, PAUSE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- a config that says the same is the same
  }, [id, said, surroundings, wanted])
  return rehearsal
}
