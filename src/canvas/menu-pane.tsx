import { Maximize, Plus, SquareDashedMousePointer } from 'lucide-react'
import { ContextMenu } from 'radix-ui'
import { app } from '../app/current.ts'
import type { Point } from '../topology/document.ts'
import { KindIcon } from './kind-icon.tsx'
import { MenuItem, MenuRule, SubMenu } from './MenuItem.tsx'
import { paletteGroups } from './palette-groups.ts'
import { placeKind } from './palette-drop.ts'

const ICON = { size: 15, strokeWidth: 1.75 } as const

export function PaneItems({ at }: { readonly at: Point }) {
  const { catalogue, commands, document } = app()
  return (
    <>
      <SubMenu icon={<Plus {...ICON} />} title="Add node">
        {paletteGroups(catalogue, '').map(group => (
          <ContextMenu.Group key={group.family}>
            <ContextMenu.Label className="cv-menu__label">{group.title}</ContextMenu.Label>
            {group.kinds.map(kind => (
              <MenuItem key={kind.type} icon={<KindIcon name={kind.icon} size={15} />} act={() => placeKind(kind.type, at)}>
                {kind.title}
              </MenuItem>
            ))}
          </ContextMenu.Group>
        ))}
      </SubMenu>
      <MenuRule />
      <MenuItem icon={<Maximize {...ICON} />} keys="F" act={() => window.dispatchEvent(new Event('relayground:fit'))}>
        Fit everything into view
      </MenuItem>
      <MenuItem icon={<SquareDashedMousePointer {...ICON} />} keys="Ctrl+A" act={() => commands.select({ nodes: document.getState().topology.nodes.map(node => node.id), channels: [] })}>
        Select everything
      </MenuItem>
    </>
  )
}
