import { Refused } from '../refused.ts'

/** So many messages within so many milliseconds to one group; more are refused when it is enforced, and only counted when not. */
export interface GroupLimit {
  messages: number
  windowMs: number
  enforced: boolean
}

/** «20 messages per minute to the same group» (the bots' FAQ). */
export const publishedLimit: GroupLimit = { messages: 20, windowMs: 60_000, enforced: true }

/** What one bot has sent to one group. `mostInWindow` is the largest number that any window has held. */
export interface GroupCounts {
  sent: number
  refused: number
  inWindow: number
  mostInWindow: number
}

/** Counts the messages of bots to groups, every picture of an album for one. Edits and service messages are not counted. */
export class GroupRate {
  private readonly kept = new Map<string, Omit<GroupCounts, 'inWindow'> & { times: number[] }>()

  constructor(public limit: GroupLimit) {}

  /** Refuses with 429 and the seconds to wait when so many more do not fit into the window. */
  admit(bot: number, group: number, more: number): void {
    const one = this.of(bot, group)
    const { messages, windowMs, enforced } = this.limit
    if (!enforced || one.times.length + more <= messages) return
    one.refused += 1
    // The window has room again when the oldest of those in the way leave it.
    const leaving = one.times[one.times.length + more - messages - 1] ?? Date.now()
    const seconds = Math.max(1, Math.ceil((leaving + windowMs - Date.now()) / 1000))
    throw new Refused(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
  }

  count(bot: number, group: number): void {
    const one = this.of(bot, group)
    one.times.push(Date.now())
    one.sent += 1
    one.mostInWindow = Math.max(one.mostInWindow, one.times.length)
  }

  counts(bot: number, group: number): GroupCounts {
    const { sent, refused, mostInWindow, times } = this.of(bot, group)
    return { sent, refused, mostInWindow, inWindow: times.length }
  }

  private of(bot: number, group: number) {
    const key = `${bot}:${group}`
    const one = this.kept.get(key) ?? { sent: 0, refused: 0, mostInWindow: 0, times: [] }
    this.kept.set(key, one)
    one.times = one.times.filter((at) => at > Date.now() - this.limit.windowMs)
    return one
  }
}
