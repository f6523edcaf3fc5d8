import { lockTopics } from '../desk/lockTopics.ts'
import { showRequest } from '../desk/requests/showRequest.ts'
import { dialogOfKind } from '../domain/requests/dialogOfKind.ts'
import type { RequestKind } from '../domain/requests/states.ts'
import { takeOutFile } from '../effects/requests/takeOutFile.ts'
import type { FileRefusal } from '../engine/event.ts'
import type { WantedFile } from '../files/store.ts'
import { type Database, inTransaction, type Sql } from '../infra/database.ts'
import { addNotice } from '../notices/addNotice.ts'

/**
 * Refuses a file of a request: it stands in it no more, neither before the resident nor, once it was sent, before staff; the resident is told why, wherever he is (news about `file:<file>`). What else
 * came with it stays.
 */
export function refusePaper(database: Database, { id, chat, request }: WantedFile, reason: FileRefusal, now: Date) {
  return inTransaction(database, async (sql): Promise<void> => {
    await lockTopicOf(sql, request)
    const [about] = await sql<{ kind: RequestKind; residentId: string | null; isSent: boolean }>(
      'refusePaper.request',
      `SELECT kind, resident_id AS "residentId", state <> 'draft' AS "isSent" FROM request WHERE id = $1::uuid FOR NO KEY UPDATE`,
      [request],
    )
    const refused = await sql(
      'refusePaper.file',
      `UPDATE file SET state = 'refused', refusal = $2, ref = NULL WHERE id = $1::uuid AND state = 'wanted' RETURNING id`,
      [id, reason],
    )
    if (!about || !request || refused.length === 0) return
    await takeOutFile(sql, { request, file: id })
    const { kind, residentId, isSent } = about
    if (isSent) await showRequest(sql, request, 'changed', undefined, now)
    if (residentId !== null)
      await addNotice(sql, {
        id: `file:${id}`,
        residentId,
        chat,
        dialog: dialogOfKind[kind],
        about: `file:${id}`,
        kind: 'file',
        dueAt: now,
      })
  })
}

/** A topic is locked before its requests, always. */
async function lockTopicOf(sql: Sql, request: string | undefined): Promise<void> {
  const [whose] = await sql<{ residentId: string | null }>(
    'refusePaper.whose',
    'SELECT resident_id AS "residentId" FROM request WHERE id = $1::uuid',
    [request ?? null],
  )
  if (whose?.residentId) await lockTopics(sql, [whose.residentId])
}
