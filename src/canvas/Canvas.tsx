import { Panel, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore as useFlowStore, ViewportPortal } from '@xyflow/react'
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { setPointerOnCanvas } from '../app/view.ts'
import { announceWay, onCanvasKey } from './canvas-keys.ts'
import { activate, canvasUi, followSelection, pressPart, startRenaming } from './canvas-ui.ts'
import { CarriedAside, CarriedOnCanvas } from './CarriedKind.tsx'
import { CanvasControls } from './CanvasControls.tsx'
import { useCanvasMenu } from './canvas-menu.ts'
import { useCamera, ZOOM_MAX, ZOOM_MIN } from './camera.ts'
import { channelDomId } from './ChannelLine.tsx'
import { ConnectPicker } from './ConnectPicker.tsx'
import { ConnectionLine, EdgeLayer, LabelLayer } from './EdgeLayer.tsx'
import { SocketLayer } from './SocketLayer.tsx'
import { FindingCard } from './FindingCard.tsx'
import { FlowNodes } from './flow-nodes.ts'
import { useFollow } from './follow.ts'
import { FollowBar } from './FollowBar.tsx'
import { installGlide } from './glide.ts'
import { GridLayer } from './GridLayer.tsx'
import { GuideLayer } from './GuideLayer.tsx'
import { endWithPart } from './end-with-part.ts'
import { keepPlace } from './keep-place.ts'
import { NoteNode } from './NoteNode.tsx'
import { nodeDomId, type PartFlowNode } from './part-flow-node.ts'
import { PartNode } from './PartNode.tsx'
import { PauseLayer } from './PauseLayer.tsx'
import { partAt, REACH_PX } from './pick.ts'
import { RefusalBubble } from './RefusalBubble.tsx'
import { fingerPxAt, NAMES_ALONE, namePxAt } from './far-names.ts'
import { lazily } from '../ui/lazily.tsx'
import { whenIdle } from '../ui/when-idle.ts'
import { useScene, type Scene } from './scene.ts'
import { useSight, type Sight } from './sight.ts'
import { SeveralBar } from './SeveralBar.tsx'
import { useBoxSelect } from './use-box-select.ts'
import { useNodeChanges } from './use-drag.ts'
import { useNear } from './use-near.ts'
import { WayLabels } from './WayLayer.tsx'
import type { NodeId, Point } from '../topology/document.ts'
import { SNAP } from '../app/node-sizes.ts'
import '@xyflow/react/dist/base.css'
import './Canvas.css'

const menuCode = lazily(async () => (await import('./CanvasMenu.tsx')).CanvasMenu)
const { Component: CanvasMenu } = menuCode
const Overview = lazy(async () => ({ default: (await import('./Overview.tsx')).Overview }))

const MINIMAP_FROM = 26
const NODE_TYPES = { part: PartNode, note: NoteNode }
const NO_EDGES: [] = []
const NOBODY: ReadonlySet<NodeId> = new Set()

/** The document as a picture that can be grabbed. `underlay` moves with it, under the nodes and over the channels. */
export function Canvas({ underlay }: { readonly underlay?: ReactNode }) {
  return (
    <ReactFlowProvider>
      <CanvasView underlay={underlay} />
    </ReactFlowProvider>
  )
}

