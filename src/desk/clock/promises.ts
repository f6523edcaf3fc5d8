import type { DeskMoment } from '../../domain/deskMoment.ts'
import { text } from '../../engine/text.ts'
import { inTransaction, type Sql, sqlOn } from '../../infra/database.ts'
import { membersOf, supervisors } from '../members.ts'
import { staffLanguage } from '../records.ts'
import { nameText } from '../requests/naming.ts'
import { type DeskRequest, isOpenRequest, lockRequest } from '../requests/request.ts'
import { post } from '../writing.ts'
import { type ClockDeps, minutesAfter } from './deps.ts'

/** Whoever has promised something is called to it again after so long, each time later. */
const againMinutes = [60, 120, 240] as const
/** From that time on supervisors are called too. */
const supervisorsFrom = 2

/**
 * Calls whoever has undertaken to do something for a request to it: at the time he has named, whatever the hour; then again and again in the hours, until he says that it
 * is done or the request is over. Answers how many were called.
 */
export async function remindOfPromises(deps: ClockDeps, moment: DeskMoment): Promise<number> {
  const { database, clock } = deps
  const due = await sqlOn(database)<{ id: string }>(
    'promises.due',
    `SELECT r.id FROM request r WHERE r.nag_at <= $1 AND r.promised_at IS NOT NULL AND ${isOpenRequest} AND (r.nags = 0 OR $2::boolean)
     ORDER BY r.nag_at, r.number`,
    [clock.now(), moment.is === 'open'],
  )
  let called = 0
  for (const { id } of due) called += await inTransaction(database, (sql) => call(sql, deps, id))
  return called
}

async function call(sql: Sql, { clock, words }: ClockDeps, id: string): Promise<number> {
  const request = await lockRequest(sql, id)
  const now = clock.now()
  const [nagging] = await sql<{ nags: number; nagAt: Date | null }>(
    'promises.nags',
    'SELECT nags, nag_at AS "nagAt" FROM request WHERE id = $1::uuid',
    [id],
  )
  if (!request?.promisedAt || !nagging?.nagAt || nagging.nagAt > now || request.topicId === null) return 0
  const again = againMinutes[Math.min(nagging.nags, againMinutes.length - 1)] ?? 60
  await sql('promises.nag', 'UPDATE request SET nags = nags + 1, nag_at = $2 WHERE id = $1::uuid', [
    id,
    minutesAfter(now, again),
  ])
  const label = (act: string) => ({
    label: words.plain(staffLanguage, text(`desk.request.button.${act}`)),
    token: `rq${act}:${id}`,
  })
  const said = text(nagging.nags === 0 ? 'desk.request.promises.due' : 'desk.request.promises.again', {
    ...{ title: nameText(request), promise: request.promise ?? '', at: request.promisedAt.toISOString() },
    name: await ownerName(sql, request),
  })
  await post(
    sql,
    request.topicId,
    {
      ...{ kind: 'say', text: said, mentions: await called(sql, request, nagging.nags), about: { request: id } },
      buttons: [[label('kept'), label('promise')]],
    },
    now,
  )
  return 1
}

async function ownerName(sql: Sql, { assignedTo }: DeskRequest) {
  const [owner] = assignedTo === null ? [] : await membersOf(sql, [assignedTo])
  return owner?.name ?? text('desk.request.nobody')
}

/** Its holder, while he is a consultant; supervisors when there is none, or he lets it be. */
async function called(sql: Sql, { assignedTo }: DeskRequest, nags: number): Promise<string[]> {
  const holder = assignedTo === null ? [] : await membersOf(sql, [assignedTo])
  const own = holder.map(({ id }) => id)
  return own.length === 0 || nags >= supervisorsFrom ? [...new Set([...own, ...(await supervisors(sql))])] : own
}
