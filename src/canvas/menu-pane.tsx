import { ClipboardPaste, Footprints, Maximize, Network, Plus, Redo2, Search, SquareDashedMousePointer, Undo2 } from 'lucide-react'
import { ContextMenu } from 'radix-ui'
import { pasteFromClipboard } from '../app/clipboard.ts'
import { app } from '../app/current.ts'
import { tokenUnderPointer } from '../app/view.ts'
import type { Point } from '../topology/document.ts'
import { KindIcon } from './kind-icon.tsx'
import { ActionItem, MenuItem, MenuRule, SubMenu } from './MenuItem.tsx'
import { paletteGroups } from './palette-groups.ts'
import { placeAround } from './palette-drop.ts'

const ICON = { size: 15, strokeWidth: 1.75 } as const

export function PaneItems({ at }: { readonly at: Point }) {
  return (
    <>
      <SubMenu icon={<Plus {...ICON} />} title="Add node">
        {paletteGroups(app().catalogue, '').map(group => (
          <ContextMenu.Group key={group.family}>
            <ContextMenu.Label className="cv-menu__label">{group.title}</ContextMenu.Label>
            {group.kinds.map(kind => (
              <MenuItem key={kind.type} icon={<KindIcon name={kind.icon} size={15} />} act={() => placeAround(kind, at)}>
                {kind.title}
              </MenuItem>
            ))}
          </ContextMenu.Group>
        ))}
      </SubMenu>
      <ActionItem id="paste" icon={<ClipboardPaste {...ICON} />} act={() => void pasteFromClipboard(app(), at)} />
      <MenuRule />
      <ActionItem id="undo" always icon={<Undo2 {...ICON} />} />
      <ActionItem id="redo" always icon={<Redo2 {...ICON} />} />
      <MenuRule />
      {tokenUnderPointer() !== null && <ActionItem id="follow" icon={<Footprints {...ICON} />} />}
      <ActionItem id="fit" icon={<Maximize {...ICON} />} />
      <ActionItem id="select-all" icon={<SquareDashedMousePointer {...ICON} />} />
      <ActionItem id="lay-out" icon={<Network {...ICON} />} />
      <ActionItem id="find" icon={<Search {...ICON} />} />
    </>
  )
}
