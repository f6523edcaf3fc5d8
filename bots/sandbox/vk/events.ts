import { randomBytes } from 'node:crypto'
import type { Gates } from '../gates.ts'
import type { World } from '../world/world.ts'
import type { VkUpdate } from './shapes.ts'
import { newKey } from './state.ts'

const KEPT = 2000
const MAX_WAIT_SECONDS = 90

export type PollAnswer = { ts: string; updates: VkUpdate[] } | { failed: 1; ts: number } | { failed: 2 | 3 }

/** The Bots Long Poll server: events by number, of the kinds that are switched on. */
export class VkEvents {
  private losing = 0

  constructor(
    private readonly world: World,
    private readonly gates: Gates,
  ) {}

  push(type: string, object: unknown): void {
    const { longPoll, groupId } = this.world.state.vk
    if (!longPoll.enabled || !longPoll.switches[type]) return
    this.add({ group_id: groupId, type, event_id: randomBytes(20).toString('hex'), v: longPoll.version, object })
  }

  /** Tells the last `count` events a second time, under the same `event_id`s. */
  repeat(count: number): void {
    for (const { update } of this.world.state.vk.longPoll.events.slice(-count)) this.add(update)
  }

  /** The next poll is told that its key is no longer good (`failed: 2`). */
  expireKey(): void {
    this.world.state.vk.longPoll.key = newKey()
    this.tell()
  }

  /** What has not been told yet is lost (`failed: 1`). */
  loseHistory(): void {
    const { longPoll } = this.world.state.vk
    longPoll.ts += 1
    longPoll.forgotten = longPoll.ts
    longPoll.events = []
    this.tell()
  }

  /** The next poll is told that information was lost (`failed: 3`), and a new key is wanted. */
  loseInformation(): void {
    this.losing += 1
    this.loseHistory()
    this.expireKey()
  }

  reverseFrom(ts: number): void {
    const { events } = this.world.state.vk.longPoll
    const held = events.filter((event) => event.ts > ts)
    const updates = held.map((event) => event.update).reverse()
    for (const [at, event] of held.entries()) event.update = updates[at] ?? event.update
  }

  get ts(): number {
    return this.world.state.vk.longPoll.ts
  }

  async poll(asked: { key: string; ts: string; wait: string }, signal: AbortSignal): Promise<PollAnswer> {
    const { longPoll } = this.world.state.vk
    const since = Number(asked.ts)
    const answer = (): PollAnswer | undefined => {
      if (this.gates.isHeld('vk')) return undefined
      if (this.losing > 0) {
        this.losing -= 1
        return { failed: 3 }
      }
      if (asked.key !== longPoll.key) return { failed: 2 }
      if (since < longPoll.forgotten || since > longPoll.ts) return { failed: 1, ts: longPoll.ts }
      const events = longPoll.events.filter((event) => event.ts > since)
      if (events.length === 0) return undefined
      return { ts: String(longPoll.ts), updates: events.map((event) => event.update) }
    }
    const waitMs = Math.min(Number(asked.wait) || 0, MAX_WAIT_SECONDS) * 1000
    const found = await this.world.news.when(once(answer), { waitMs, signal })
    return found ?? { ts: asked.ts, updates: [] }
  }

  tell(): void {
    this.world.changed({ kind: 'update', messenger: 'vk', bot: this.world.state.vk.groupId })
  }

  private add(update: VkUpdate): void {
    const { longPoll } = this.world.state.vk
    longPoll.ts += 1
    longPoll.events.push({ ts: longPoll.ts, update })
    if (longPoll.events.length > KEPT) {
      const gone = longPoll.events.splice(0, longPoll.events.length - KEPT)
      longPoll.forgotten = gone.at(-1)?.ts ?? longPoll.forgotten
    }
    this.tell()
  }
}

/** Holds on to the first answer: asking again must not use up a loss twice. */
function once<Answer>(ask: () => Answer | undefined): () => Answer | undefined {
  let kept: Answer | undefined
  return () => {
    kept ??= ask()
    return kept
  }
}
