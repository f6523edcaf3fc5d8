import { addDays, isLocalDate } from '../../domain/localDate.ts'
import { hasAccountWhere } from './ownAccounts.ts'
import type { WhomOf } from './whom.ts'

/** Residents of accounts with a meter whose verification (поверка) runs out so many days after the day. */
export const whoHasAVerification: WhomOf = (day, { reminders }) => ({
  where: hasAccountWhere(
    'JOIN meter m ON m.account_id = a.id AND m.removed_at IS NULL',
    'm.verification_until = ANY ($10::date[])',
  ),
  values: [isLocalDate(day) ? reminders.verificationDays.map((ahead) => addDays(day, ahead)) : []],
})
