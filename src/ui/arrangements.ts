import { AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical, AlignHorizontalSpaceBetween, AlignStartHorizontal, AlignStartVertical, AlignVerticalSpaceBetween, type LucideIcon } from 'lucide-react'

/** The actions that put several nodes in order, with their icons, in the order of menus. */
export const ARRANGEMENTS: readonly (readonly [string, LucideIcon])[] = [
  ['arrange-left', AlignStartVertical],
  ['arrange-centre', AlignCenterVertical],
  ['arrange-right', AlignEndVertical],
  ['arrange-top', AlignStartHorizontal],
  ['arrange-middle', AlignCenterHorizontal],
  ['arrange-bottom', AlignEndHorizontal],
  ['arrange-across', AlignHorizontalSpaceBetween],
  ['arrange-down', AlignVerticalSpaceBetween],
]
