import type { Kind } from './kind.ts'
import { mergeRows } from './mergeRows.ts'

const required = true
const shown = true

/**
 * Places given away by telephone or on the web (`taken` 1), or free again (0). What a resident has booked here stays his: the remark tells of places that
 * were given twice. One that we had handed out in `bookings` comes back so and is nothing to remark.
 */
export const slotsTaken: Kind = {
  name: 'slots_taken',
  key: ['office_id', 'date', 'time', 'window'],
  columns: [
    { name: 'office_id', type: { is: 'text', max: 40 }, required, shown },
    { name: 'date', type: { is: 'date' }, required, shown },
    { name: 'time', type: { is: 'time' }, required, shown },
    { name: 'window', type: { is: 'integer', from: 1, to: 99 }, required, shown },
    { name: 'taken', type: { is: 'word', words: { 0: 'f', 1: 't' } }, required, shown },
  ],
  derived: [{ name: 'minute', sql: 'integer' }],
  derive: (cell) => [minuteOf(cell('time') ?? '')],
  checks: [
    {
      problem: 'UNKNOWN_OFFICE',
      column: 'office_id',
      where: 'NOT EXISTS (SELECT FROM office o WHERE o.id = s.office_id)',
    },
  ],
  remarks: [
    {
      problem: 'BOOKED_HERE',
      column: 'time',
      where: `s.taken = 't' AND EXISTS (
        SELECT FROM booking b JOIN office o ON o.id = b.office_id
        WHERE b.office_id = s.office_id AND b.date = s.date AND b.window_no = s."window" AND b.state = 'booked'
          AND b.minute < s.minute + o.slot_minutes AND s.minute < b.minute + b.minutes
          AND NOT EXISTS (SELECT FROM booking_change c WHERE c.booking_id = b.id AND c.export_id IS NOT NULL))`,
    },
  ],
  merge: (client, stamp) =>
    mergeRows(
      client,
      {
        table: 'slot_taken',
        key: 'id',
        columns: ['office_id', 'date', 'minute', 'window_no', 'taken'],
        source: `SELECT concat_ws(':', office_id, date, minute, "window") AS id, office_id, date, minute, "window" AS window_no,
                        taken::boolean AS taken
                   FROM staging WHERE problem IS NULL`,
      },
      stamp,
    ),
}

function minuteOf(time: string): string {
  const [hour, minute] = time.split(':').map(Number)
  return String((hour ?? 0) * 60 + (minute ?? 0))
}
