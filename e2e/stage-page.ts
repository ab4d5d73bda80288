import type { Tally } from '../src/stage/painter/protocol.ts'
import type { Topology } from '../src/topology/document.ts'
import { RelayPage } from './relay-page.ts'

/** The app, and what its painter says of itself: what is on a canvas can't be asked of the page. */
export class StagePage extends RelayPage {
  tally(): Promise<Tally> {
    return this.page.evaluate(() => (document.querySelector('.st-box') as unknown as { tally: () => Promise<Tally> }).tally())
  }

  /** Opens a topology and lets it run to a time, then stand still. */
  async show(topology: Topology, seconds: number): Promise<void> {
    await this.page.evaluate(text => window.relayground.commands.open(JSON.parse(text) as Topology, { play: false }), JSON.stringify(topology))
    await this.page.evaluate(ns => window.relayground.commands.runUntil(ns), seconds * 1e9)
  }

  play(): Promise<void> {
    return this.page.evaluate(() => window.relayground.commands.play())
  }
}
