import type { LocalDate } from '../domain/localDate.ts'
import type { RequestFile, RequestWords } from '../domain/requests/lines.ts'
import type { RequestKind, RequestState } from '../domain/requests/states.ts'
import type { Sql } from '../infra/database.ts'

/**
 * A request of a resident's. `accountId`: only while the account is his. Instants are ISO texts: `overAt` of one that is answered or closed, `promise` of what a
 * consultant has undertaken to do then.
 */
export interface ResidentsRequest {
  id: string
  number: number
  kind: RequestKind
  subject?: string
  state: RequestState
  accountId?: number
  details: { [name: string]: unknown }
  sentAt: string
  changedAt: string
  dueOn?: LocalDate
  promise?: { at: string; what: string }
  overAt?: string
  rating?: number
  bookingId?: string
  handOffId?: string
}

/** What was said of it, but for notes of staff. `name`: of the consultant. `state`: what it came to by this. */
export interface RequestLine extends RequestWords {
  id: string
  author: 'resident' | 'consultant' | 'desk'
  name?: string
  state?: RequestState
  at: string
}

/** What a resident has prepared of a kind and not sent. */
export interface RequestInDraft {
  id: string
  kind: RequestKind
  subject?: string
  accountId?: number
  bookingId?: string
  details: { [name: string]: unknown }
  lines: (RequestWords & { id: string })[]
}

export async function draftOf(sql: Sql, residentId: string, kind: RequestKind): Promise<RequestInDraft | undefined> {
  const [row] = await sql<RequestRow>(
    'queries.requestDraft',
    `${select} WHERE r.resident_id = $1::uuid AND r.kind = $2 AND r.state = 'draft'`,
    [residentId, kind],
  )
  if (!row) return undefined
  const { id, subject, account_id, booking_id, details } = row
  const lines = await linesOf(sql, id)
  return {
    ...{ id, kind, details },
    ...(subject !== null && { subject }),
    ...(account_id !== null && { accountId: account_id }),
    ...(booking_id !== null && { bookingId: booking_id }),
    lines: lines.map(({ id, text, files, album }) => ({ id, text, files, ...(album !== undefined && { album }) })),
  }
}

/** What a resident has sent and nobody has finished, the latest first. */
export async function openRequests(sql: Sql, residentId: string): Promise<ResidentsRequest[]> {
  const rows = await sql<RequestRow>(
    'queries.openRequests',
    `${select} WHERE r.resident_id = $1::uuid AND r.state IN ('new', 'assigned', 'waiting', 'accepted') ORDER BY r.sent_at DESC, r.number DESC`,
    [residentId],
  )
  return rows.flatMap(asRequest)
}

/** All that a resident has sent, the latest first; as many as may be paged through. */
export async function allRequests(sql: Sql, residentId: string): Promise<ResidentsRequest[]> {
  const rows = await sql<RequestRow>(
    'queries.allRequests',
    `${select} WHERE r.resident_id = $1::uuid AND r.state <> 'draft' ORDER BY r.sent_at DESC, r.number DESC LIMIT 100`,
    [residentId],
  )
  return rows.flatMap(asRequest)
}

/** One of a resident's requests with all that was said of it; `by` its own id, that of one of its lines, or of one of its files. */
export async function requestOf(
  sql: Sql,
  residentId: string,
  by: { id: string } | { line: string } | { file: string },
): Promise<(ResidentsRequest & { lines: RequestLine[] }) | undefined> {
  const [which, value] =
    'id' in by
      ? ['r.id = $2::uuid', by.id]
      : 'line' in by
        ? ['r.id = (SELECT l.request_id FROM request_line l WHERE l.id = $2::bigint)', by.line]
        : ['r.id = (SELECT f.request_id FROM file f WHERE f.id = $2::uuid)', by.file]
  const rows = await sql<RequestRow>(
    `queries.requestBy${Object.keys(by)[0]}`,
    `${select} WHERE r.resident_id = $1::uuid AND r.state <> 'draft' AND ${which}`,
    [residentId, value],
  )
  const [request] = rows.flatMap(asRequest)
  return request && { ...request, lines: await linesOf(sql, request.id) }
}

/** A file that could not be kept: as its sender knows it, why, and the request it was for, with its number once that is sent. */
export interface RefusedFile {
  name: string
  kind: string
  why: string
  request: { id: string; kind: RequestKind; number?: number }
}

