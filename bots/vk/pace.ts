import { type APIRequest, ParallelWorker } from 'vk-io'
import { callsAnExecute, callsASecond } from './limits.ts'

const everyMs = 1_000 / callsASecond

/** So many calls that late timers have held up are made up for; of more the rest is lost. */
const mostLate = 4

/**
 * vk-io's queue, which packs what waits into one `execute`, at VK's rate to a call. (Its own starts a timer anew after each call and so falls behind by
 * as much as every timer is late.) At once when nothing was called of late, else evenly spread, and never more in any second than VK takes.
 * Mailings fill up what people's calls leave free in each: nobody waits behind them for longer than until the next one.
 */
export class Pace extends ParallelWorker {
  readonly #mailings: APIRequest[] = []
  /** When the calls of the last second were made, in a ring. */
  readonly #made = new Float64Array(callsASecond).fill(Number.NEGATIVE_INFINITY)
  #oldest = 0
  #dueAt: number | undefined
  #next: NodeJS.Timeout | undefined

  enqueueMailing(request: APIRequest): void {
    this.#mailings.push(request)
    if (this.#next === undefined) this.immediateHeat()
  }

  override heat(): void {
    if (this.paused || this.#next !== undefined) return
    this.#fillUp()
    if (this.queue.length === 0) {
      this.#dueAt = undefined
      return
    }
    const now = performance.now()
    void this.execute()
    this.#made[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % callsASecond
    // What is made up for goes at twice the rate, not all at once.
    this.#dueAt = Math.max(this.#dueAt ?? now, now - mostLate * everyMs) + everyMs
    const roomAt = (this.#made[this.#oldest] ?? 0) + 1_000
    this.#next = setTimeout(() => this.#turn(), Math.max(this.#dueAt, now + everyMs / 2, roomAt) - now)
  }

  #turn(): void {
    this.#next = undefined
    this.heat()
  }

  #fillUp(): void {
    const room = callsAnExecute - this.queue.length
    if (room > 0) this.queue.push(...this.#mailings.splice(0, room))
  }
}
