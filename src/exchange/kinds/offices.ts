import { parseOfficeHours } from '../../domain/visits/officeHours.ts'
import { parseTopics } from '../../domain/visits/topics.ts'
import type { Column, Kind } from './kind.ts'
import { mergeRows } from './mergeRows.ts'

const required = true
const shown = true
const text = (name: string, max: number): Column => ({ name, type: { is: 'text', max }, shown })

/**
 * District offices that residents book visits to. `hours` are the days and times (`parseOfficeHours`), `topics` codes by comma. An office that a file
 * leaves out stays; it is closed by `closed_from`. What residents have booked at times that are no more is moved by a job.
 */
export const offices: Kind = {
  name: 'offices',
  key: ['office_id'],
  columns: [
    { ...text('office_id', 40), required },
    { ...text('name', 120), required },
    { ...text('district', 40), required },
    { ...text('address', 200), required },
    text('phone', 80),
    { ...text('hours', 1000), required },
    { name: 'windows', type: { is: 'integer', from: 1, to: 99 }, required, shown },
    { name: 'slot_min', type: { is: 'integer', from: 5, to: 240 }, required, shown },
    { ...text('topics', 200), required },
    { name: 'closed_from', type: { is: 'date' }, shown },
    { name: 'closed_to', type: { is: 'date' }, shown },
  ],
  derived: [
    { name: 'understood', sql: 'boolean' },
    { name: 'codes', sql: 'text' },
  ],
  derive: (cell) => [
    parseOfficeHours(cell('hours') ?? '') ? 't' : 'f',
    parseTopics(cell('topics') ?? '')?.join(',') ?? null,
  ],
  checks: [
    { problem: 'BAD_HOURS', column: 'hours', where: 'NOT understood' },
    { problem: 'BAD_VALUE', column: 'topics', where: 'codes IS NULL' },
    { problem: 'BAD_DATE', column: 'closed_to', where: 'closed_to < closed_from' },
  ],
  merge: (client, stamp) =>
    mergeRows(
      client,
      {
        table: 'office',
        key: 'id',
        columns: [
          ...['name', 'district', 'address', 'phone', 'hours', 'windows', 'slot_minutes', 'topics'],
          ...['closed_from', 'closed_to'],
        ],
        source: `SELECT office_id AS id, name, district, address, phone, hours, windows, slot_min AS slot_minutes,
                        string_to_array(codes, ',') AS topics, closed_from, closed_to
                   FROM staging WHERE problem IS NULL`,
      },
      stamp,
    ),
}
