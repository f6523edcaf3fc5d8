import { DateTime } from 'luxon'
import { nextMomentWithin } from '../domain/hours.ts'
import type { Rules } from '../domain/rules.ts'
import type { WaveReport } from './waveReport.ts'

export const waveStates: Record<WaveReport['state'], string> = {
  running: 'идёт',
  paused: 'приостановлена',
  stopped: 'остановлена',
  done: 'закончена',
}

/** How a mailing stands in a word: one that may not be told at this hour waits for its own. */
export function stateOf(
  { state, dueAt }: Pick<WaveReport, 'state' | 'dueAt'>,
  now: Date,
  { mailingHours, timeZone }: Pick<Rules, 'mailingHours' | 'timeZone'>,
): string {
  const next = nextMomentWithin(dueAt > now ? dueAt : now, mailingHours, timeZone)
  if (state !== 'running' || next.getTime() === now.getTime()) return waveStates[state]
  return `ждёт ${DateTime.fromJSDate(next, { zone: timeZone }).toFormat('dd.MM HH:mm')}`
}
