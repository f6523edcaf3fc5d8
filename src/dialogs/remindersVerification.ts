import { showsSums } from '../domain/channelPolicy.ts'
import { addDays, daysBetween, isLocalDate } from '../domain/localDate.ts'
import type { MeterOnHand } from '../domain/meter.ts'
import { costOfLateness } from '../domain/reminders/lateVerification.ts'
import type { Here } from '../engine/dialog.ts'
import { opens, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { linkedHere } from './accountNames.ts'
import { periodOf } from './readingsMeters.ts'
import { meterName } from './readingsTexts.ts'
import { answersTo, settingsOf } from './remindersChoices.ts'
import type { Reminding } from './remindersNews.ts'

interface Running {
  meter: MeterOnHand
  persons: number
  accountId: number
}

/** Verifications (поверка) that run out so many days after the day of the wave, by when, and what it costs to be late. */
export const verificationReminder: Reminding = async (here, day) => {
  if (!isLocalDate(day)) return undefined
  const ends = here.rules.reminders.verificationDays.map((ahead) => addDays(day, ahead))
  const accounts = await linkedHere(here)
  const asked = await Promise.all(
    accounts.map(async (account) => {
      const { meters, persons } = await here.queries.meters.onHand(account.id, periodOf(here).period)
      const near = meters.filter(({ verificationUntil: until }) => until && until >= here.today && ends.includes(until))
      return { account, running: near.map((meter): Running => ({ meter, persons, accountId: account.id })) }
    }),
  )
  const near = asked.filter(({ running }) => running.length > 0)
  if (near.length === 0) return undefined
  const lines = near.flatMap(({ account, running }): Text[] => [
    ...(accounts.length > 1 ? [text('reminders.account', { account: account.line })] : []),
    ...running.map(({ meter }) => runningOut(meter, here)),
  ])
  const all = near.flatMap(({ running }) => running)
  return screen(
    [
      text('reminders.verification.title'),
      text('common.lines', { lines }),
      text('common.lines', { lines: await costs(here, all) }),
    ],
    [
      opens('reminders.verification.how', 'answers', 'verification'),
      opens('menu.appointment', 'appointment'),
      ...answersTo('verification', here.about, 'later', 'done'),
      settingsOf,
    ],
    { nav: 'menu' },
  )
}

function runningOut(meter: MeterOnHand, { today }: Here<unknown>): Text {
  const { verificationUntil: until = today } = meter
  const count = daysBetween(today, until)
  const item = meterName(meter)
  return count === 0
    ? text('reminders.verification.today', { item })
    : text('reminders.verification.line', { item, until, count })
}

/** The rule for all, and for each meter what a month would cost, where the figures for an estimate are known and may be shown. */
async function costs(here: Here<unknown>, all: readonly Running[]): Promise<Text[]> {
  const { normMultipliers } = here.rules.reminders
  const rules = all.map(({ meter: { service } }) => normMultipliers[service]).filter((one) => one !== undefined)
  const [multiplier = 0] = rules
  const isOne = rules.length === all.length && rules.every((one) => one === multiplier)
  const rule = isOne
    ? text('reminders.verification.lateBy', { multiplier: String(multiplier / 100) })
    : text('reminders.verification.late')
  if (!showsSums(here.policy) || (here.resident?.consentVersion ?? 0) < 2) return [rule]
  const estimates = await Promise.all(all.map((one) => estimateOf(here, one)))
  return [rule, ...estimates.flat()]
}

async function estimateOf(here: Here<unknown>, { meter, persons, accountId }: Running): Promise<Text[]> {
  const [last] = await here.queries.charges.periods(accountId)
  if (last === undefined) return []
  const months = await here.queries.charges.between(accountId, last, last)
  const { service, norm } = meter
  const rows = months.flatMap((month) => month.rows)
  const cost = costOfLateness({ service, norm, persons, rows }, here.rules.reminders.normMultipliers)
  return cost ? [text('reminders.verification.estimate', { item: meterName(meter), ...cost })] : []
}
