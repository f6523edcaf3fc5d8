import { localDateOf } from '../../domain/localDate.ts'
import { type Text, text } from '../../engine/text.ts'
import type { Subject } from '../records.ts'
import { ownRequests } from '../requests/board.ts'
import { requestLineText } from '../requests/ofTopic.ts'
import { type HandOff, handOffColumns } from '../transitions/handOff.ts'
import { isAnswered } from '../transitions/nextAt.ts'
import { type Answered, done, type Turn } from './turn.ts'

const subjectName = (subject: Subject): Text => text(`desk.card.subject.${subject}`)

/** As many as are read at a glance; the rest is a number. */
const mostLines = 20

const minutesSince = (since: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000))

/** `/queue`: who waits, in the order in which they are taken. */
export async function queue({ sql, now }: Turn): Promise<Answered> {
  const rows = await sql<HandOff & { patient: boolean }>(
    'queue.list',
    `SELECT ${handOffColumns}, h.patient FROM hand_off h WHERE h.state = 'waiting' ORDER BY h.patient, h.queued_at, h.number`,
    [],
  )
  if (rows.length === 0) return done('desk.handle.queue.empty')
  const lines = rows.slice(0, mostLines).map(({ number, subject, queuedAt, morning, patient }) => {
    const kind = morning ? 'morning' : patient ? 'patient' : 'waits'
    const values = { number, subject: subjectName(subject), minutes: minutesSince(queuedAt, now) }
    return text(`desk.handle.queue.${kind}`, { ...values, since: queuedAt.toISOString() })
  })
  return done('desk.handle.queue.list', { count: rows.length, lines: withRest(lines, rows.length) })
}

/** `/mine`: what he has, chats that want an answer first, then requests by their day. */
export async function mine({ sql, now, who, rules }: Turn): Promise<Answered> {
  const rows = await sql<HandOff>(
    'queue.mine',
    `SELECT ${handOffColumns} FROM hand_off h WHERE h.taken_by = $1 AND h.state IN ('taken', 'on_hold')
     ORDER BY h.state, h.next_at, h.number`,
    [who.id],
  )
  const own = await ownRequests(sql, who.id)
  const today = localDateOf(now, rules.timeZone)
  const requests = own.slice(0, mostLines).map((request) => requestLineText(request, today))
  const owned = { count: own.length, lines: withRest(requests, own.length) }
  if (rows.length === 0)
    return own.length === 0 ? done('desk.handle.mine.none') : done('desk.handle.mine.onlyRequests', owned)
  const lines = rows.slice(0, mostLines).map((handOff) => {
    const { number, subject, state, holdUntil, residentAt } = handOff
    const values = { number, subject: subjectName(subject) }
    if (state === 'on_hold') return text('desk.handle.mine.held', { ...values, until: holdUntil?.toISOString() ?? '' })
    if (isAnswered(handOff)) return text('desk.handle.mine.answered', values)
    return text('desk.handle.mine.waits', { ...values, minutes: minutesSince(residentAt, now) })
  })
  const more = own.length === 0 ? '' : text('desk.handle.mine.andRequests', owned)
  return done('desk.handle.mine.list', { count: rows.length, lines: withRest(lines, rows.length), more })
}

/** `/today`: his own day. */
export async function today({ sql, now, who, rules: { timeZone } }: Turn): Promise<Answered> {
  const [day] = await sql<{ taken: number; closed: number; rated: number; rating: string | null }>(
    'queue.today',
    `SELECT count(DISTINCT t.hand_off_id)::int AS taken,
            count(DISTINCT t.hand_off_id) FILTER (WHERE t.ended = 'closed')::int AS closed,
            count(DISTINCT h.id) FILTER (WHERE t.ended = 'closed' AND h.rating IS NOT NULL)::int AS rated,
            round(avg(h.rating) FILTER (WHERE t.ended = 'closed'), 1)::text AS rating
     FROM hand_off_take t JOIN hand_off h ON h.id = t.hand_off_id
     WHERE t.by = $1 AND (t."from" AT TIME ZONE $2)::date = $3::date`,
    [who.id, timeZone, localDateOf(now, timeZone)],
  )
  const { taken = 0, closed = 0, rated = 0, rating } = day ?? {}
  const ratings = rating ? text('desk.handle.today.rated', { rating: rating.replace('.', ','), count: rated }) : ''
  return done('desk.handle.today.mine', { taken, closed, ratings })
}

const withRest = (lines: Text[], all: number): Text[] =>
  all > lines.length ? [...lines, text('desk.handle.andMore', { count: all - lines.length })] : lines
