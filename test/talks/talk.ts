import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect } from 'vitest'
import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { consentVersion } from '../../src/dialogs/consent.ts'
import type { ChatId, Messenger } from '../../src/engine/event.ts'
import { newState } from '../../src/engine/state.ts'
import type { Town } from '../support/town.ts'
import { said } from './said.ts'

export const messengers = ['telegram', 'vk'] as const

/** Flats of the sample town, with what their meters showed in October. */
export const flats = {
  /** ХВС 321,463 · ГВС 309,489 */
  twoWater: { address: '8 марта 120-45', number: '6682305547' },
  /** ХВС 247,608 · ГВС 124,675 · электричество 3496/6305/3798 */
  threeZones: { address: 'Ленина 5-12', number: '6610200503' },
  /** ХВС 335,428 · ГВС 148,943 · электричество 11642/5907 */
  twoZones: { address: 'пр-т Ленина 24/8 кв 15', number: '6604516857' },
  /** ХВС 348,346 · ГВС 257,993, both past their verification */
  expired: { address: 'Малышева 36а-7', number: '6617177146' },
  /** ХВС 99997,412 of five digits */
  rollOver: { address: 'Белинского 177к2-31', number: '6693595098' },
  closed: { address: 'Сакко и Ванцетти 50-3', number: '6698619064' },
  withoutMeters: { address: '40 лет Октября 12-8', number: '6688808698' },
  sevenMeters: { address: 'пер. Автоматики 3/1, 17', number: '6648890525' },
  room: { address: 'Космонавтов 52А кв 101 комн 2', number: '6613296026' },
  /** One electricity meter, 6919,3 */
  oneMeter: { address: '22 партсъезда 7-14', number: '6606101622' },
  house: { address: 'Крауля 61', number: '6611776610' },
  /** ХВС 435,355 · ГВС 192,996, both taken only with a photo */
  photoOnly: { address: 'Молодёжи 78-5', number: '6608338786' },
  /** ХВС 155,237, taken only with a photo · ГВС 258,047 · electricity 2045/5018 */
  photoOfCold: { address: '8 Марта 120-42', number: '6618326651' },
} as const

type Wish = string | RegExp

/** A person's chat with the bot: each act answers the bot's reply, which must be as wished. */
export class Talk {
  constructor(
    readonly town: Town,
    readonly hand: ResidentHand,
    readonly chat: ChatId,
  ) {}

  /** The id of the message written last. */
  written = ''

  start(wish: Wish, payload?: string): Promise<SeenMessage> {
    return this.replied(() => this.hand.start(payload), wish)
  }

  say(text: string, wish: Wish = ''): Promise<SeenMessage> {
    return this.replied(() => this.hand.say(text), wish)
  }

  async press(label: string, wish: Wish = ''): Promise<SeenMessage> {
    const { messages } = await this.hand.chat()
    const shown = messages.flatMap(({ buttons }) => buttons.flat()).find((button) => breakable(button.label) === label)
    return this.replied(() => this.hand.press(shown?.label ?? label), wish)
  }

  /** A press on a button of a message, even when it is gone from there. */
  pressOld(token: string, message: string, wish: Wish = ''): Promise<SeenMessage> {
    const carried = this.hand.messenger === 'vk' ? JSON.stringify({ t: token }) : token
    return this.replied(() => this.hand.pressToken(carried, message), wish)
  }

  edit(message: string, text: string, wish: Wish): Promise<SeenMessage> {
    return this.replied(() => this.hand.edit(message, text), wish)
  }

  send(files: Parameters<ResidentHand['send']>[0], wish: Wish, caption?: string): Promise<SeenMessage> {
    return this.replied(() => this.hand.send(files, caption), wish)
  }

  async replied(act: () => Promise<string | undefined> | Promise<void>, wish: Wish): Promise<SeenMessage> {
    const message = await act()
    if (message) this.written = message
    const seen = await this.hand.reply()
    const reply = { ...seen, text: breakable(seen.text) }
    if (typeof wish === 'string') expect(reply.text).toContain(wish)
    else expect(reply.text).toMatch(wish)
    return reply
  }

  /** An act that is taken and changes nothing that the person sees. */
  async silently(act: () => Promise<unknown>): Promise<void> {
    const shown = async () => (await this.hand.chat()).messages.filter(({ from }) => from === 'bot')
    const before = await shown()
    const taken = nextTurn()
    await act()
    await taken
    await this.town.product.outbox.idle()
    expect(await shown()).toEqual(before)
  }

  /** How many messages the bot and the person have exchanged. */
  async length(): Promise<number> {
    return (await this.hand.chat()).messages.length
  }
}

