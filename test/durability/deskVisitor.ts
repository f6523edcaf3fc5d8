import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import type { StaffHand } from '../../bots/sandbox/hand/staff.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import type { Messenger } from '../../src/engine/event.ts'
import type { Ground } from './ground.ts'
import { patienceMs } from './talk.ts'

/** Consultants of the sandbox whom a talk goes between. */
const pair = staffPeople.consultants.slice(0, 2)

export interface HandOffSeen {
  id: string
  state: string
  topicId: number
  thread: string | null
}

/** A resident who talks with consultants, and those who answer him: what each of them has said, in order. */
export class Visitor {
  readonly ofResident: string[] = []
  readonly ofStaff: string[] = []
  readonly resident: ResidentHand
  private holder = 0
  private thread: string | null = null

  constructor(
    private readonly ground: Ground,
    readonly messenger: Messenger,
    readonly person: number,
  ) {
    this.resident = ground.hand.resident(messenger, person)
  }

  /** Consents; to be done while nobody is killed. */
  async comes(): Promise<void> {
    await this.resident.start()
    await this.shown('Согласие на обработку')
    await this.resident.press('Согласен')
    await this.shown('Подключить счёт')
  }

  /** Asks for a consultant; answers when he has been told that he waits. */
  async asks(): Promise<void> {
    await this.resident.say('консультант')
    await this.shown('О чём ваш вопрос')
    await this.says()
    await this.shown('Вы в очереди')
  }

  /** The talk that was closed goes on by another line of his. */
  async goesOn(): Promise<void> {
    await this.says()
    await this.shown('Разговор снова открыт')
  }

  /** More lines of the resident's; the last of them as the words of a file. */
  async says(lines = 1, last?: 'file'): Promise<void> {
    for (let left = lines; left > 0; left--) {
      const line = `[р${this.messenger}${this.person}-${this.ofResident.length + 1}]`
      this.ofResident.push(line)
      if (last && left === 1) await this.resident.send([fileOf(line)], line)
      else await this.resident.say(line)
    }
  }

  /** More lines of whoever holds the chat; the last of them as the words of a file. */
  async answers(lines = 1, last?: 'file'): Promise<void> {
    const topic = await this.topic()
    for (let left = lines; left > 0; left--) {
      const line = `[к${this.messenger}${this.person}-${this.ofStaff.length + 1}]`
      this.ofStaff.push(line)
      if (last && left === 1) await this.staff().send([fileOf(line)], { topic, caption: line })
      else await this.staff().say(line, { topic })
    }
  }

  /** «Беру», as soon as the topic offers it; what is said from then on is the holder's. */
  async takes(by = this.holder): Promise<void> {
    const { id } = await this.handOff()
    await this.pressed(`take:${id}`, by)
    this.holder = by
  }

  /** Handed to the other consultant, who takes it. */
  async passes(): Promise<void> {
    const { id } = await this.handOff()
    const other = 1 - this.holder
    await this.pressed(`pass:${id}:${pair[other]?.telegramId}`, this.holder)
    await this.takes(other)
  }

  /** «В очередь». */
  async putsBack(): Promise<void> {
    const { id } = await this.handOff()
    await this.pressed(`queue:${id}`, this.holder)
  }

  /** Put back into the queue, and taken by the other one. */
  async queues(): Promise<void> {
    await this.putsBack()
    await this.takes(1 - this.holder)
  }

  /** Closed when all was read and heard; answers when the topic is closed and he is asked how it was. */
  async closes(): Promise<void> {
    await Promise.all([this.read(), this.heard()])
    const { id } = await this.handOff()
    await this.pressed(`close:${id}`, this.holder)
    await this.resident.waitFor(
      ({ messages }) => messages.findLast(({ from }) => from === 'bot')?.text.includes('Поставьте оценку') === true,
      patienceMs,
    )
    await this.ground.hand.forum().waitForTopic(await this.topic(), ({ closed }) => closed, patienceMs)
  }

  /** Waits until all lines of the resident stand in the forum. */
  async read(): Promise<void> {
    const last = this.ofResident.at(-1) ?? ''
    await this.ground.hand
      .forum()
      .waitFor(
        ({ topics }) => topics.some(({ messages }) => messages.some(({ text }) => text.includes(last))),
        patienceMs,
      )
  }

  /** Waits until all lines of the staff stand in the resident's chat. */
  async heard(): Promise<void> {
    const last = this.ofStaff.at(-1) ?? ''
    await this.resident.waitFor(
      ({ messages }) => messages.some(({ from, text }) => from === 'bot' && text.includes(last)),
      patienceMs,
    )
  }

  /** The latest hand-off of the resident's. */
  async handOff(): Promise<HandOffSeen> {
    const { rows } = await this.ground.database.pool.query<HandOffSeen>(
      `SELECT h.id, h.state, h.topic_id AS "topicId", t.thread FROM hand_off h
       JOIN desk_topic t ON t.id = h.topic_id JOIN conversation c ON c.resident_id = h.resident_id
       WHERE c.chat = $1 ORDER BY h.number DESC LIMIT 1`,
      [await this.chat()],
    )
    if (!rows[0]) throw new Error('he has asked for nobody')
    return rows[0]
  }

  async chat(): Promise<string> {
    const { vkId, telegramId } = (await this.ground.hand.people()).find(({ id }) => id === this.person) ?? {}
    return this.messenger === 'vk' ? `vk:${vkId}` : `telegram:${telegramId}`
  }

  /** Known once it is open, also while the database is away. */
  private async topic(): Promise<number> {
    this.thread ??= (await this.handOff()).thread
    return Number(this.thread)
  }

  private staff(by = this.holder): StaffHand {
    return this.ground.hand.staff(pair[by]?.id ?? 0)
  }

  /** By its token under a message of the bot's in his topic, once that is open: whoever has it before him may press what was offered. */
  private async pressed(token: string, by: number): Promise<void> {
    const forum = this.ground.hand.forum()
    for (let revision = -1; ; ) {
      const thread = await this.topic()
      const seen = await forum.waitFor((one) => one.revision !== revision, patienceMs)
      revision = seen.revision
      const topic = seen.topics.find(({ id, closed }) => id === thread && !closed)
      const message = topic?.messages.find(({ from, buttons }) => from === 'bot' && buttons.length > 0)?.id
      if (topic && message !== undefined) return this.staff(by).pressToken(token, { topic: topic.id, message })
    }
  }

  private shown(words: string) {
    return this.resident.reply(({ text }) => text.replaceAll('\u00a0', ' ').includes(words), patienceMs)
  }
}

const fileOf = (line: string) =>
  ({ kind: 'document', name: `${line}.txt`, bytes: new TextEncoder().encode(line) }) as const
