import { dialogOfKind } from '../domain/requests/dialogOfKind.ts'
import type { RequestKind } from '../domain/requests/states.ts'
import { takeOutFile } from '../effects/requests/takeOutFile.ts'
import type { FileRefusal } from '../engine/event.ts'
import type { WantedFile } from '../files/store.ts'
import { type Database, inTransaction } from '../infra/database.ts'
import { addNotice } from '../notices/addNotice.ts'

/**
 * Refuses a file of a request: it stands in it no more, sent or not, and the resident is told why, wherever he is (news about `file:<file>`). What else
 * came with it stays.
 */
export function refusePaper(database: Database, { id, chat, request }: WantedFile, reason: FileRefusal, now: Date) {
  return inTransaction(database, async (sql): Promise<void> => {
    const [about] = await sql<{ kind: RequestKind; residentId: string | null }>(
      'refusePaper.request',
      'SELECT kind, resident_id AS "residentId" FROM request WHERE id = $1::uuid FOR NO KEY UPDATE',
      [request],
    )
    const refused = await sql(
      'refusePaper.file',
      `UPDATE file SET state = 'refused', refusal = $2, ref = NULL WHERE id = $1::uuid AND state = 'wanted' RETURNING id`,
      [id, reason],
    )
    if (!about || !request || refused.length === 0) return
    await takeOutFile(sql, { request, file: id })
    const { kind, residentId } = about
    if (residentId !== null)
      await addNotice(sql, {
        id: `file:${id}`,
        residentId,
        chat,
        dialog: dialogOfKind[kind],
        about: `file:${id}`,
        dueAt: now,
      })
  })
}
