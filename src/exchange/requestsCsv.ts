import iconv from 'iconv-lite'
import { staffLanguage } from '../desk/records.ts'
import { isText, kindText, subjectText } from '../desk/requests/naming.ts'
import { type DeskRequest, isOpenRequest, requestColumns } from '../desk/requests/request.ts'
import { daysBetween, type LocalDate, localDateOf } from '../domain/localDate.ts'
import { isOver } from '../domain/requests/states.ts'
import type { Rules } from '../domain/rules.ts'
import { messengerOf } from '../engine/event.ts'
import type { Text, Words } from '../engine/text.ts'
import { type Cell, csvOf } from '../files/csv.ts'
import type { Sql } from '../infra/database.ts'
import type { Encoding } from './writeFile.ts'

export type RequestRow = DeskRequest & {
  holder: string | null
  account: string | null
  answeredAt: Date | null
  closedAt: Date | null
  rating: number | null
}

/** Requests for a table, in the order of their numbers: open ones, those due by a day, or (`evenOver`) all. */
export const requestRows = (
  sql: Sql,
  { until, evenOver }: { until?: LocalDate | undefined; evenOver: boolean },
): Promise<RequestRow[]> =>
  sql<RequestRow>(
    'erc.requests.rows',
    `SELECT ${requestColumns}, c.name AS holder, a.number AS account, r.answered_at AS "answeredAt", r.closed_at AS "closedAt", r.rating
     FROM request r LEFT JOIN consultant c ON c.id = r.assigned_to LEFT JOIN account a ON a.id = r.account_id
     WHERE r.state <> 'draft' AND ($2::boolean OR ${isOpenRequest}) AND ($1::date IS NULL OR r.due_on <= $1::date) ORDER BY r.number`,
    [until ?? null, evenOver],
  )

const columns = [
  ...['номер', 'вид', 'тема', 'состояние', 'лицевой счёт', 'мессенджер', 'кто ведёт', 'пришло', 'срок'],
  ...['просрочено, дней', 'закончено', 'оценка'],
]

/** A table for a spreadsheet, without anything that was said. A letter that the encoding does not have becomes a question mark. */
export function requestsCsv(
  rows: readonly RequestRow[],
  { words, rules, now, encoding }: { words: Words; rules: Rules; now: Date; encoding: Encoding },
): Uint8Array {
  const say = (one: Text) => words.plain(staffLanguage, one)
  const dayOf = (at: Date | null): string => (at === null ? '' : localDateOf(at, rules.timeZone))
  const cells = rows.map((row): Cell[] => {
    const { number, kind, subject, state, account, chat, holder, sentAt, dueOn, rating } = row
    const about = subject === null ? undefined : subjectText(kind, subject)
    const late = dueOn === null || isOver(state) ? 0 : daysBetween(dueOn, localDateOf(now, rules.timeZone))
    return [
      ...[{ decimal: String(number) }, say(kindText(kind)), about ? say(about) : (subject ?? '')],
      ...[say(isText(state)), account ?? '', row.residentId === null ? '' : messengerOf(chat), holder ?? ''],
      ...[dayOf(sentAt), dueOn ?? '', late > 0 ? { decimal: String(late) } : '', dayOf(row.answeredAt ?? row.closedAt)],
      rating === null ? '' : { decimal: String(rating) },
    ]
  })
  const table = csvOf([columns, ...cells])
  return encoding === 'utf8' ? table : iconv.encode(iconv.decode(Buffer.from(table), 'utf8'), encoding)
}
