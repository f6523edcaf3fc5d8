import {
  type CannedField,
  cannedFields,
  fillCanned,
  longestCannedName,
  longestCannedReply,
  unknownField,
} from '../../domain/cannedReply.ts'
import { clockTime } from '../../domain/hours.ts'
import { localDateOf } from '../../domain/localDate.ts'
import { spansOf } from '../../domain/workingHours.ts'
import { text } from '../../engine/text.ts'
import { payerFirstName } from '../card/payerName.ts'
import { isSupervisor } from '../consultants.ts'
import type { HandOff } from '../transitions/handOff.ts'
import { type Answered, done, notDone, plainly, type Turn } from './turn.ts'

interface Canned {
  name: string
  text: string
}

/** So many letters of each are shown in the list. */
const glance = 60

/** `/q`: all of them. */
export async function list({ sql }: Turn): Promise<Answered> {
  const all = await sql<Canned>('canned.all', 'SELECT name, text FROM canned_reply ORDER BY name', [])
  if (all.length === 0) return done('desk.handle.canned.none')
  const lines = all.map(({ name, text: said }) => {
    const flat = said.replace(/\s+/g, ' ')
    return text('desk.handle.canned.one', { name, said: flat.length > glance ? `${flat.slice(0, glance)}…` : flat })
  })
  return done('desk.handle.canned.list', { lines })
}

/** A canned reply for a hand-off, filled in; nothing when there is none of this name. */
export async function filled(turn: Turn, handOff: HandOff, name: string): Promise<string | undefined> {
  const canned = await findCanned(turn.sql, name)
  if (canned === undefined) return undefined
  const payer = await payerFirstName(turn.sql, handOff.id, turn.rules)
  const own = { ...(payer !== undefined && { name: payer }), number: String(handOff.number) }
  return fillCanned(canned, { ...(await commonFields(turn)), ...own })
}

export async function findCanned(sql: Turn['sql'], name: string): Promise<string | undefined> {
  const [found] = await sql<Canned>(
    'canned.find',
    'SELECT name, text FROM canned_reply WHERE lower(name) = lower($1)',
    [name],
  )
  return found?.text
}

/** What does not depend on whom it is said to. */
export async function commonFields(turn: Turn): Promise<Partial<Record<CannedField, string>>> {
  const { rules, now, who } = turn
  const today = localDateOf(now, rules.timeZone)
  const hours = await turn.hours(now)
  const spans = spansOf(hours, today)
  const shown = spans.length > 0 ? spans : [hours.daily]
  return {
    consultant: who.name,
    hours: shown.map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`).join(', '),
    date: plainly(turn, text('desk.handle.canned.date', { date: today })),
  }
}

/** `/q+ name text`, for supervisors: keeps it, in the place of one of the same name. */
export async function keep({ sql, now, who }: Turn, said: string): Promise<Answered> {
  if (!isSupervisor(who)) return notDone('desk.handle.onlySupervisors')
  const [, name = '', reply = ''] = /^(\S+)\s+([\s\S]+)$/.exec(said.trim()) ?? []
  if (reply === '' || name.length > longestCannedName || reply.length > longestCannedReply)
    return notDone('desk.handle.canned.howToKeep', { fields: fieldNames() })
  const wrong = unknownField(reply)
  if (wrong !== undefined) return notDone('desk.handle.canned.badField', { field: wrong, fields: fieldNames() })
  await sql(
    'canned.keep',
    `INSERT INTO canned_reply (name, text, changed_by, changed_at) VALUES (lower($1), $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET text = excluded.text, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [name, reply, who.id, now],
  )
  return done('desk.handle.canned.kept', { name: name.toLowerCase() })
}

/** `/q- name`, for supervisors. */
export async function remove({ sql, who }: Turn, said: string): Promise<Answered> {
  if (!isSupervisor(who)) return notDone('desk.handle.onlySupervisors')
  const name = said.trim()
  const gone = await sql('canned.remove', 'DELETE FROM canned_reply WHERE lower(name) = lower($1) RETURNING name', [
    name,
  ])
  return gone.length > 0
    ? done('desk.handle.canned.removed', { name })
    : notDone('desk.handle.canned.unknown', { name })
}

const fieldNames = (): string => cannedFields.map((field) => `{{${field}}}`).join(', ')
