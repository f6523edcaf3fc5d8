import type { LocalDate } from '../../domain/localDate.ts'
import { type Text, text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskPlace } from '../channel.ts'
import { type HeldRequest, requestLineText } from './ofTopic.ts'
import { isOpenRequest, requestColumns } from './request.ts'

/** As many as are read at a glance; the rest is a number. */
const mostLines = 20

export type OnBoard = HeldRequest & { forum: string | null; thread: string | null; staffMessage: string | null }

/** What is open of all residents', those that are due first (and so the overdue ones) at the top; `until`: only what is due by that day. */
export const openRequests = (sql: Sql, until?: LocalDate): Promise<OnBoard[]> =>
  sql<OnBoard>(
    'staffRequest.board',
    `SELECT ${requestColumns}, c.name AS holder, t.forum, t.thread, r.staff_message AS "staffMessage"
     FROM request r LEFT JOIN consultant c ON c.id = r.assigned_to AND c.removed_at IS NULL LEFT JOIN desk_topic t ON t.id = r.topic_id
     WHERE ${isOpenRequest} AND ($1::date IS NULL OR r.due_on <= $1::date) ORDER BY r.due_on NULLS LAST, r.number`,
    [until ?? null],
  )

/** What is open of somebody’s. */
export const ownRequests = (sql: Sql, by: string): Promise<HeldRequest[]> =>
  sql<HeldRequest>(
    'staffRequest.own',
    `SELECT ${requestColumns}, c.name AS holder FROM request r JOIN consultant c ON c.id = r.assigned_to
     WHERE r.assigned_to = $1 AND ${isOpenRequest} AND r.state <> 'new' ORDER BY r.due_on NULLS LAST, r.number`,
    [by],
  )

/** One below the other, each with where it is found. */
export function boardLines(
  requests: readonly OnBoard[],
  today: LocalDate,
  linkTo: (place: Required<DeskPlace>, message?: string) => string,
): Text[] {
  const lines = requests.slice(0, mostLines).map((request) => {
    const { forum, thread, staffMessage } = request
    const line = requestLineText(request, today)
    if (forum === null || thread === null) return line
    return text('desk.request.linked', { line, link: linkTo({ forum, thread }, staffMessage ?? undefined) })
  })
  const more = requests.length - mostLines
  return more > 0 ? [...lines, text('desk.handle.andMore', { count: more })] : lines
}
