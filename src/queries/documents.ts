import type { DrawnDocument } from '../domain/documents/drawn.ts'
import type { DocumentKind } from '../domain/documents/kinds.ts'
import type { Period } from '../domain/period.ts'
import type { ChatId } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'

/** So many of a resident's documents are shown. */
const mostShown = 6

/** The documents drawn for a resident that still hold on a day, the latest first. */
export async function documentsOf(sql: Sql, residentId: string, day: string): Promise<DrawnDocument[]> {
  const rows = await sql<DocumentRow>(
    'queries.documents',
    `${select} WHERE resident_id = $1::uuid AND valid_until >= $2::date ORDER BY number DESC LIMIT ${mostShown}`,
    [residentId, day],
  )
  return rows.map(documentIn)
}

/** One of a resident's documents; one by its number, whose ever it is. */
export async function documentOf(sql: Sql, residentId: string, number: number): Promise<DrawnDocument | undefined> {
  const [row] = await sql<DocumentRow>('queries.document', `${select} WHERE resident_id = $1::uuid AND number = $2`, [
    residentId,
    number,
  ])
  return row && documentIn(row)
}

export async function documentNumbered(sql: Sql, number: number): Promise<DrawnDocument | undefined> {
  const [row] = await sql<DocumentRow>('queries.documentNumbered', `${select} WHERE number = $1`, [number])
  return row && documentIn(row)
}

/**
 * Whether a document is of the person in a chat, and names nobody to whoever has not proved by a code that the account is his: a link may have been
 * made anew by address since.
 */
export async function maySeeDocument(sql: Sql, chat: ChatId, number: number): Promise<boolean> {
  const rows = await sql(
    'queries.maySeeDocument',
    `SELECT FROM conversation c JOIN drawn_document d ON d.resident_id = c.resident_id AND d.number = $2
     JOIN link l ON l.resident_id = c.resident_id AND l.account_id = d.account_id AND l.removed_at IS NULL
     WHERE c.chat = $1 AND (d.shows <> 'full' OR l.proof = 'code')`,
    [chat, number],
  )
  return rows.length > 0
}

/**
 * Whether a file is of an order of the person in a chat, by staff, and may be sent to him: the account is his still, and where people are named in what he
 * ordered he has proved it by its code. `kinds`: those that name people.
 */
export async function maySeeOrderFile(
  sql: Sql,
  chat: ChatId,
  { order, file }: { order: string; file: string },
  kinds: readonly DocumentKind[],
): Promise<boolean> {
  const rows = await sql(
    'queries.maySeeOrderFile',
    `SELECT FROM conversation c
     JOIN request r ON r.resident_id = c.resident_id AND r.id = $2::uuid AND r.kind = 'order'
     JOIN link l ON l.resident_id = c.resident_id AND l.account_id = r.account_id AND l.removed_at IS NULL
     JOIN account a ON a.id = l.account_id AND a.open
     JOIN request_line f ON f.request_id = r.id AND f.author = 'consultant' AND f.body -> 'files' @> $3::jsonb
     WHERE c.chat = $1 AND (r.subject <> ALL ($4::text[]) OR l.proof = 'code')
       AND EXISTS (SELECT FROM consent k WHERE k.resident_id = c.resident_id AND k.withdrawn_at IS NULL AND k.version >= 2)`,
    [chat, order, JSON.stringify([{ id: file }]), kinds],
  )
  return rows.length > 0
}

interface DocumentRow extends Omit<DrawnDocument, 'months'> {
  from: Period | ''
  to: Period | ''
}

const documentIn = ({ from, to, ...row }: DocumentRow): DrawnDocument => ({
  ...row,
  ...(from !== '' && to !== '' && { months: { from, to } }),
})

/** The columns of a document, as `documentIn` reads them. (SQL) */
const documentColumns = `number, kind, account_id AS "accountId", from_period AS "from", to_period AS "to", shows, language,
       as_of::text AS "asOf", drawn_on::text AS "drawnOn", valid_until::text AS "validUntil", digest, figures`

const select = `SELECT ${documentColumns} FROM drawn_document`
