import type { ClientBase } from 'pg'
import type { Kind, Merged, Moment } from './kind.ts'
import { ownId, resultsMerged } from './resultFile.ts'

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
  ...ownId('booking_id'),
  checks: [
    {
      problem: 'UNKNOWN_BOOKING',
      column: 'booking_id',
      where: `NOT EXISTS (SELECT FROM booking_change c WHERE c.booking_id = s.id AND c.export_id IS NOT NULL)`,
    },
  ],
  merge,
}

function merge(client: ClientBase, stamp: string, { today }: Moment): Promise<Merged> {
  return resultsMerged(client, 'booking', stamp, async () => {
    const changed = await client.query(
      `UPDATE booking b SET state = s.result::"BookingState" FROM staging s
        WHERE b.id = s.id AND s.problem IS NULL AND (b.result_from IS NULL OR b.result_from <= $1)
          AND b.state IN ('booked', 'done', 'missed') AND b.state::text <> s.result AND b.date <= $2::date`,
      [stamp, today],
    )
    return changed.rowCount ?? 0
  })
}
