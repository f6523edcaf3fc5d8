import type { ClientBase } from 'pg'
import type { Kind, Merged, Moment } from './kind.ts'

/**
 * Who came to a visit that we handed out in `bookings`, and who was awaited in vain (`missed`): after some of these a resident books nothing for
 * a while. A later file may turn either round. A visit that was cancelled or moved stays so.
 */
export const bookingsResult: Kind = {
  name: 'bookings_result',
  key: ['booking_id'],
  columns: [
    { name: 'booking_id', type: { is: 'text', max: 64 }, required: true, shown: true },
    { name: 'result', type: { is: 'word', words: { done: 'done', missed: 'missed' } }, required: true, shown: true },
  ],
  derived: [{ name: 'id', sql: 'uuid' }],
  derive: (cell) => [uuid.exec(cell('booking_id') ?? '')?.[0] ?? null],
  checks: [
    {
      problem: 'UNKNOWN_BOOKING',
      column: 'booking_id',
      where: `NOT EXISTS (SELECT FROM booking_change c WHERE c.booking_id = s.id AND c.export_id IS NOT NULL)`,
    },
  ],
  merge,
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function merge(client: ClientBase, stamp: string, { today }: Moment): Promise<Merged> {
  const { rows } = await client.query<{ total: number; older: number }>(
    `SELECT count(*)::int AS total, count(*) FILTER (WHERE b.result_from > $1)::int AS older
       FROM staging s JOIN booking b ON b.id = s.id WHERE s.problem IS NULL`,
    [stamp],
  )
  const changed = await client.query(
    `UPDATE booking b SET state = s.result::"BookingState" FROM staging s
      WHERE b.id = s.id AND s.problem IS NULL AND (b.result_from IS NULL OR b.result_from <= $1)
        AND b.state IN ('booked', 'done', 'missed') AND b.state::text <> s.result AND b.date <= $2::date`,
    [stamp, today],
  )
  await client.query(
    `UPDATE booking b SET result_from = $1 FROM staging s
      WHERE b.id = s.id AND s.problem IS NULL AND (b.result_from IS NULL OR b.result_from < $1)`,
    [stamp],
  )
  const [{ total, older } = { total: 0, older: 0 }] = rows
  const loaded = changed.rowCount ?? 0
  return { loaded, unchanged: total - older - loaded, older }
}
