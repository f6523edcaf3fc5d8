import { calledName } from '../domain/firstName.ts'
import { expectedWait } from '../domain/queuePace.ts'
import { closesAt, opensAt, type WorkingHours } from '../domain/workingHours.ts'
import { type Choice, choice, type Here, type Screen, screen } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { ActiveHandOff } from '../queries/desk.ts'
import { labelOf, linkedHere } from './accountNames.ts'
import { awayNow, whenText } from './consultantHours.ts'
import { activeHere } from './consultantRelay.ts'

/** How it stands with the resident's question: who answers, or when somebody will. */
export async function handOffScreen(here: Here<unknown>): Promise<Screen> {
  const active = await activeHere(here)
  if (!active) return screen(text('consultant.over'), [choice('consultant.more', 'more')], { nav: 'menu' })
  if (active.state === 'taken') return talkScreen(active)
  const leave = choice(active.morning || active.state === 'on_hold' ? 'consultant.drop' : 'consultant.leave', 'leave')
  const { number } = active
  if (active.state === 'on_hold') {
    const when = whenText(new Date(active.holdUntil ?? here.now), here)
    return screen([held(active, when), text('consultant.meanwhile')], [leave], { nav: 'menu' })
  }
  const away = await awayNow(here)
  if (active.morning || away) {
    const said = away
      ? text('consultant.forMorning', { number, when: away.when, place: active.place ?? 1 })
      : text('consultant.morningNow', { number })
    return screen([said, text('consultant.meanwhile')], [leave], { nav: 'menu' })
  }
  if (active.patient)
    return screen([text('consultant.patient', { number }), text('consultant.meanwhile')], [inWriting, leave], {
      nav: 'menu',
    })
  const named = await accountChoices(here, active)
  return screen(
    [...(await queueTexts(here, active)), ...(named.length > 0 ? [text('consultant.nameAccount')] : [])],
    [choice('consultant.notWaiting', 'later'), inWriting, leave, ...named],
    { nav: 'menu' },
  )
}

/** Nobody has to wait in a queue: the same question is answered by a day that is named. */
const inWriting = choice('consultant.inWriting', 'writing')

const talkScreen = ({ name }: ActiveHandOff): Screen =>
  screen(
    [
      name === undefined ? text('consultant.somebody') : text('consultant.talking', { name: calledName(name) }),
      text('consultant.silent'),
    ],
    [choice('consultant.end', 'end')],
    { nav: 'none' },
  )

const held = ({ name }: ActiveHandOff, when: Text): Text =>
  name === undefined ? text('consultant.held', { when }) : text('consultant.heldBy', { when, name: calledName(name) })

/** Position, expected time by today's pace, and near the end of the hours whether it will probably be today. */
async function queueTexts(here: Here<unknown>, { place = 1 }: ActiveHandOff): Promise<Text[]> {
  const { queries, now, rules } = here
  const hours = await queries.desk.hours(now, rules)
  const minutes = expectedWait({ place, ...(await queries.desk.pace(now, rules)) })
  const closes = closesAt(hours, now)
  return [
    text('consultant.place', { place }),
    closes && minutesTo(closes, now) <= rules.desk.lateMinutes
      ? lateText(here, hours, closes, minutes)
      : waitText(minutes),
    text('consultant.whileWaiting'),
  ]
}

const minutesTo = (instant: Date, now: Date): number => (instant.getTime() - now.getTime()) / 60_000

function lateText(here: Here<unknown>, hours: WorkingHours, closes: Date, minutes: number | undefined): Text {
  if (minutes !== undefined && minutes <= minutesTo(closes, here.now)) return text('consultant.lateYes')
  const next = opensAt(hours, closes)
  return text('consultant.lateNo', { when: next ? whenText(next, here) : text('consultant.when.unknown') })
}

function waitText(minutes: number | undefined): Text {
  if (minutes === undefined) return text('consultant.waitUnknown')
  return minutes < 60 ? text('consultant.wait', { count: minutes }) : text('consultant.waitLong')
}

const mostAccounts = 4

/** Of several accounts he may say which one it is about while he waits. */
async function accountChoices(here: Here<unknown>, { accountId }: ActiveHandOff): Promise<Choice[]> {
  const linked = accountId === undefined ? await linkedHere(here) : []
  if (linked.length < 2 || linked.length > mostAccounts) return []
  return linked.map((one) => choice(labelOf(one), { account: one.id }))
}
