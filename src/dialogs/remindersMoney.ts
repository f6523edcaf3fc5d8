import { showsSums } from '../domain/channelPolicy.ts'
import { type Standing, standingOf } from '../domain/charges/standing.ts'
import { daysBetween } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'
import type { DutyKind } from '../domain/reminders/kinds.ts'
import type { Here } from '../engine/dialog.ts'
import { type Choice, opens, type Screen, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { LinkedAccount } from '../queries/accounts.ts'
import { linkedHere } from './accountNames.ts'
import { answersTo, leadingTo, settingsOf } from './remindersChoices.ts'
import type { Reminding } from './remindersNews.ts'

/** The version of the consent that speaks of charges and receipts. */
const ofCharges = 2

interface Standings {
  account: LinkedAccount
  /** The last month that has been charged. */
  last: Period
  standing: Standing
}

/** A month's bill is ready: what is to be paid by each account that has one. */
export const billReminder: Reminding = async (here, period) => {
  const ready = (await standings(here)).filter(({ last }) => last === period)
  const lines = ready.map(({ account, standing }) => ({ account, words: billWords(standing) }))
  return told(here, 'bill', lines, [text('reminders.bill.title', { period })])
}

/** The last day to pay is near, and something is left to be paid by then. */
export const dueReminder: Reminding = async (here, day) => {
  const owing = (await standings(here)).flatMap(({ account, standing }) =>
    standing.kind === 'owes' && standing.until === day && !standing.isOver
      ? [{ account, words: text('reminders.sum', { sum: standing.sum }) }]
      : [],
  )
  const count = daysBetween(here.today, day as typeof here.today)
  const title = count === 0 ? text('reminders.due.today') : text('reminders.due.title', { until: day, count })
  return told(here, 'due', owing, [title], [text('reminders.paid')])
}

/** What should have been paid before, from a sum on that is worth a word. */
export const debtReminder: Reminding = async (here) => {
  const { debtFrom } = here.rules.reminders
  const owing = (await standings(here)).flatMap(({ account, standing }) =>
    standing.kind === 'owes' && standing.sum >= debtFrom && (standing.isOver || standing.earlier === true)
      ? [{ account, words: text('reminders.sum', { sum: standing.sum }) }]
      : [],
  )
  return told(
    here,
    'debt',
    owing,
    [text('reminders.debt.title')],
    [text('reminders.paid'), text('reminders.debt.help')],
  )
}

async function standings(here: Here<unknown>): Promise<Standings[]> {
  if (here.policy === 'off' || (here.resident?.consentVersion ?? 0) < ofCharges) return []
  const all = await Promise.all(
    (await linkedHere(here)).map(async (account): Promise<Standings[]> => {
      const [last] = await here.queries.charges.periods(account.id)
      if (last === undefined) return []
      const balance = await here.queries.charges.balance(account.id)
      const months = await here.queries.charges.between(account.id, last, last)
      return [{ account, last, standing: standingOf(balance, months, here.today) }]
    }),
  )
  return all.flat()
}

function billWords(standing: Standing): Text {
  if (standing.kind !== 'owes') return text(`reminders.bill.${standing.kind}`)
  const { sum, until, isOver } = standing
  return until === undefined || isOver
    ? text('reminders.sum', { sum })
    : text('reminders.bill.sumUntil', { sum, until })
}

/** Where a messenger may not carry sums they are left out: they are to be seen where the buttons lead. */
function told(
  here: Parameters<Reminding>[0],
  kind: DutyKind,
  of: readonly { account: LinkedAccount; words: Text }[],
  title: Text[],
  more: Text[] = [],
): Screen | undefined {
  if (of.length === 0) return undefined
  const isOnlyOne = here.resident?.accounts.length === 1
  const lines = of.map(({ account, words }) =>
    isOnlyOne ? words : text('reminders.of', { account: account.line, words }),
  )
  return screen(
    [...title, ...(showsSums(here.policy) ? [text('common.lines', { lines })] : []), ...more],
    [
      ...leadingTo(
        'receipt',
        of.map(({ account }) => account),
        'menu.receipt',
        (account) => text('reminders.receipt', { account }),
        isOnlyOne,
      ),
      ...howToPay(of.map(({ account }) => account)),
      ...(kind === 'bill' ? [] : answersTo(kind, here.about, ...(kind === 'due' ? (['later'] as const) : []), 'done')),
      settingsOf,
    ],
    { nav: 'menu' },
  )
}

const howToPay = ([account, another]: LinkedAccount[]): Choice[] =>
  account && !another ? [opens('charges.howToPay', 'payment', undefined, account.id)] : []
