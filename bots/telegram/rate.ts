import type { Transformer } from 'grammy'

/** Calls that show something; Telegram counts these. Polling, answers to presses and fetching of files pass by. */
const counted = new Set(['sendMessage', 'sendPhoto', 'sendDocument', 'sendVoice', 'sendMediaGroup', 'editMessageText'])

/** An album is counted by its pieces. */
const messagesOf = (payload: object): number =>
  'media' in payload && Array.isArray(payload.media) ? payload.media.length : 1

/** A turned-away call looks like one that Telegram asks to repeat, so that the outbox keeps its row and tries again. */
const turnedAway = {
  ok: false as const,
  error_code: 429,
  description: 'Too Many Requests: nobody waits while we stop',
  parameters: { retry_after: 1 },
}

/** So much that mailings are behind their rate they catch up at once. */
const mostLateMs = 100

/** A mailing comes so long after whatever was sent in its chat: Telegram wants no more than one message a second there. */
const quietMs = 1_000

/** So many chats that are told to slow down at once mean that all of us is too fast, not one of them. */
const severalChats = 3

/**
 * Keeps what is sent and edited under `perSecond` in any second, first come, first served; within that a burst goes at once. Mailings go evenly spread
 * and only when nobody else waits, so that an answer waits for one of them at most; each when its own chat has been quiet for a second.
 * A 429 is its own chat's matter (the outbox backs off there) until several chats have one: then nobody goes before the longest
 * of their waits is over. While closed nobody waits: who cannot go at once is turned away with a 429 of our own.
 */
export class Gate {
  readonly #sent: Float64Array
  readonly #windowMs: number
  readonly #waiting: ((passed: boolean) => void)[] = []
  readonly #mailings: ((passed: boolean) => void)[] = []
  readonly #slowed = new Map<unknown, number>()
  readonly #lastIn = new LastInChats(quietMs)
  #oldest = 0
  #heldUntil = 0
  #nextMailing = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(perSecond: number) {
    // The times of the last sends, at most a thousand: of a greater rate a part of a second is watched.
    const size = Math.min(perSecond, 1_000)
    this.#sent = new Float64Array(size).fill(Number.NEGATIVE_INFINITY)
    this.#windowMs = (1_000 * size) / perSecond
  }

  readonly transformer = this.#before(this.#waiting)
  readonly mailingTransformer = this.#before(this.#mailings)

  #before(queue: ((passed: boolean) => void)[]): Transformer {
    return async (prev, method, payload, signal) => {
      if (!counted.has(method)) return prev(method, payload, signal)
      const chat = 'chat_id' in payload && payload.chat_id
      if (queue === this.#mailings) await this.#lastIn.quiet(chat)
      const passed = await Promise.all(Array.from({ length: messagesOf(payload) }, () => this.#passed(queue)))
      if (passed.includes(false)) return turnedAway
      this.#lastIn.note(chat)
      const answer = await prev(method, payload, signal)
      if (!answer.ok && answer.error_code === 429) {
        this.slowDown(chat, (answer.parameters?.retry_after ?? 1) * 1_000)
      }
      return answer
    }
  }

  /** Answers when it is one's turn; false for who is turned away. */
  #passed(queue: ((passed: boolean) => void)[]): Promise<boolean> {
    return new Promise((resolve) => {
      queue.push(resolve)
      this.#letPass()
    })
  }

  slowDown(chat: unknown, ms: number): void {
    const now = performance.now()
    for (const [other, until] of this.#slowed) if (until <= now) this.#slowed.delete(other)
    this.#slowed.set(chat, now + ms)
    if (this.#slowed.size >= severalChats) this.#heldUntil = Math.max(...this.#slowed.values())
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
    for (;;) {
      const queue = this.#waiting.length > 0 ? this.#waiting : this.#mailings
      if (queue.length === 0) return
      const now = performance.now()
      const roomAt = Math.max(this.#heldUntil, (this.#sent[this.#oldest] ?? 0) + this.#windowMs)
      const dueAt = queue === this.#mailings ? Math.max(roomAt, this.#nextMailing) : roomAt
      if (dueAt > now) {
        if (this.#isClosed)
          for (const turnAway of [...this.#waiting.splice(0), ...this.#mailings.splice(0)]) turnAway(false)
        else this.#timer = setTimeout(() => this.#letPass(), dueAt - now)
        return
      }
      const apartMs = this.#windowMs / this.#sent.length
      // A timer that was late is made up for, a pause is not.
      if (queue === this.#mailings) this.#nextMailing = Math.max(this.#nextMailing, now - mostLateMs) + apartMs
      this.#sent[this.#oldest] = now
      this.#oldest = (this.#oldest + 1) % this.#sent.length
      queue.shift()?.(true)
    }
  }
}

/** When something was last sent in a chat, as long as that matters. */
class LastInChats {
  /** The latest last. */
  readonly #sentAt = new Map<unknown, number>()

  constructor(private readonly mattersMs: number) {}

  note(chat: unknown): void {
    const now = performance.now()
    this.#sentAt.delete(chat)
    this.#sentAt.set(chat, now)
    for (const [other, at] of this.#sentAt) {
      if (at + this.mattersMs > now) return
      this.#sentAt.delete(other)
    }
  }

  /** Answers when it matters no more. */
  async quiet(chat: unknown): Promise<void> {
    for (;;) {
      const ms = (this.#sentAt.get(chat) ?? Number.NEGATIVE_INFINITY) + this.mattersMs - performance.now()
      if (ms <= 0) return
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(ms)))
    }
  }
}
