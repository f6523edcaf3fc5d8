import { DateTime } from 'luxon'
import { clockTime } from '../../domain/hours.ts'
import { addDays, localDateOf, localMinuteOfDay, partsOf } from '../../domain/localDate.ts'
import { parseUntil } from '../../domain/typedTime.ts'
import { isOpenAt, opensAt, type WorkingHours } from '../../domain/workingHours.ts'
import { text } from '../../engine/text.ts'
import { hold } from '../transitions/hold.ts'
import { mayAct } from '../transitions/mayAct.ts'
import { refused } from '../transitions/outcome.ts'
import { inWords } from './refusals.ts'
import { type Answered, doneAndTold, notDone, plainly, reply, type Turn } from './turn.ts'

/** «Отложить до…»: offers times; any other is typed as a command. */
export async function chooseTime(turn: Turn, id: string): Promise<Answered> {
  const handOff = turn.spot?.handOff
  const refusal = handOff?.id === id ? mayAct(handOff, turn.who) : refused('gone')
  if (refusal) return inWords(turn, refusal)
  if (handOff?.takenBy === null) return inWords(turn, refused('waiting'))
  const button = (key: string, choice: string, values?: { until: string }) => ({
    label: plainly(turn, text(key, values)),
    token: `hold:${id}:${choice}`,
  })
  const opening = nextMorning(await turn.hours(turn.now), turn.now)
  const rows = [
    [button('desk.handle.button.quarter', '15'), button('desk.handle.button.hour', '60')],
    [button('desk.handle.button.morning', 'morning', { until: shortMoment(opening, turn) })],
  ]
  await reply(turn, text('desk.handle.untilWhen'), { buttons: rows })
  return {}
}

/** `until`: minutes from now, `morning`, or a time as it was typed. */
export async function putOff(turn: Turn, id: string, until: string): Promise<Answered> {
  const { sql, who, now, rules, hours } = turn
  const at = until === 'morning' ? nextMorning(await hours(now), now) : parseUntil(until, now, rules.timeZone)
  if (!at) return notDone('desk.handle.badTime')
  const came = await hold(sql, { handOff: id, by: who, until: at, now })
  return came.kind === 'done' ? doneAndTold('desk.handle.done.hold', { until: at.toISOString() }) : inWords(turn, came)
}

/** When consultants are there again after this day; eight in the morning where they always are. */
function nextMorning(hours: WorkingHours, now: Date): Date {
  const { year, month, day } = partsOf(addDays(localDateOf(now, hours.timeZone), 1))
  const midnight = DateTime.fromObject({ year, month, day }, { zone: hours.timeZone })
  const eight = midnight.set({ hour: 8 }).toJSDate()
  return isOpenAt(hours, midnight.toJSDate()) ? eight : (opensAt(hours, midnight.toJSDate()) ?? eight)
}

/** «29.11, 8:00»: a button is short. */
function shortMoment(at: Date, { rules: { timeZone } }: Turn): string {
  const { month, day } = partsOf(localDateOf(at, timeZone))
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(day)}.${two(month)}, ${clockTime(localMinuteOfDay(at, timeZone))}`
}
