import type { LocalDate } from '../domain/localDate.ts'
import type { Office } from '../domain/visits/office.ts'
import { parseOfficeHours } from '../domain/visits/officeHours.ts'
import type { Occupied } from '../domain/visits/slots.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import type { Sql } from '../infra/database.ts'

/** All offices, or those of these ids, by district and name. */
export async function officesOf(sql: Sql, ids?: readonly string[]): Promise<Office[]> {
  const rows = await sql<OfficeRow>('queries.offices', `${select} WHERE $1::text[] IS NULL OR id = ANY ($1) ${order}`, [
    ids ?? null,
  ])
  return rows.flatMap(officeOf)
}

export async function officeById(sql: Sql, id: string): Promise<Office | undefined> {
  const [office] = await officesOf(sql, [id])
  return office
}

/**
 * The places that somebody has, by office and day: booked, held and not yet over, or given away elsewhere. Not counted is what `except` names, and what
 * is held for the resident who `asks`: it is his to choose again.
 */
export async function occupiedPlaces(
  sql: Sql,
  { offices, from, to, now, except, asks }: Asked,
): Promise<(officeId: string, day: LocalDate) => readonly Occupied[]> {
  const rows = await sql<PlacesRow>('queries.occupied', occupiedStatement, [
    ...[offices, from, to, now],
    ...[except ?? null, asks ?? null],
  ])
  const places = new Map(
    rows.map(({ office, date, begin, length, windows }) => [
      `${date} ${office}`,
      begin.map((minute, nth) => ({ minute, minutes: length[nth] ?? 0, window: windows[nth] ?? 0 })),
    ]),
  )
  return (officeId, day) => places.get(`${day} ${officeId}`) ?? []
}

interface Asked {
  offices: readonly string[]
  from: LocalDate
  to: LocalDate
  now: Date
  except?: string | undefined
  asks?: string | undefined
}

interface PlacesRow {
  office: string
  date: LocalDate
  begin: number[]
  length: number[]
  windows: number[]
}

const occupiedStatement = `
SELECT office_id AS office, to_char(date, 'YYYY-MM-DD') AS date, array_agg(minute) AS begin, array_agg(minutes) AS length,
       array_agg(window_no) AS windows
FROM (
  SELECT office_id, date, minute, minutes, window_no FROM booking
  WHERE office_id = ANY ($1::text[]) AND date BETWEEN $2::date AND $3::date
    AND (state = 'booked' OR (state = 'held' AND held_until > $4 AND resident_id IS DISTINCT FROM $6::uuid)) AND id IS DISTINCT FROM $5::uuid
  UNION ALL
  SELECT t.office_id, t.date, t.minute, o.slot_minutes, t.window_no FROM slot_taken t JOIN office o ON o.id = t.office_id
  WHERE t.office_id = ANY ($1::text[]) AND t.date BETWEEN $2::date AND $3::date AND t.taken
) place
GROUP BY office_id, date`

interface OfficeRow {
  id: string
  name: string
  district: string
  address: string
  phone: string | null
  hours: string
  windows: number
  slot_minutes: number
  topics: VisitTopic[]
  closed_from: LocalDate | null
  closed_to: LocalDate | null
}

const select = `SELECT id, name, district, address, phone, hours, windows, slot_minutes, topics,
       to_char(closed_from, 'YYYY-MM-DD') AS closed_from, to_char(closed_to, 'YYYY-MM-DD') AS closed_to FROM office`
const order = 'ORDER BY district, name, id'

/** Hours are judged when they are imported: those that a release before understood and this one does not leave the office out. */
function officeOf(row: OfficeRow): Office[] {
  const opening = parseOfficeHours(row.hours)
  if (!opening) return []
  const { id, name, district, address, phone, hours, windows, slot_minutes, topics, closed_from, closed_to } = row
  return [
    {
      ...{ id, name, district, address, hours, opening, windows, slotMinutes: slot_minutes, topics },
      ...(phone !== null && { phone }),
      ...(closed_from !== null && { closedFrom: closed_from }),
      ...(closed_to !== null && { closedTo: closed_to }),
    },
  ]
}
