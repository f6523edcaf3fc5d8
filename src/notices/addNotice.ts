import { kindOfDialog } from '../domain/reminders/kinds.ts'
import type { Sql } from '../infra/database.ts'

/**
 * Something that a resident is to be told unasked, once: the dialog that tells it (its `news`) and what it is about. `id` is the same whenever it is
 * planned: a second time adds nothing. `chat`: where he is told first; his other chats when it does not reach him there, and any of them without it.
 * `kind`: what it is for, by which it is counted and may be switched off (domain/reminders/kinds); that of the dialog when not said.
 */
export interface Notice {
  id: string
  residentId: string
  chat?: string | undefined
  dialog: string
  about: string
  dueAt: Date
  kind?: string | undefined
}

/** Plans a notice in the transaction it is given. A resident who has deleted his data meanwhile is told nothing. */
export async function addNotice(sql: Sql, notice: Notice, now: Date = notice.dueAt): Promise<void> {
  const { id, residentId, chat, dialog, about, dueAt, kind = kindOfDialog(dialog) } = notice
  await sql(
    'notice.add',
    `INSERT INTO notice (id, resident_id, kind, dialog, about, chat, due_at, created_at, changed_at)
     SELECT $1, r.id, $7, $4, $5,
            (SELECT c.chat FROM conversation c WHERE c.resident_id = r.id AND c.blocked_at IS NULL
             ORDER BY c.chat = $3 DESC NULLS LAST, c.updated_at DESC LIMIT 1), $6, $8, $8
     FROM resident r WHERE r.id = $2::uuid
     ON CONFLICT (id) DO NOTHING`,
    [id, residentId, chat ?? null, dialog, about, dueAt, kind, now],
  )
}
