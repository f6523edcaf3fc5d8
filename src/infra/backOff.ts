import { setTimeout as pause } from 'node:timers/promises'

/** The part of a logger the adapters need: facts first (never personal data), then what happened. */
export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Waits so many milliseconds, or until the signal: answers whether there is anything left to wait for. */
export async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(ms, undefined, { signal })
    return true
  } catch {
    return false
  }
}

/** 250 ms, 500 ms, … at most 10 s: how long to wait before try number `tries` (from 1). */
export const backOffMs = (tries: number): number => Math.min(10_000, 250 * 2 ** (tries - 1))

/**
 * Does the work again and again until it succeeds and answers what came of it; nothing when the signal came between two tries.
 * A try under way is never broken off.
 */
export async function untilDone<T>(
  work: () => Promise<T>,
  { signal, failed }: { signal: AbortSignal; failed(error: unknown, waitMs: number): void },
): Promise<{ result: T } | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return { result: await work() }
    } catch (error) {
      const waitMs = backOffMs(tries)
      failed(error, waitMs)
      if (!(await waited(waitMs, signal))) return undefined
    }
  }
}
