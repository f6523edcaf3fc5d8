import type { Ask } from './api.ts'
import { Gate } from './rate.ts'

/** A gate for every forum, before the calls that make messages there. Edits, signs, answers to presses and polling pass by. */
export class Gates {
  readonly #gates = new Map<unknown, Gate>()
  readonly #limit: number
  readonly #windowMs: number
  #isClosed = false

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  before(ask: Ask): Ask {
    return (method, payload, signal) => {
      const messages = messagesOf(method, payload)
      const call = () => ask(method, payload, signal)
      return messages === 0 ? call() : this.#of('chat_id' in payload && payload.chat_id).through(messages, call)
    }
  }

  open(): void {
    this.#isClosed = false
    for (const gate of this.#gates.values()) gate.open()
  }

  close(): void {
    this.#isClosed = true
    for (const gate of this.#gates.values()) gate.close()
  }

  #of(forum: unknown): Gate {
    const known = this.#gates.get(forum)
    if (known) return known
    const gate = new Gate(this.#limit, this.#windowMs)
    if (this.#isClosed) gate.close()
    this.#gates.set(forum, gate)
    return gate
  }
}

/** How many messages a call makes; a new topic begins with one that tells of it. */
function messagesOf(method: string, payload: object): number {
  if (method === 'sendMediaGroup') return 'media' in payload && Array.isArray(payload.media) ? payload.media.length : 1
  if (method === 'sendChatAction') return 0
  return method.startsWith('send') || method === 'createForumTopic' ? 1 : 0
}
