import type { ClientBase, Pool } from 'pg'
import { type ExportedFile, type ExportOptions, handOut, type Outgoing } from './handOut.ts'
import { type OutRow, pagesOf } from './writeFile.ts'

/** What became of visits since the billing was told last: booked, moved (the new one is a row of its own), cancelled. Holds are no bookings. */
const bookings: Outgoing = {
  name: 'bookings',
  table: 'booking_change',
  exports: 'bookings_export',
  waiting: 'export_id IS NULL',
  ids: { type: 'bigint', before: '0' },
  kind: {
    columns: [
      ...['booking_id', 'office_id', 'date', 'time', 'window', 'topic', 'account_no', 'ticket', 'state'],
      'changed_at',
    ],
  },
  rows: changesOfExport,
}

export const exportBookings = (database: { pool: Pool }, options: ExportOptions): Promise<ExportedFile[]> =>
  handOut(database, bookings, options)

/** Of each booking the last change of the file, in the order in which they were made. */
function changesOfExport(client: ClientBase, id: number, signal?: AbortSignal): AsyncGenerator<OutRow[]> {
  return pagesOf(
    client,
    `${statement} WHERE c.export_id = ${Math.trunc(id)} AND NOT EXISTS (
      SELECT FROM booking_change later WHERE later.booking_id = c.booking_id AND later.export_id = c.export_id AND later.id > c.id)
    ORDER BY c.id`,
    signal,
  )
}

const statement = `
SELECT b.id::text AS booking_id, b.office_id, to_char(b.date, 'YYYY-MM-DD') AS date,
       to_char(make_interval(mins => b.minute), 'HH24:MI') AS time, b.window_no::text AS "window", b.topic, a.number AS account_no, b.ticket,
       c.state::text AS state, to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS changed_at
FROM booking_change c JOIN booking b ON b.id = c.booking_id LEFT JOIN account a ON a.id = b.account_id`
