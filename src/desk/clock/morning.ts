import { clockTime } from '../../domain/hours.ts'
import { localDateOf, localMinuteOfDay } from '../../domain/localDate.ts'
import type { Rules } from '../../domain/rules.ts'
import { spansOf, type WorkingHours } from '../../domain/workingHours.ts'
import { type Text, text } from '../../engine/text.ts'
import { inTransaction, type Sql, sqlOn } from '../../infra/database.ts'
import type { Subject } from '../records.ts'
import { subjectName } from '../report/text.ts'
import { post, postInGeneral } from '../writing.ts'
import type { ClockDeps } from './deps.ts'
import { once } from './once.ts'

/** More of the queue is not listed in one message. */
export const mostListed = 20

interface InQueue {
  number: number
  topicId: number
  subject: Subject
  askedAt: Date
  offeredTo: string | null
}

const openingOf = (since: Date, { timeZone }: Rules) =>
  [localDateOf(since, timeZone), `opened ${clockTime(localMinuteOfDay(since, timeZone))}`] as const

/**
 * Whether an opening has been announced. They are counted, the first of a day, the second after a pause: one whose hour has been moved since then is not
 * announced anew.
 */
export async function isOpened({ database }: ClockDeps, hours: WorkingHours, since: Date): Promise<boolean> {
  const day = localDateOf(since, hours.timeZone)
  const minute = localMinuteOfDay(since, hours.timeZone)
  const nth = spansOf(hours, day).filter(({ from }) => from <= minute).length
  const announced = await sqlOn(database)(
    'opening.find',
    `SELECT 1 FROM desk_clock WHERE date = $1::date AND what LIKE 'opened %'`,
    [day],
  )
  return announced.length >= nth
}

/**
 * At an opening: shifts from before the end of the last day (`dayEnd`; after a pause there is none) are over, each forum is told in one message
 * who waits, in order, and whoever had a talk the evening before is called to it. When nobody waits nothing is said. Once an opening;
 * answers whether anything was said.
 */
export async function openDesk(deps: ClockDeps, since: Date, dayEnd: Date | undefined): Promise<boolean> {
  const { database, clock, rules, forums } = deps
  return inTransaction(database, async (sql) => {
    const now = clock.now()
    if (!(await once(sql, ...openingOf(since, rules), now))) return false
    if (dayEnd) await sql('opening.shifts', 'UPDATE consultant SET shift_since = NULL WHERE shift_since < $1', [dayEnd])
    const queue = await waiting(sql, since)
    if (queue.length === 0) return false
    for (const forum of forums) await postInGeneral(sql, forum, { kind: 'say', text: summary(queue) }, now)
    for (const { topicId, offeredTo } of queue)
      if (offeredTo !== null) {
        const said = text('desk.clock.yoursInTheMorning')
        await post(sql, topicId, { kind: 'say', text: said, mentions: [offeredTo] }, now)
      }
    return true
  })
}

/** Of those who came before the opening. */
const waiting = (sql: Sql, since: Date): Promise<InQueue[]> =>
  sql<InQueue>(
    'opening.queue',
    `SELECT number, topic_id AS "topicId", subject, asked_at AS "askedAt", CASE WHEN morning THEN offered_to END AS "offeredTo"
     FROM hand_off WHERE state = 'waiting' AND queued_at < $1 ORDER BY patient AND NOT morning, queued_at, number`,
    [since],
  )

function summary(queue: readonly InQueue[]): Text {
  const more = queue.length - mostListed
  const lines = queue
    .slice(0, mostListed)
    .map(({ number, subject, askedAt }) =>
      text('desk.clock.waits', { number, subject: subjectName(subject), since: askedAt.toISOString() }),
    )
  return text('desk.clock.opening', {
    count: queue.length,
    lines: [...lines, ...(more > 0 ? [text('desk.clock.more', { count: more })] : [])],
  })
}
