import type { DeskMoment } from '../../domain/deskMoment.ts'
import { type LocalDate, localDateOf, startOfDay } from '../../domain/localDate.ts'
import { afterWorkingDays } from '../../domain/requests/workingDays.ts'
import { text } from '../../engine/text.ts'
import { inTransaction, type Sql, sqlOn } from '../../infra/database.ts'
import { supervisors } from '../members.ts'
import { boardLines, type OnBoard, openRequests } from '../requests/board.ts'
import { requestLineText } from '../requests/ofTopic.ts'
import { post, postInGeneral } from '../writing.ts'
import { type ClockDeps, minutesAfter } from './deps.ts'
import { isDone, once } from './once.ts'

const mark = 'requests'
/** Where consultants are always there the day begins for requests at eight. */
const dayBeginsMinutes = 8 * 60

/**
 * At the opening of a day, once: each forum is told in one message what is overdue and what is due today; whoever has a request that is due on the next
 * working day is called to it, supervisors to those that nobody has. Answers whether anything was said.
 */
export async function tellDueRequests(deps: ClockDeps, moment: DeskMoment): Promise<boolean> {
  const { database, clock, rules, forums } = deps
  const now = clock.now()
  const today = localDateOf(now, rules.timeZone)
  if (moment.is !== 'open') return false
  if (!moment.since && now < minutesAfter(startOfDay(today, rules.timeZone), dayBeginsMinutes)) return false
  if (await isDone(sqlOn(database), today, mark)) return false
  return inTransaction(database, async (sql) => {
    if (!(await once(sql, today, mark, now))) return false
    await closeFinished(sql, now)
    const next = afterWorkingDays(today, 1, rules.requests.calendar)
    const open = await openRequests(sql, next)
    const due = open.filter(({ dueOn }) => dueOn !== null && dueOn <= today)
    for (const [nth, forum] of forums.entries())
      await tellBoard(sql, deps, { forum, isFirst: nth === 0, due, today, now })
    // What the resident has been asked for is his turn.
    const soon = open.filter(({ dueOn, state }) => dueOn !== null && dueOn > today && state !== 'waiting')
    return (await remind(sql, deps, soon, today, now)) || due.length > 0
  })
}

async function tellBoard(
  sql: Sql,
  { linkTo }: ClockDeps,
  { forum, isFirst, due, today, now }: { forum: string; isFirst: boolean; due: OnBoard[]; today: LocalDate; now: Date },
): Promise<void> {
  const own = due.filter((one) => one.forum === forum || (isFirst && one.forum === null))
  if (own.length === 0) return
  const isOverdue = ({ dueOn }: OnBoard) => dueOn !== null && dueOn < today
  const values = {
    overdue: own.filter(isOverdue).length,
    today: own.filter((one) => !isOverdue(one)).length,
    lines: boardLines(own, today, linkTo),
  }
  await postInGeneral(sql, forum, { kind: 'say', text: text('desk.request.board.morning', values) }, now)
}

/** Each request once. */
async function remind(
  sql: Sql,
  { forums, linkTo }: ClockDeps,
  soon: readonly OnBoard[],
  today: LocalDate,
  now: Date,
): Promise<boolean> {
  for (const request of soon) {
    const { id, topicId, assignedTo, holder } = request
    if (topicId === null || assignedTo === null || holder === null) continue
    const said = text('desk.request.dueSoon', { line: requestLineText(request, today) })
    await post(sql, topicId, { kind: 'say', text: said, mentions: [assignedTo], about: { request: id } }, now)
  }
  const nobodys = soon.filter(({ holder }) => holder === null)
  const [forum] = forums
  if (forum !== undefined && nobodys.length > 0) {
    const said = text('desk.request.dueSoonNobodys', { lines: boardLines(nobodys, today, linkTo) })
    await postInGeneral(sql, forum, { kind: 'say', text: said, mentions: await supervisors(sql) }, now)
  }
  return soon.length > 0
}

/** Topics in which everything has been over for a day are closed. */
async function closeFinished(sql: Sql, now: Date): Promise<void> {
  await sql(
    'staffRequest.closeTopics',
    `INSERT INTO desk_post (topic_id, body, created_at)
     SELECT t.id, '{"kind":"close"}', $1 FROM desk_topic t
     WHERE NOT t.is_closed AND t.thread IS NOT NULL AND t.resident_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM hand_off h WHERE h.topic_id = t.id AND (h.state <> 'closed' OR h.closed_at > $2))
       AND EXISTS (SELECT FROM request r WHERE r.topic_id = t.id)
       AND NOT EXISTS (
         SELECT FROM request r WHERE r.topic_id = t.id AND (r.state IN ('new', 'assigned', 'waiting', 'accepted') OR r.changed_at > $2))
     ORDER BY t.id`,
    [now, minutesAfter(now, -24 * 60)],
  )
}