export async function refusedFile(sql: Sql, residentId: string, file: string): Promise<RefusedFile | undefined> {
  const [row] = await sql<{
    name: string
    kind: string
    why: string
    id: string
    of: RequestKind
    number: number | null
  }>(
    'queries.refusedFile',
    `SELECT f.name, f.kind, f.refusal AS why, r.id, r.kind AS of, r.number FROM file f JOIN request r ON r.id = f.request_id
     WHERE f.id = $2::uuid AND f.state = 'refused' AND r.resident_id = $1::uuid`,
    [residentId, file],
  )
  if (!row) return undefined
  const { name, kind, why, id, of, number } = row
  return { name, kind, why, request: { id, kind: of, ...(number !== null && { number }) } }
}

/** What was sent beforehand for a visit, the latest first; one that was moved took it along. */
export async function requestsOfBooking(sql: Sql, residentId: string, booking: string): Promise<ResidentsRequest[]> {
  const rows = await sql<RequestRow>(
    'queries.requestsOfBooking',
    `WITH RECURSIVE visit AS (
       SELECT id, replaces_id FROM booking WHERE id = $2::uuid AND resident_id = $1::uuid
       UNION SELECT b.id, b.replaces_id FROM booking b JOIN visit v ON b.id = v.replaces_id
     )
     ${select} WHERE r.resident_id = $1::uuid AND r.state <> 'draft' AND r.booking_id IN (SELECT id FROM visit)
     ORDER BY r.sent_at DESC, r.number DESC`,
    [residentId, booking],
  )
  return rows.flatMap(asRequest)
}

async function linesOf(sql: Sql, request: string): Promise<RequestLine[]> {
  const rows = await sql<LineRow>(
    'queries.requestLines',
    `SELECT l.id::text, l.author, c.name, l.state, l.body, l.at FROM request_line l LEFT JOIN consultant c ON c.id = l.by
     WHERE l.request_id = $1::uuid AND l.author <> 'note' ORDER BY l.id`,
    [request],
  )
  return rows.map(({ id, author, name, state, body, at }) => ({
    ...{ id, author, text: body.text, files: body.files, at: at.toISOString() },
    ...(body.album !== undefined && { album: body.album }),
    ...(name !== null && author === 'consultant' && { name }),
    ...(state !== null && { state }),
  }))
}

function asRequest(row: RequestRow): ResidentsRequest[] {
  const { id, number, kind, subject, state, details, account_id, booking_id, hand_off_id, sent_at, changed_at } = row
  const { due_on, promised_at, promise, rating } = row
  if (number === null || sent_at === null) return []
  const overAt = row.closed_at ?? row.answered_at
  return [
    {
      ...{ id, number, kind, state, details, sentAt: sent_at.toISOString(), changedAt: changed_at.toISOString() },
      ...(subject !== null && { subject }),
      ...(account_id !== null && { accountId: account_id }),
      ...(due_on !== null && { dueOn: due_on }),
      ...(promised_at !== null && { promise: { at: promised_at.toISOString(), what: promise ?? '' } }),
      ...(overAt !== null && { overAt: overAt.toISOString() }),
      ...(rating !== null && { rating }),
      ...(booking_id !== null && { bookingId: booking_id }),
      ...(hand_off_id !== null && { handOffId: hand_off_id }),
    },
  ]
}

const select = `
SELECT r.id, r.number, r.kind, r.subject, r.state, r.details, l.account_id, r.booking_id, r.hand_off_id, r.sent_at, r.changed_at,
       to_char(r.due_on, 'YYYY-MM-DD') AS due_on, r.promised_at, r.promise, r.answered_at, r.closed_at, r.rating
FROM request r
LEFT JOIN link l ON l.resident_id = r.resident_id AND l.account_id = r.account_id AND l.removed_at IS NULL`

interface RequestRow {
  id: string
  number: number | null
  kind: RequestKind
  subject: string | null
  state: RequestState
  details: { [name: string]: unknown }
  account_id: number | null
  booking_id: string | null
  hand_off_id: string | null
  sent_at: Date | null
  changed_at: Date
  due_on: LocalDate | null
  promised_at: Date | null
  promise: string | null
  answered_at: Date | null
  closed_at: Date | null
  rating: number | null
}

interface LineRow {
  id: string
  author: RequestLine['author']
  name: string | null
  state: RequestState | null
  body: { text: string; files: RequestFile[]; album?: string }
  at: Date
}
