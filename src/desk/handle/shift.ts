import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { type Consultant, goOffShift, goOnShift } from '../consultants.ts'
import { type Answered, done, type Turn } from './turn.ts'

/** How many residents somebody has: `chats` that he is talking with, `held` that he has put off. */
export type Loaded = Consultant & { chats: number; held: number }

/** Who is on shift, those with the fewest chats first. */
export const onShift = (sql: Sql): Promise<Loaded[]> =>
  sql<Loaded>(
    'staff.onShiftNow',
    `SELECT c.id, c.name, c.role, c.most_chats AS "mostChats", c.shift_since AS "onShift",
            count(h.id) FILTER (WHERE h.state = 'taken')::int AS chats, count(h.id) FILTER (WHERE h.state = 'on_hold')::int AS held
     FROM consultant c LEFT JOIN hand_off h ON h.taken_by = c.id AND h.state <> 'closed'
     WHERE c.shift_since IS NOT NULL AND c.removed_at IS NULL
     GROUP BY c.id ORDER BY chats, c.name, c.id`,
    [],
  )

/** `/on`. */
export async function begin({ sql, who, now }: Turn): Promise<Answered> {
  await goOnShift(sql, who.id, now)
  const since = (who.onShift ?? now).toISOString()
  return done(who.onShift ? 'desk.handle.shift.already' : 'desk.handle.shift.begun', {
    since,
    waiting: await waiting(sql),
  })
}

/** `/off`: what he has stays with him, he may finish it; nobody is offered to him any more. */
export async function end({ sql, who }: Turn): Promise<Answered> {
  const mine = (await onShift(sql)).find(({ id }) => id === who.id)
  await goOffShift(sql, who.id)
  const left = (mine?.chats ?? 0) + (mine?.held ?? 0)
  return left > 0 ? done('desk.handle.shift.endedWith', { count: left }) : done('desk.handle.shift.ended')
}

/** `/shift`: who is there. */
export async function show({ sql, rules }: Turn): Promise<Answered> {
  const people = await onShift(sql)
  if (people.length === 0) return done('desk.handle.shift.nobody', { waiting: await waiting(sql) })
  const lines = people.map(({ name, chats, held, mostChats }) =>
    text(held > 0 ? 'desk.handle.shift.personHolding' : 'desk.handle.shift.person', {
      ...{ name, chats, held },
      most: mostChats ?? rules.desk.mostChats,
    }),
  )
  return done('desk.handle.shift.who', { people: lines, waiting: await waiting(sql) })
}

async function waiting(sql: Sql): Promise<number> {
  const [found] = await sql<{ waiting: number }>(
    'queue.length',
    `SELECT count(*)::int AS waiting FROM hand_off WHERE state = 'waiting'`,
    [],
  )
  return found?.waiting ?? 0
}
