import type { AddressParts } from '../../domain/address/parts.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { RequestWords } from '../../domain/requests/lines.ts'
import type { RequestState } from '../../domain/requests/states.ts'
import type { Sql } from '../../infra/database.ts'
import { addressColumns } from '../../queries/columns.ts'
import type { CardAccount } from '../card/accounts.ts'
import { type DeskRequest, requestColumns } from './request.ts'

/** All that staff is shown of a request. Instants are ISO. `account`: nothing when it is about none, or its account is not his any more. */
export interface RequestFacts extends DeskRequest {
  holder: string | undefined
  handOff: number | undefined
  changedAt: Date
  /** As the kind keeps them; an office by its name. */
  details: { [name: string]: unknown }
  /** The last line that the message in the topic shows. */
  shownLine: string | undefined
  staffMessage: string | undefined
  rating: number | undefined
  ratingWords: string | undefined
  account: CardAccount | undefined
  /** While it is booked, or has been. */
  visit: { office: string; date: LocalDate; minute: number } | undefined
  lines: FactLine[]
}

/** `name`: the consultant's. */
export interface FactLine extends RequestWords {
  id: string
  author: 'resident' | 'consultant' | 'note' | 'desk'
  name: string | undefined
  state: RequestState | undefined
  /** Its message in the forum: the consultant's own, or that which shows its files. */
  staffMessage: string | undefined
  at: string
}

export async function requestFacts(sql: Sql, id: string): Promise<RequestFacts | undefined> {
  const [row] = await sql<Row>(
    'staffRequest.facts',
    `SELECT ${requestColumns}, r.details || coalesce((SELECT jsonb_build_object('office', w.name) FROM office w WHERE w.id = r.details ->> 'office'), '{}') AS details,
            r.changed_at AS "changedAt", r.staff_message AS "staffMessage", r.shown_line::text AS "shownLine", r.rating, r.rating_words AS "ratingWords",
            c.name AS holder, h.number AS "handOff", o.name AS office, b.date::text, b.minute
     FROM request r LEFT JOIN consultant c ON c.id = r.assigned_to LEFT JOIN hand_off h ON h.id = r.hand_off_id
     LEFT JOIN LATERAL (${visitOf}) b ON b.state IN ('booked', 'done', 'missed') LEFT JOIN office o ON o.id = b.office_id
     WHERE r.id = $1::uuid AND r.state <> 'draft' AND r.resident_id IS NOT NULL`,
    [id],
  )
  if (!row) return undefined
  const { holder, handOff, staffMessage, shownLine, rating, ratingWords, office, date, minute, ...request } = row
  return {
    ...request,
    ...{ holder: holder ?? undefined, handOff: handOff ?? undefined, staffMessage: staffMessage ?? undefined },
    shownLine: shownLine ?? undefined,
    ...{ rating: rating ?? undefined, ratingWords: ratingWords ?? undefined },
    visit: office !== null && date !== null && minute !== null ? { office, date, minute } : undefined,
    account: await accountOf(sql, row),
    lines: await linesOf(sql, id),
  }
}

/** The visit that papers of `r` were sent for, as it was moved last. (SQL) */
const visitOf = `
WITH RECURSIVE visit AS (
  SELECT id, office_id, date, minute, state, 0 AS moves FROM booking WHERE id = r.booking_id
  UNION ALL SELECT n.id, n.office_id, n.date, n.minute, n.state, v.moves + 1 FROM visit v
  JOIN booking n ON n.resident_id = r.resident_id AND n.replaces_id = v.id AND n.state <> 'held'
) SELECT office_id, date, minute, state FROM visit ORDER BY moves DESC LIMIT 1`

interface Row extends DeskRequest {
  changedAt: Date
  details: { [name: string]: unknown }
  staffMessage: string | null
  shownLine: string | null
  rating: number | null
  ratingWords: string | null
  holder: string | null
  handOff: number | null
  office: string | null
  date: LocalDate | null
  minute: number | null
}

async function accountOf(sql: Sql, { residentId, accountId }: DeskRequest): Promise<CardAccount | undefined> {
  if (accountId === null) return undefined
  const [row] = await sql<AccountRow>(
    'staffRequest.account',
    `SELECT a.id, a.number, l.proof, l.linked_at AS "linkedAt", l.name, a.payer_name AS payer, ${addressColumns}
     FROM link l JOIN account a ON a.id = l.account_id AND a.open
     WHERE l.resident_id = $1::uuid AND l.account_id = $2 AND l.removed_at IS NULL LIMIT 1`,
    [residentId, accountId],
  )
  if (!row) return undefined
  const { id, number, proof, linkedAt, name, payer, ...address } = row
  return {
    ...{ id, number, proof, address, linkedAt: linkedAt.toISOString() },
    ...(name !== null && { name }),
    ...(payer !== null && { payer }),
  }
}

interface AccountRow extends Required<AddressParts> {
  id: number
  number: string
  proof: 'address' | 'code'
  linkedAt: Date
  name: string | null
  payer: string | null
}

async function linesOf(sql: Sql, request: string): Promise<FactLine[]> {
  const rows = await sql<
    Omit<FactLine, 'at' | keyof RequestWords> & { body: RequestWords & { album?: string }; at: Date }
  >(
    'staffRequest.lines',
    `SELECT l.id::text, l.author, c.name, l.state::text, l.body, l.staff_message AS "staffMessage", l.at FROM request_line l LEFT JOIN consultant c ON c.id = l.by
     WHERE l.request_id = $1::uuid ORDER BY l.id`,
    [request],
  )
  return rows.map(({ body, at, name, state, staffMessage, ...line }) => ({
    ...line,
    ...{ text: body.text, files: body.files, at: at.toISOString(), name: name ?? undefined },
    ...{ state: state ?? undefined, staffMessage: staffMessage ?? undefined },
    ...(body.album !== undefined && { album: body.album }),
  }))
}
