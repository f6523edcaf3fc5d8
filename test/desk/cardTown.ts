import { randomUUID } from 'node:crypto'
import { type Card, cardOf } from '../../src/desk/card/card.ts'
import type { DialogStep, HandOffState } from '../../src/desk/records.ts'
import { topicOf } from '../../src/desk/writing.ts'
import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import type { Rules } from '../../src/domain/rules.ts'
import { newState } from '../../src/engine/state.ts'
import { readConfig } from '../../src/infra/config.ts'
import { type Sql, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

/** 12:00 in Yekaterinburg. */
export const now = new Date('2026-11-28T07:00:00Z')
export const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)

const { rules } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey })
export const words = openWords(rules.timeZone)
export const rulesUnder = (policy: ChannelPolicy): Rules => ({ ...rules, desk: { ...rules.desk, policy } })

/** The sample town with people in it who ask for a consultant. */
export interface CardTown {
  fresh: FreshDatabase
  sql: Sql
  /** Nobody has asked for anybody, and nobody has linked anything. */
  emptied(): Promise<void>
  account(number: string): Promise<number>
  consultant(id: string, name: string): Promise<void>
  /** A resident who has agreed on 3 November in Telegram. */
  resident(chats: readonly string[]): Promise<string>
  link(resident: string, account: number, how: { proof: 'address' | 'code'; name?: string; at?: Date }): Promise<void>
  handOff(resident: string, of: HandOffFields): Promise<{ id: string; topicId: number }>
  card(topicId: number, policy?: ChannelPolicy): Promise<Card>
  /** With common spaces for those that do not break. */
  cardText(topicId: number, policy?: ChannelPolicy): Promise<string>
}

interface HandOffFields {
  chat: string
  subject?: string
  account?: number
  state?: HandOffState
  steps?: DialogStep[]
  /** Columns by their names. */
  also?: Record<string, unknown>
}

export async function cardTown(): Promise<CardTown> {
  const fresh = await freshDatabase({ of: 'town' })
  const sql = sqlOn(fresh.database)
  const insert = async (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row)
    const places = names.map((_, nth) => `$${nth + 1}`)
    const columns = names.map((name) => `"${name}"`).join(', ')
    await fresh.database.pool.query(
      `INSERT INTO ${table} (${columns}) VALUES (${places.join(', ')})`,
      Object.values(row),
    )
  }
  const town: CardTown = {
    fresh,
    sql,
    async emptied() {
      for (const table of ['card_view', 'hand_off', 'desk_topic', 'conversation', 'resident'])
        await fresh.database.pool.query(`DELETE FROM ${table}`)
    },
    async account(number) {
      const [row] = await sql<{ id: number }>('test.account', 'SELECT id FROM account WHERE number = $1', [number])
      if (!row) throw new Error('no such account')
      return row.id
    },
    consultant: (id, name) => insert('consultant', { id, name, role: 'consultant', added_at: now }),
    async resident(chats) {
      const id = randomUUID()
      await insert('resident', { id, created_at: now })
      for (const [nth, chat] of chats.entries())
        await insert('conversation', {
          ...{ chat, revision: 1, state: JSON.stringify(newState()), resident_id: id },
          updated_at: minutesAgo(nth),
        })
      await insert('consent', {
        ...{ id: randomUUID(), resident_id: id, version: 2, text_hash: 'x', messenger: 'telegram' },
        given_at: new Date('2026-11-03T07:00:00Z'),
      })
      return id
    },
    link: (resident, account, { proof, name, at = new Date('2026-11-03T07:05:00Z') }) =>
      insert('link', {
        ...{ id: randomUUID(), resident_id: resident, account_id: account, proof, chat: 'telegram:1' },
        ...{ linked_at: at, name: name ?? null },
      }),
    async handOff(resident, { chat, subject = 'charges', account, state = 'waiting', steps = [], also = {} }) {
      const topicId = await topicOf(sql, resident, now)
      const id = randomUUID()
      await insert('hand_off', {
        ...{ id, resident_id: resident, topic_id: topicId, chat, subject, account_id: account ?? null, state },
        ...{ asked_at: minutesAgo(30), queued_at: minutesAgo(30), resident_at: minutesAgo(30) },
        ...{ steps: JSON.stringify(steps), ...also },
      })
      return { id, topicId }
    },
    card: (topicId, policy = 'full') => cardOf(sql, { topicId, now, rules: rulesUnder(policy), words }),
    cardText: async (topicId, policy) => (await town.card(topicId, policy)).text.text.replaceAll('\u00a0', ' '),
  }
  return town
}
