import { daysBetween, daysInMonth, type LocalDate, partsOf } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'
import { isOvertaken } from '../domain/reminders/waves.ts'
import type { Here } from '../engine/dialog.ts'
import { screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { linkedHere } from './accountNames.ts'
import { onHand, periodOf } from './readingsMeters.ts'
import { meterName } from './readingsTexts.ts'
import { answersTo, leadingTo, settingsOf } from './remindersChoices.ts'
import type { Reminding } from './remindersNews.ts'

/** The meters whose readings for the month have not come yet, while the window is open and until the next reminder of them. */
export const readingsReminder: Reminding = async (here, period) => {
  const receipt = periodOf(here)
  if (receipt.late || receipt.period !== period || isOvertaken(here.about, here.today, here.rules)) return undefined
  const accounts = await linkedHere(here)
  const asked = await Promise.all(
    accounts.map(async (account) => {
      const { meters } = await onHand(here, account.id)
      return { account, meters: meters.filter(({ current }) => !current) }
    }),
  )
  const missing = asked.filter(({ meters }) => meters.length > 0)
  if (missing.length === 0) return undefined
  const isOnlyOne = accounts.length === 1
  const lines = missing.flatMap(({ account, meters }): Text[] => [
    ...(isOnlyOne ? [] : [text('reminders.account', { account: account.line })]),
    ...meters.map((meter) => text('reminders.item', { item: meterName(meter) })),
  ])
  const until = lastDay(receipt.period, here)
  const days = daysBetween(here.today, until)
  return screen(
    [
      text('reminders.readings.title', { period: receipt.period }),
      days === 0 ? text('reminders.readings.today') : text('reminders.readings.until', { until, count: days }),
      text('common.lines', { lines }),
    ],
    [
      ...leadingTo(
        'readings',
        missing.map(({ account }) => account),
        'menu.readings',
        (account) => text('reminders.readings.give', { account }),
        isOnlyOne,
      ),
      ...answersTo('readings', here.about, ...(days === 0 ? [] : (['later'] as const)), 'notThisMonth', 'done'),
      settingsOf,
    ],
    { nav: 'menu' },
  )
}

/** The last day of the window in a month. */
function lastDay(period: Period, { rules }: Here<unknown>): LocalDate {
  const { year, month } = partsOf(`${period}-01`)
  const day = Math.min(rules.readingsWindow.toDay, daysInMonth(year, month))
  return `${period}-${String(day).padStart(2, '0')}` as LocalDate
}
