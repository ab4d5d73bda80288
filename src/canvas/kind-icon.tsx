import { BookUser, Box, Database, Fan, Flag, Hexagon, History, Inbox, ListChecks, ListPlus, Merge, MessageCircle, MessageCircleQuestion, MessageCircleReply, MessagesSquare, Network, Pickaxe, Radio, Route, Rows3, ScrollText, Send, Server, Split, Table2, Workflow, type LucideIcon } from 'lucide-react'

/** The icons that manifests name. Only these are in the bundle; a name that is missing here is drawn as a box. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  'book-user': BookUser,
  database: Database,
  fan: Fan,
  flag: Flag,
  hexagon: Hexagon,
  history: History,
  inbox: Inbox,
  'list-checks': ListChecks,
  'list-plus': ListPlus,
  merge: Merge,
  'message-circle': MessageCircle,
  'message-circle-question': MessageCircleQuestion,
  'message-circle-reply': MessageCircleReply,
  'messages-square': MessagesSquare,
  network: Network,
  pickaxe: Pickaxe,
  radio: Radio,
  route: Route,
  'rows-3': Rows3,
  'scroll-text': ScrollText,
  send: Send,
  server: Server,
  split: Split,
  'table-2': Table2,
  workflow: Workflow,
}

export function KindIcon({ name, size = 16 }: { readonly name: string; readonly size?: number }) {
  const Icon = ICONS[name] ?? Box
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />
}
