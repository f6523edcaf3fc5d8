import type { Sql } from '../infra/database.ts'

/**
 * Something that a resident is to be told unasked, once: the dialog that tells it (its `news`) and what it is about. `id` is the same whenever it is
 * planned: a second time adds nothing. `chat`: where he is told first; his other chats when it does not reach him there, and any of them without it.
 */
export interface Notice {
  id: string
  residentId: string
  chat?: string | undefined
  dialog: string
  about: string
  dueAt: Date
}

/** Plans a notice in the transaction it is given. A resident without a chat that can be written to is not told. */
export async function addNotice(sql: Sql, { id, residentId, chat, dialog, about, dueAt }: Notice): Promise<void> {
  await sql(
    'notice.add',
    `INSERT INTO timer (id, chat, due_at, what)
     SELECT $1, chat, $4, $5::jsonb FROM conversation WHERE resident_id = $2::uuid AND blocked_at IS NULL
     ORDER BY chat = $3 DESC NULLS LAST, updated_at DESC LIMIT 1
     ON CONFLICT (id) DO NOTHING`,
    [id, residentId, chat ?? null, dueAt, JSON.stringify({ kind: 'news', dialog, about })],
  )
}
