import cliProgress from 'cli-progress'
import { waited } from '../infra/backOff.ts'
import type { DeskGround } from './cliDeskCommand.ts'
import { waveTold } from './cliWaves.ts'
import { type WaveReport, waveReports } from './waveReport.ts'
import { stateOf } from './waveState.ts'

const everyMs = 1_000

/** How far a mailing has come: so many of those planned; the rest stands beside the bar. */
export interface Progress {
  total: number
  over: number
  shown: number
  /** Those whom it did not reach: they have blocked the bot, or could not be told otherwise. */
  lost: number
  left: number
  state: string
}

/**
 * Shows how a mailing goes until it is over or stopped, or the person who watches has seen enough: it goes on without him. Answers what is to be said then.
 */
export async function followWave(
  ground: DeskGround,
  id: string,
  {
    show,
    signal,
    now,
    wait = (stop) => waited(everyMs, stop),
  }: { show(progress: Progress): void; signal: AbortSignal; now(): Date; wait?(signal: AbortSignal): Promise<boolean> },
): Promise<string[]> {
  for (;;) {
    const [report] = await waveReports(ground.sql, { id })
    if (!report) return []
    show(progressOf(report, stateOf(report, now(), ground.config.rules)))
    const isOver = report.state === 'done' || report.state === 'stopped'
    if (isOver || !(await wait(signal))) {
      const { lines } = await waveTold({ ...ground, now: now() }, id)
      return isOver ? lines : [...lines, `Дальше идёт без вас. Снова смотреть: npm run erc -- waves ${id} --follow`]
    }
  }
}

function progressOf({ planned, shown, blocked, failed, dropped, left, onTheWay }: WaveReport, state: string): Progress {
  const over = shown + blocked + failed + dropped
  return { total: Math.max(planned, over), over, shown, lost: blocked + failed, left: left + onTheWay, state }
}

/** A bar for a person who watches. */
export function waveBar(): { show(progress: Progress): void; stop(): void } {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage}%  показано: {shown}, не дошло: {lost}, осталось: {left}; {state}',
    ...{ barsize: 20, clearOnComplete: true, hideCursor: true },
  })
  return {
    show({ total, over, ...beside }) {
      if (!bar.isActive) bar.start(Math.max(1, total), over, beside)
      bar.setTotal(Math.max(1, total))
      bar.update(over, beside)
    },
    stop: () => bar.stop(),
  }
}
