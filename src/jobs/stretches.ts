import type { Clock } from '../infra/clock.ts'

const stretchMs = 10_000

/**
 * Long work is cut into tasks, each named after the stretch of time in which it is done: it is queued once for all processes, and one that was killed
 * at it holds up the next stretch no more.
 */
export interface Stretch {
  stretch: number
}

export const stretchAt = (now: Date): number => Math.floor(now.getTime() / stretchMs)

/** The stretch that follows one that is over. */
export const stretchAfter = ({ stretch }: Stretch, now: Date): number => Math.max(stretch + 1, stretchAt(now))

/** Answers from when on the present stretch is over. */
export function stretchEnd(clock: Clock): () => boolean {
  const until = performance.now() + stretchMs - (clock.now().getTime() % stretchMs)
  return () => performance.now() >= until
}
