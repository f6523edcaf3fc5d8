import { randomUUID } from 'node:crypto'
import { consentVersion } from '../../src/dialogs/consent.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { closeBlocked } from '../../src/engine/outboxRows.ts'
import { newState } from '../../src/engine/state.ts'
import { type Database, sqlOn } from '../../src/infra/database.ts'

const at = { dialog: 'menu', version: 1, place: { at: 'menu' }, accountId: 0, trail: [] }

/** A resident who has consented, at the menu of these chats: he was in the first one last. */
export async function residentIn(
  { pool }: Database,
  chats: ChatId[],
  { accounts = [], now }: { accounts?: number[]; now: Date },
): Promise<string> {
  const resident = randomUUID()
  await pool.query('INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, now])
  await pool.query(
    `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) VALUES (gen_random_uuid(), $1, $2, '', 'vk', $3)`,
    [resident, consentVersion, now],
  )
  for (const [nth, chat] of chats.entries())
    await pool.query(
      'INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)',
      [chat, JSON.stringify({ ...newState(), at }), resident, new Date(now.getTime() - nth * 60_000)],
    )
  for (const account of accounts)
    await pool.query(
      `INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at) VALUES (gen_random_uuid(), $1, $2, 'code', $3, $4)`,
      [resident, account, chats[0], now],
    )
  return resident
}

/** The platform has shown all that waits in a chat. */
export async function shownBy({ pool }: Database, chat: ChatId): Promise<void> {
  await pool.query(`UPDATE outbox SET state = 'sent', messages = '{1}' WHERE chat = $1 AND state = 'pending'`, [chat])
}

/** The platform has answered that the resident has blocked us, as the outbox takes it. */
export async function refusedBy(database: Database, chat: ChatId, now: Date): Promise<void> {
  const { rows } = await database.pool.query<{ revision: number }>(
    `UPDATE outbox SET state = 'dropped', failure = 'CHAT_BLOCKED' WHERE chat = $1 AND state = 'pending' RETURNING revision`,
    [chat],
  )
  await closeBlocked(sqlOn(database), chat, Math.max(...rows.map(({ revision }) => revision)), now)
}
