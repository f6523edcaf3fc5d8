import { chatOf, fiveTurns, type Turn } from './fiveTurns.ts'

export interface RoundAsked {
  /** The number of the first resident, and how many talk: each of them all his turns. */
  first: number
  count: number
  /** How many talk at the same time; each has one turn under way. */
  inFlight: number
}

export interface Round {
  /** The whole round, and each turn from the resident's act to the last call that answers it. Milliseconds. */
  ms: number
  turnsMs: number[]
  calls: number
  /** What was not as it has to be; nothing when all is well. */
  wrong: string[]
}

export interface Update {
  update_id: number
}

interface Talk {
  n: number
  turns: Turn[]
  at: number
  since: number
  awaited: string[]
  shown: { message: number; text: string; buttons: { text: string; callback_data: string }[] }
}

/** What a bot calls; the fields that matter here. */
export interface Call {
  chat_id?: number | string
  message_id?: number
  callback_query_id?: string
  text?: string
  reply_markup?: { inline_keyboard?: { text: string; callback_data: string }[][] }
}

/** The residents of one bot, and the queue of updates through which Telegram tells the bot of them. */
export class Residents {
  private queue: Update[] = []
  private readonly talks = new Map<number, Talk>()
  private lastUpdate = 0
  private lastMessage = 0
  private wake: () => void = () => {}
  private round: Round = { ms: 0, turnsMs: [], calls: 0, wrong: [] }
  private ended: () => void = () => {}

  /** Long polling: what is before `offset` is confirmed. */
  async updates({ offset = 0, limit = 100, timeout = 0 }): Promise<Update[]> {
    this.queue = this.queue.filter((update) => update.update_id >= offset)
    if (this.queue.length === 0) await this.somethingHappens(timeout * 1000)
    return this.queue.slice(0, limit)
  }

  /** Lets residents talk, so many at a time, until each has had all his turns. */
  async talk({ first, count, inFlight }: RoundAsked): Promise<Round> {
    this.round = { ms: 0, turnsMs: [], calls: 0, wrong: [] }
    const began = performance.now()
    let next = first
    let talking = 0
    await new Promise<void>((resolve) => {
      const impatient = setTimeout(() => {
        for (const { n, at, awaited } of this.talks.values())
          this.round.wrong.push(`resident ${n}, turn ${at + 1}: no ${awaited.join(', ')}`)
        this.talks.clear()
        resolve()
      }, mostMsARound)
      const more = () => {
        for (; talking < inFlight && next < first + count; next++, talking++) this.begin(next)
        if (talking > 0) return
        clearTimeout(impatient)
        resolve()
      }
      this.ended = () => {
        talking--
        more()
      }
      more()
    })
    this.round.ms = performance.now() - began
    return this.round
  }

  /** A call of the bot has come; answers the id of the message that it shows or changes. */
  called(method: string, call: Call): number {
    this.round.calls++
    const chat = Number(call.chat_id ?? call.callback_query_id?.split('.')[0])
    const message = call.message_id ?? ++this.lastMessage
    const talk = this.talks.get(chat)
    if (!talk) {
      this.round.wrong.push(`${method} for ${chat}, who awaits nothing`)
      return message
    }
    if (method !== 'answerCallbackQuery') {
      const buttons = call.reply_markup?.inline_keyboard?.flat() ?? []
      talk.shown = { message, text: call.text ?? '', buttons }
    }
    this.answered(talk, method)
    return message
  }

  private answered(talk: Talk, method: string): void {
    const turn = talk.turns[talk.at]
    const awaited = talk.awaited.indexOf(method)
    if (!turn || awaited < 0) {
      this.fail(talk, `an unexpected ${method}`)
      return
    }
    talk.awaited.splice(awaited, 1)
    if (talk.awaited.length > 0) return
    this.round.turnsMs.push(performance.now() - talk.since)
    if (!turn.shows.test(talk.shown.text)) {
      this.fail(talk, `not as expected: ${talk.shown.text}`)
      return
    }
    talk.at++
    this.act(talk)
  }

  private begin(n: number): void {
    const shown = { message: 0, text: '', buttons: [] }
    const talk = { n, turns: fiveTurns(n), at: 0, since: 0, awaited: [], shown }
    this.talks.set(chatOf(n), talk)
    this.act(talk)
  }

  /** The resident's next turn, or his end. */
  private act(talk: Talk): void {
    const turn = talk.turns[talk.at]
    if (!turn) {
      this.end(talk)
      return
    }
    talk.awaited = [...turn.calls]
    talk.since = performance.now()
    const update = updateOf(talk, turn, ++this.lastMessage)
    if (update) this.tell(update)
    else this.fail(talk, 'the button is not there')
  }

  private fail(talk: Talk, what: string): void {
    this.round.wrong.push(`resident ${talk.n}, turn ${talk.at + 1}: ${what}`)
    this.end(talk)
  }

  private end(talk: Talk): void {
    if (this.talks.delete(chatOf(talk.n))) this.ended()
  }

  private tell(update: object): void {
    this.queue.push({ update_id: ++this.lastUpdate, ...update })
    this.wake()
  }

  private somethingHappens(waitMs: number): Promise<void> {
    this.wake()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const mostMsARound = 60_000

/** What Telegram tells of a turn; nothing when the button to press is not under the last message. */
function updateOf({ n, at, shown }: Talk, { does }: Turn, message_id: number): object | undefined {
  const id = chatOf(n)
  const from = { id, is_bot: false, first_name: `Resident ${n}`, language_code: 'ru' }
  const chat = { id, type: 'private', first_name: from.first_name }
  if ('type' in does) return { message: { ...stamped(message_id), from, chat, text: does.type } }
  const data = shown.buttons.find(({ text }) => text === does.press)?.callback_data
  const message = { ...stamped(shown.message), chat, text: shown.text }
  return data === undefined
    ? undefined
    : { callback_query: { id: `${id}.${at}`, from, chat_instance: String(id), message, data } }
}

const stamped = (message_id: number) => ({ message_id, date: Math.floor(Date.now() / 1000) })
