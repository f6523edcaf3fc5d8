import { TelegramError } from 'telegraf'
import { AppError } from '../../src/infra/errors.ts'

/**
 * Keeps what is posted in one forum at `limit` messages in any window of so many milliseconds, first come, first served; within that a
 * burst goes at once. A message counts from its call until a window after the answer: whenever Telegram counted it, it is out of the way by
 * then. After a 429 nobody goes before the wait is over. While closed nobody waits: who cannot go at once fails with `RATE_LIMITED`.
 */
export class Gate {
  readonly #limit: number
  readonly #windowMs: number
  readonly #waiting: { count: number; go: (mayGo: boolean) => void }[] = []
  /** When the counted messages were answered, oldest first. */
  #answered: number[] = []
  #underWay = 0
  #heldUntil = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** Does the work, which makes so many messages, when it is their turn. More than the limit go alone. */
  async through<Done>(messages: number, work: () => Promise<Done>): Promise<Done> {
    const count = Math.min(messages, this.#limit)
    const mayGo = await new Promise<boolean>((go) => {
      this.#waiting.push({ count, go })
      this.#letPass()
    })
    if (!mayGo) throw new AppError('RATE_LIMITED', { retry: 1_000, facts: { during: 'stopping' } })
    try {
      return await work()
    } catch (error) {
      if (error instanceof TelegramError && error.code === 429)
        this.#heldUntil = performance.now() + (error.parameters?.retry_after ?? 1) * 1_000
      throw error
    } finally {
      this.#underWay -= count
      const now = performance.now()
      for (let each = 0; each < count; each++) this.#answered.push(now)
      this.#letPass()
    }
  }

  open(): void {
    this.#isClosed = false
  }

  close(): void {
    this.#isClosed = true
    this.#letPass()
  }

  #letPass(): void {
    clearTimeout(this.#timer)
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const now = performance.now()
      this.#answered = this.#answered.filter((at) => at + this.#windowMs > now)
      const tooMany = this.#underWay + this.#answered.length + first.count - this.#limit
      const roomAt = tooMany > 0 ? (this.#answered[tooMany - 1] ?? now) + this.#windowMs : now
      const dueAt = Math.max(this.#heldUntil, roomAt)
      if (dueAt > now) {
        if (this.#isClosed) for (const { go } of this.#waiting.splice(0)) go(false)
        else this.#timer = setTimeout(() => this.#letPass(), Math.ceil(dueAt - now))
        return
      }
      this.#underWay += first.count
      this.#waiting.shift()
      first.go(true)
    }
  }
}
