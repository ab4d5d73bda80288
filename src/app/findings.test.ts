import { describe, expect, it, vi } from 'vitest'
import { channel, node } from '../cli/testing/scene.ts'
import { emptyTopology, type Topology } from '../topology/document.ts'
import { catalogue } from '../worker/catalogue.ts'
import { createDocumentStore, pushStep, stepBack } from './document-store.ts'
import { createFindings } from './findings.ts'

const topology: Topology = {
  ...emptyTopology(),
  nodes: [node('app.producer', 'p'), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('amqp.queue', 'alone', {}, 'b')],
  channels: [channel('amqp.publish', 'p', 'q')],
}

describe('findings', () => {
  it('follow the document, by the node that they are about', async () => {
    const document = createDocumentStore({ id: 'x', edited: false, topology, past: [], future: [] })
    const findings = createFindings(catalogue(), document)
    expect(findings.getState().all).toBeNull()
    const codes = () => [...findings.getState().byNode].map(([id, list]) => `${id}: ${list.map(one => one.code).join()}`)
    await vi.waitFor(() => expect(codes()).toEqual(['alone: queue.unbound', 'q: queue.no-consumer']))
    const before = findings.getState().byNode.get('alone')
    pushStep(document, 'deletion', [{ edit: 'remove', nodes: ['q'], channels: ['p>q'] }])
    await vi.waitFor(() => expect(codes()).not.toContain('q: queue.no-consumer'))
    // What is said of a node stays the same thing, so that it isn't drawn again.
    expect(findings.getState().byNode.get('alone')).toBe(before)
    stepBack(document)
    await vi.waitFor(() => expect(codes()).toContain('q: queue.no-consumer'))
  })
})
