import type { ChatId } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'

/** What is to be known to ask for a transcript: `version` is the last line, another one whenever something was said since. */
export interface TalkVersion {
  number: number
  version: string
}

/** One of a resident's talks; nothing when it is not his, or nothing was said in it. */
export async function talkVersion(sql: Sql, residentId: string, handOff: string): Promise<TalkVersion | undefined> {
  const [row] = await sql<TalkVersion>(
    'queries.talkVersion',
    `SELECT h.number, max(l.id)::text AS version
     FROM hand_off h JOIN desk_line l ON l.hand_off_id = h.id AND ${reachedHim}
     WHERE h.id = $2::uuid AND h.resident_id = $1::uuid GROUP BY h.number`,
    [residentId, handOff],
  )
  return row
}

/** Whether the person in a chat may be given a talk at this moment: it is his, and his consent holds. */
export async function maySeeTalk(sql: Sql, chat: ChatId, handOff: string): Promise<boolean> {
  const rows = await sql(
    'queries.maySeeTalk',
    `SELECT 1 FROM conversation c JOIN hand_off h ON h.resident_id = c.resident_id AND h.id = $2::uuid
     WHERE c.chat = $1 AND EXISTS (SELECT FROM consent k WHERE k.resident_id = c.resident_id AND k.withdrawn_at IS NULL)`,
    [chat, handOff],
  )
  return rows.length > 0
}

/** Of a line `l`: the resident said it or was told it. Notes of staff he never is. (SQL) */
export const reachedHim = `(l.author = 'resident' OR l.author IN ('consultant', 'desk') AND l.state IN ('told', 'shown'))`
