import { isWaveKind, type WaveKind } from '../domain/reminders/kinds.ts'
import type { Dialog } from '../engine/dialog.ts'
import type { Screen } from '../engine/saying.ts'
import type { Place } from './reminders.ts'
import { billReminder, debtReminder, dueReminder } from './remindersMoney.ts'
import { ratingReminder } from './remindersRating.ts'
import { readingsReminder } from './remindersReadings.ts'
import { verificationReminder } from './remindersVerification.ts'

type News = NonNullable<Dialog<Place>['news']>
export type Reminding = (here: Parameters<News>[0], of: string) => Promise<Screen | undefined>

const all: Record<WaveKind, Reminding> = {
  readings: readingsReminder,
  bill: billReminder,
  due: dueReminder,
  debt: debtReminder,
  verification: verificationReminder,
  rating: ratingReminder,
}

/** `<kind>:<month or day>`: one message for all accounts of a resident, of what is so at this moment; nothing when it concerns him no more. */
export const remindersNews: News = async (here) => {
  const [kind = '', of = ''] = here.about.split(':')
  return isWaveKind(kind) ? all[kind](here, of) : undefined
}
