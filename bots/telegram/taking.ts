import { setTimeout as pause, setImmediate as thisTick } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import { type Log, untilDone } from '../../src/infra/backOff.ts'
import { codeOf } from './answers.ts'

/** No longer does a chat that is slow keep the others from being asked about. */
const patienceMs = 200

export interface Taker {
  log: Log
  signal: AbortSignal
  /** Takes updates of one chat; until it has answered without an error the same are handed over again. */
  take(updates: Update[]): Promise<void>
}

/**
 * Updates between being told and being confirmed: each chat's are taken in their order, whatever the other chats do. What a chat is told of while
 * it is busy is left to the next answer: until they are confirmed all are told again.
 */
export class Taking {
  /** All before it are taken, and may be confirmed. */
  offset: number | undefined
  readonly #taken = new Set<number>()
  readonly #busy = new Map<number, { ids: number[]; done: Promise<void> }>()
  #end = 0

  constructor(private readonly taker: Taker) {}

  /** Begins with what is new. Answers when something has been taken, and it is worth asking for more. */
  async take(told: readonly Update[]): Promise<void> {
    this.#end = Math.max(this.#end, ...told.map((update) => update.update_id + 1))
    for (const [chat, own] of this.#newOf(told)) {
      const done = this.#takeOf(own).finally(() => this.#busy.delete(chat))
      this.#busy.set(chat, { ids: own.map(idOf), done })
    }
    if (this.#busy.size > 0) await this.#someDone()
    const open = [...told.map(idOf).filter((id) => !this.#taken.has(id)), ...this.#underWay.flatMap(({ ids }) => ids)]
    // An update that is told a second time may stand last: the confirmation never goes back.
    const offset = Math.max(this.offset ?? 0, Math.min(this.#end, ...open))
    for (const id of this.#taken) if (id < offset) this.#taken.delete(id)
    this.offset = offset
  }

  /** Answers when nothing is under way. */
  async ended(): Promise<void> {
    await Promise.all(this.#underWay.map(({ done }) => done))
  }

  get #underWay() {
    return [...this.#busy.values()]
  }

  #newOf(told: readonly Update[]): Map<number, Update[]> {
    const chats = new Map<number, Update[]>()
    for (const update of told) {
      const chat = chatOf(update)
      if (this.#taken.has(update.update_id) || this.#busy.has(chat)) continue
      chats.set(chat, [...(chats.get(chat) ?? []), update])
    }
    return chats
  }

  async #takeOf(own: Update[]): Promise<void> {
    const { take, signal, log } = this.taker
    const taken = await untilDone(() => take(own), {
      signal,
      failed: (error, waitMs) =>
        log.error(
          { updates: own.length, waitMs, code: codeOf(error) },
          'updates were not taken and are handed over again',
        ),
    })
    if (taken) for (const { update_id } of own) this.#taken.add(update_id)
  }

  /** Turns of several chats are committed as one, and are done in one tick. */
  async #someDone(): Promise<void> {
    await Promise.race([...this.#underWay.map(({ done }) => done), pause(patienceMs, undefined, { ref: false })])
    await thisTick()
  }
}

const idOf = ({ update_id }: Update): number => update_id

/** What has no chat is in order with whatever else has none. */
const chatOf = ({ message, edited_message, callback_query, my_chat_member }: Update): number =>
  (message ?? edited_message ?? callback_query?.message ?? my_chat_member)?.chat.id ?? 0