function CanvasView({ underlay }: { readonly underlay: ReactNode }) {
  const scene = useScene()
  const root = useRef<HTMLDivElement>(null)
  const active = useStore(canvasUi, ui => ui.active)
  const connecting = useStore(canvasUi, ui => ui.connection !== null)
  const menu = useCanvasMenu(scene)
  const { screenToFlowPosition } = useReactFlow()
  useEffect(followSelection, [])
  useEffect(() => whenIdle(menuCode.ahead), [])
  useEffect(keepPlace, [])
  useEffect(endWithPart, [])
  useEffect(() => installGlide(app().document, () => app().session.getState().motion === 'reduced'), [])
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  return (
    <div className="cv-frame" ref={setFrame}>
      {/* An application of its own keys, with one tab stop: the rules below know no such widget. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={root}
        className="cv-canvas"
        role="application"
        aria-label="Topology"
        aria-roledescription="canvas"
        aria-describedby="cv-help"
        aria-activedescendant={activeDomId(scene, active)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-connecting={connecting || undefined}
        onKeyDown={onCanvasKey}
        onFocus={event => event.target === event.currentTarget && announceWay(scene)}
        {...menu.handlers}
        onPointerMove={event => {
          menu.handlers.onPointerMove(event)
          setPointerOnCanvas(event.pointerType === 'mouse' ? screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }) : undefined)
        }}
        onPointerLeave={() => setPointerOnCanvas(undefined)}
      >
        <FlowView scene={scene} underlay={underlay} root={root} />
      </div>
      <Suspense>{menu.opening && <CanvasMenu scene={scene} home={frame} opening={menu.opening} />}</Suspense>
      <p id="cv-help" className="cv-hidden">
        Arrow keys walk the topology along its channels, l steps through the channels of a node. Shift and an arrow move the node. c connects, Enter opens the inspector, F2 renames, Delete removes, Escape leaves.
      </p>
      <CarriedAside />
      <FollowBar />
      <CanvasControls />
      <ConnectPicker scene={scene} />
      <RefusalBubble />
      <FindingCard scene={scene} />
      <SeveralBar />
    </div>
  )
}

function FlowView({ scene, underlay, root }: { readonly scene: Scene; readonly underlay: ReactNode; readonly root: RefObject<HTMLDivElement | null> }) {
  const focus = () => {
    // The click that ends a long press must not take the focus from the menu that the press has opened.
    if (!canvasUi.getState().menu) root.current?.focus({ preventScroll: true })
  }
  const { catalogue, commands, document } = app()
  const { screenToFlowPosition, getZoom } = useReactFlow()
  const selection = useStore(app().session, session => session.selection.nodes)
  const [flowNodes] = useState(() => new FlowNodes(catalogue))
  const sight = useSight(scene)
  const nodes = useMounted(flowNodes.of(scene.topology, selection), sight)
  useNear(scene, sight.map)
  useBoxSelect(scene, sight.map)
  const onNodesChange = useNodeChanges()
  const { moved } = useCamera(scene)
  useFollow(scene)
  const { viewport } = document.getState().topology
  const count = scene.topology.nodes.length
  return (
    <ReactFlow<PartFlowNode>
      nodes={nodes}
      edges={NO_EDGES}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onNodeClick={(_event, node) => {
        if (app().session.getState().several) pressPart({ part: 'node', id: node.id })
        focus()
      }}
      onNodeDoubleClick={(_event, node) => startRenaming(node.id)}
      onPaneClick={event => {
        takePaneClick(scene, sight, screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }), getZoom())
        focus()
      }}
      onMoveStart={event => event && takeCamera(moved)}
      onMoveEnd={(_event, view) => commands.patchSession({ viewport: view })}
      {...(viewport ? { defaultViewport: viewport } : {})}
      minZoom={ZOOM_MIN}
      maxZoom={ZOOM_MAX}
      zIndexMode="manual"
      elevateNodesOnSelect={false}
      snapToGrid
      snapGrid={SNAP_GRID}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={MULTI_KEYS}
      selectionMode={SelectionMode.Partial}
      zoomOnDoubleClick={false}
      nodeDragThreshold={3}
      proOptions={PRO}
    >
      <GridLayer />
      <Layers scene={scene} sight={sight} underlay={underlay} />
      <Suspense>{count >= MINIMAP_FROM && <Overview scene={scene} />}</Suspense>
      {count === 0 && <EmptyCanvas />}
      <Distance root={root} />
    </ReactFlow>
  )
}

/** What lies under the nodes, and moves with them. */
function Layers({ scene, sight, underlay }: { readonly scene: Scene; readonly sight: Sight; readonly underlay: ReactNode }) {
  return (
    <ViewportPortal>
      <EdgeLayer scene={scene} sight={sight} />
      <div className="cv-underlay">{underlay}</div>
      {!sight.map && <LabelLayer scene={scene} channels={sight.channels} />}
      <PauseLayer scene={scene} channels={sight.channels} />
      <WayLabels scene={scene} sight={sight} />
      <SocketLayer scene={scene} nodes={sight.nodes} />
      <ConnectionLine scene={scene} />
      <GuideLayer />
      <CarriedOnCanvas />
    </ViewportPortal>
  )
}

/** Of all nodes those that are elements now; the stage is told of it. */
function useMounted(all: PartFlowNode[], { nodes, map }: Sight): PartFlowNode[] {
  useLayoutEffect(() => app().geometry.setState({ map, lifted: nodes ?? NOBODY }), [map, nodes])
  return useMemo(() => (nodes ? all.filter(node => nodes.has(node.id)) : all), [all, nodes])
}

/** A hand has the camera now: it goes along with nobody. */
function takeCamera(moved: () => void): void {
  moved()
  app().commands.follow(null)
}

/** A click beside all elements: on what is painted there, or on nothing. */
function takePaneClick(scene: Scene, { map }: Sight, at: Point, zoom: number): void {
  const part = map ? partAt(scene, at, REACH_PX / zoom) : null
  if (part) {
    pressPart(part.part === 'node' ? part : { ...part, of: null })
    return
  }
  // A finger that misses must not undo what was gathered.
  if (app().session.getState().several) return
  activate(null)
  app().commands.select({ nodes: [], channels: [] })
}

function Distance({ root }: { readonly root: RefObject<HTMLDivElement | null> }) {
  const namePx = useFlowStore(state => namePxAt(state.transform[2]))
  useEffect(() => {
    root.current?.toggleAttribute('data-far', namePx > 0)
    root.current?.toggleAttribute('data-farther', namePx >= NAMES_ALONE)
    root.current?.style.setProperty('--cv-name', `${namePx}px`)
    root.current?.style.setProperty('--cv-finger', `${fingerPxAt(namePx)}px`)
  }, [root, namePx])
  return null
}

function EmptyCanvas() {
  return (
    <Panel position="top-center" className="cv-empty">
      <strong>Nothing here yet</strong>
      <span className="ui-by-mouse">Drag a part from the palette onto the canvas, or choose one and press Enter.</span>
      <span className="ui-by-touch">Open Parts and tap what you need.</span>
    </Panel>
  )
}

const SNAP_GRID: [number, number] = [SNAP, SNAP]
const MULTI_KEYS = ['Shift', 'Meta', 'Control']
const PRO = { hideAttribution: true }

/** Only what is there and mounted may be named to a screen reader. */
function activeDomId(scene: Scene, active: ReturnType<typeof canvasUi.getState>['active']): string | undefined {
  if (!active) return undefined
  const there = active.part === 'node' ? scene.boxes.has(active.id) : scene.curves.has(active.id)
  if (!there) return undefined
  return active.part === 'node' ? nodeDomId(active.id) : channelDomId(active.id)
}