/** Answers when the next turn has been committed. */
export const nextTurn = (): Promise<void> => nextPoint('turn.committed')

/** Answers when the product has next passed a named point. */
export function nextPoint(wished: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (name: unknown) => {
      if (name !== wished) return
      unsubscribe('erc:point', listen)
      resolve()
    }
    subscribe('erc:point', listen)
  })
}

export const labels = ({ buttons }: SeenMessage): string[] => buttons.flat().map(({ label }) => breakable(label))

/** A text with every no-break space as a common one: where a line may break is not what a talk is about. */
const breakable = (text: string): string => text.replaceAll('\u00a0', ' ')

/** The token of a button as the bot made it; VK wraps it in a payload. */
export function tokenOf({ buttons }: SeenMessage, label: string): string {
  const token = buttons.flat().find((button) => breakable(button.label) === label)?.token ?? ''
  return token.startsWith('{') ? JSON.parse(token).t : token
}

/** Somebody who has never talked to the bot. */
export async function newcomer(town: Town, messenger: Messenger, language: 'ru' | 'en' = 'ru'): Promise<Talk> {
  const names = { firstName: 'Марфа', lastName: 'Тестова', username: 'marfa' }
  const person = await town.hand.addPerson({ ...names, language })
  const chat: ChatId = messenger === 'telegram' ? `telegram:${person.telegramId}` : `vk:${person.vkId}`
  return new Talk(town, town.hand.resident(messenger, person.id), chat)
}

/** Somebody who has consented and linked these flats, at the menu. What was submitted for them in other talks is taken away. */
export async function settled(town: Town, messenger: Messenger, ...linked: { number: string }[]): Promise<Talk> {
  const talk = await newcomer(town, messenger)
  await settle(town, talk.chat, linked)
  await talk.start('Что вам нужно?')
  return talk
}

/** Consent and links of a chat, as if they had been given before. */
/** Another chat of the same resident, in the other messenger. */
export async function otherChat(town: Town, talk: Talk, greeting: Wish = said('menu.title')): Promise<Talk> {
  const other = await newcomer(town, talk.hand.messenger === 'vk' ? 'telegram' : 'vk')
  await town.fresh.database.pool.query(
    `INSERT INTO conversation (chat, revision, state, resident_id, updated_at)
     SELECT $1, 1, $2, resident_id, updated_at FROM conversation WHERE chat = $3`,
    [other.chat, JSON.stringify(newState()), talk.chat],
  )
  await other.start(greeting)
  return other
}

export async function settle(town: Town, chat: ChatId, linked: { number: string }[]): Promise<string> {
  const { pool } = town.fresh.database
  const [resident, at] = [randomUUID(), town.clock.now()]
  const numbers = linked.map(({ number }) => number)
  await pool.query(
    `DELETE FROM reading WHERE source IN ('telegram', 'vk')
                    AND account_id IN (SELECT id FROM account WHERE number = ANY ($1))`,
    [numbers],
  )
  await pool.query('INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, at])
  await pool.query(
    `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) VALUES (gen_random_uuid(), $1, $3, '', split_part($4, ':', 1), $2)`,
    [resident, at, consentVersion, chat],
  )
  await pool.query(
    `INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at)
     SELECT gen_random_uuid(), $1, id, 'code', $2, $3 FROM account WHERE number = ANY ($4)`,
    [resident, chat, at, numbers],
  )
  await pool.query(
    'INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)',
    [chat, JSON.stringify(newState()), resident, at],
  )
  return resident
}

export interface KeptReading {
  id: string
  meter_id: string
  dials: number[]
  period: string
  status: string
  flags: string[]
  source: string
  replaces_id: string | null
  photo_id: string | null
  photo_ids: string[]
  confirmation: string
  resident_id: string | null
}

/** What was submitted through the bot for a flat, in the order of time. */
export async function readingsOf(town: Town, { number }: { number: string }): Promise<KeptReading[]> {
  const { rows } = await town.fresh.database.pool.query<KeptReading>(
    `SELECT r.id, r.meter_id, array_remove(ARRAY[r.t1::float8, r.t2::float8, r.t3::float8], NULL) AS dials, r.period, r.status,
            r.flags, r.source, r.replaces_id, r.photo_id, r.photo_ids, r.confirmation, r.resident_id
     FROM reading r JOIN account a ON a.id = r.account_id
     WHERE a.number = $1 AND r.source IN ('telegram', 'vk') ORDER BY r.submitted_at, r.meter_id`,
    [number],
  )
  return rows
}
