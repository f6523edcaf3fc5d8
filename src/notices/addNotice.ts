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
export const addNotice = (sql: Sql, notice: Notice, now: Date = notice.dueAt): Promise<void> =>
  addNotices(sql, [notice], now)

/** The same of many, in one statement. */
export async function addNotices(sql: Sql, notices: readonly Notice[], now: Date): Promise<void> {
  if (notices.length === 0) return
  const rows = notices.map(({ kind, ...notice }) => ({ ...notice, kind: kind ?? kindOfDialog(notice.dialog) }))
  await sql(
    'notice.add',
    `INSERT INTO notice (id, resident_id, kind, dialog, about, chat, due_at, created_at, changed_at)
     SELECT n.id, r.id, n.kind, n.dialog, n.about,
            (SELECT c.chat FROM conversation c WHERE c.resident_id = r.id AND c.blocked_at IS NULL
             ORDER BY c.chat = n.chat DESC NULLS LAST, c.updated_at DESC LIMIT 1), n."dueAt", $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS n (id text, "residentId" uuid, kind text, dialog text, about text, chat text, "dueAt" timestamptz)
     JOIN resident r ON r.id = n."residentId"
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows), now],
  )
}
