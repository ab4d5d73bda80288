import { Box, Hexagon, History, Inbox, MessageCircle, MessagesSquare, Radio, Rows3, ScrollText, Send, Server, Workflow, type LucideIcon } from 'lucide-react'

/** The icons that manifests name. Only these are in the bundle; a name that is missing here is drawn as a box. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  hexagon: Hexagon,
  history: History,
  inbox: Inbox,
  'message-circle': MessageCircle,
  'messages-square': MessagesSquare,
  radio: Radio,
  'rows-3': Rows3,
  'scroll-text': ScrollText,
  send: Send,
  server: Server,
  workflow: Workflow,
}

export function KindIcon({ name, size = 16 }: { readonly name: string; readonly size?: number }) {
  const Icon = ICONS[name] ?? Box
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />
}
