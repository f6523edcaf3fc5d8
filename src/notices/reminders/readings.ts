import { services } from '../../domain/meter.ts'
import { hasAccountWhere } from './ownAccounts.ts'
import type { WhomOf } from './whom.ts'

/** Residents of accounts with a meter whose reading for the month has not come, in whatever way. */
export const whoHasNotSent: WhomOf = (period, { readingsServices }) => ({
  where: hasAccountWhere(
    'JOIN meter m ON m.account_id = a.id AND m.removed_at IS NULL AND m.service = ANY ($11::text[])',
    `NOT EXISTS (SELECT FROM reading r WHERE r.meter_id = m.id AND r.period = $10 AND r.status NOT IN ('superseded', 'rejected'))`,
  ),
  values: [period, readingsServices ?? services],
})
