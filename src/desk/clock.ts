import { type DeskMoment, deskMoment } from '../domain/deskMoment.ts'
import { localDateOf } from '../domain/localDate.ts'
import { closesAt, type WorkingHours } from '../domain/workingHours.ts'
import { alarm } from './clock/alarm.ts'
import { reportDays } from './clock/dayReport.ts'
import { type ClockDeps, minutesAfter } from './clock/deps.ts'
import { doWhatIsDue } from './clock/due.ts'
import { endGrace, leaveWaitingToMorning } from './clock/evening.ts'
import { leaveNobodyWithTheGone } from './clock/gone.ts'
import { isOpened, openDesk } from './clock/morning.ts'
import { showPlaces } from './clock/places.ts'
import { remindOfPromises } from './clock/promises.ts'
import { tellDueRequests } from './clock/requests.ts'

/**
 * The desk's clock. A tick, about once a second and in as many processes as there are, does what the hours and the rules want done by now,
 * each thing in a transaction that finds out whether it is still to be done: what was missed is made up for once, in the order of the
 * day (evening, report, morning). It keeps nothing of its own.
 */
export function deskClock(deps: ClockDeps): { tick(): Promise<void> } {
  return {
    async tick() {
      const now = deps.clock.now()
      const hours = await deps.hours(now)
      const moment = deskMoment(hours, now)
      const since = moment.is === 'open' ? moment.since : undefined
      const opening =
        since && !(await isOpened(deps, since)) ? { since, dayEnd: dayEndBefore(hours, moment) } : undefined
      const changes = [
        moment.is === 'closed' && (await evening(deps, moment.closedAt)),
        opening?.dayEnd !== undefined && (await missedEvening(deps, opening.dayEnd)),
        await reportDays(deps, hours),
        opening !== undefined && (await openDesk(deps, opening.since, opening.dayEnd)),
        await tellDueRequests(deps, moment),
        await remindOfPromises(deps, moment),
        await leaveNobodyWithTheGone(deps),
        await doWhatIsDue(deps, moment),
        moment.is === 'open' && (await alarm(deps, since)),
        moment.is === 'open' && (await showPlaces(deps, lastCall(deps, hours, now))),
      ]
      if (changes.some(Boolean)) deps.changed()
    },
  }
}

/** The closing of the day before; a pause is not the end of a day. */
function dayEndBefore({ timeZone }: WorkingHours, moment: DeskMoment): Date | undefined {
  if (moment.is !== 'open' || !moment.closedBefore || !moment.since) return undefined
  const isPause = localDateOf(moment.closedBefore, timeZone) === localDateOf(moment.since, timeZone)
  return isPause ? undefined : moment.closedBefore
}

async function evening(deps: ClockDeps, closedAt: Date | undefined): Promise<boolean> {
  const talks = closedAt ? await endGrace(deps, closedAt, false) : 0
  return talks + (await leaveWaitingToMorning(deps, undefined)) > 0
}

/** We were away when the day ended, and the next one has begun. */
async function missedEvening(deps: ClockDeps, dayEnd: Date): Promise<boolean> {
  const talks = await endGrace(deps, dayEnd, true)
  return talks + (await leaveWaitingToMorning(deps, dayEnd)) > 0
}

/** From then on those who come are told whether they are answered today. */
function lastCall({ rules }: ClockDeps, hours: WorkingHours, now: Date): Date | undefined {
  const closes = closesAt(hours, now)
  return closes && minutesAfter(closes, -rules.desk.lateMinutes)
}
