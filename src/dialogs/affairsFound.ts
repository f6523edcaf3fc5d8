import { dialogOfKind } from '../domain/requests/dialogOfKind.ts'
import { type RequestKind, requestKinds } from '../domain/requests/states.ts'
import type { Here } from '../engine/dialog.ts'
import type { Choice } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { linkedHere, linkedOne } from './accountNames.ts'
import { bookedBy } from './appointmentBookings.ts'
import { whenText } from './appointmentTexts.ts'
import { activeHere } from './consultantRelay.ts'
import { onHand, periodOf } from './readingsMeters.ts'
import { amountOf, stateText, subjectText } from './requestsTexts.ts'

/** Something under way: how it stands, and the button that leads there. */
export interface Affair {
  line: Text
  door: Choice
}

const door = (
  label: Text,
  dialog: string,
  opening?: { [name: string]: string } | string,
  accountId?: number,
): Choice => ({
  label,
  means: { open: dialog, ...(opening !== undefined && { opening }), ...(accountId !== undefined && { accountId }) },
})

/** Meters whose readings have not been given, while they enter this month's receipt. */
export async function meterAffairs(here: Here<unknown>): Promise<Affair[]> {
  const { period, late } = periodOf(here)
  const { fromDay, toDay } = here.rules.readingsWindow
  if (late || Number(here.today.slice(8, 10)) < fromDay) return []
  const linked = await linkedHere(here)
  const missing = await Promise.all(
    linked.map(async (account) => ({
      account,
      count: (await onHand(here, account.id)).meters.filter(({ current }) => !current).length,
    })),
  )
  return missing
    .filter(({ count }) => count > 0)
    .map(({ account, count }) => {
      const isOne = linked.length === 1
      const meters = text('affairs.meters', { count, period, day: toDay })
      return {
        line: isOne ? meters : text('affairs.metersOf', { meters, account: account.line }),
        door: door(
          isOne ? text('menu.readings') : text('affairs.readingsOf', { account: account.label }),
          'readings',
          undefined,
          account.id,
        ),
      }
    })
}

/** What he has asked for and nobody has finished, of every kind, and what he has begun to write. */
export async function requestAffairs(here: Here<unknown>): Promise<Affair[]> {
  const { resident, queries } = here
  if (!resident) return []
  const open = await queries.requests.open(resident.id)
  const sent = await Promise.all(
    open.map(async ({ id, number, kind, subject, accountId, state, dueOn }) => {
      const several = resident.accounts.length > 1 && accountId !== undefined
      const account = several ? await linkedOne(here, accountId) : undefined
      const name =
        kind === 'question'
          ? text('affairs.question', { number, topic: subjectText(subject) })
          : text(`affairs.kind.${kind}`, { number })
      const how = stateText({ state, ...(dueOn && { dueOn }) }, here)
      return {
        line: account
          ? text('affairs.lineOf', { name, how, account: account.line })
          : text('affairs.line', { name, how }),
        door: door(text(`affairs.open.${kind}`, { number }), dialogOfKind[kind], { request: id }),
      }
    }),
  )
  const drafts = await Promise.all(requestKinds.map((kind) => queries.requests.draft(resident.id, kind)))
  const begun = drafts.flatMap((draft) =>
    draft && draft.lines.length > 0
      ? [
          {
            line: text(`affairs.draft.${draft.kind}`, { amount: amountOf(draft.lines) }),
            door: door(text(`affairs.goOn.${draft.kind}`), dialogOfKind[draft.kind], goingOn[draft.kind]),
          },
        ]
      : [],
  )
  return [...sent, ...begun]
}

/** With what a dialog is opened that sees to several kinds, to go on with what is being prepared. */
const goingOn: Partial<Record<RequestKind, string>> = { account: 'account' }

/** Visits that are booked. */
export async function visitAffairs(here: Here<unknown>): Promise<Affair[]> {
  return (await bookedBy(here)).map((booking) => ({
    line: text('affairs.visit', { when: whenText(booking, here), office: booking.office.name }),
    door: door(text('affairs.openVisit', { when: whenText(booking, here) }), 'appointment', { booking: booking.id }),
  }))
}

/** A question to consultants that is not over. */
export async function talkAffairs(here: Here<unknown>): Promise<Affair[]> {
  const active = here.rules.hasDesk ? await activeHere(here) : undefined
  if (!active) return []
  return [{ line: text('affairs.talk', { number: active.number }), door: door(text('affairs.openTalk'), 'consultant') }]
}
