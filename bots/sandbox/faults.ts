import type { Messenger } from './world/state.ts'

/**
 * What goes wrong with the next calls of a method.
 * `answer`: the platform's refusal, Telegram's 429 with `retryAfter` seconds. `http`: a bare status. `cut`: the connection is
 * dropped. `hold`: the call waits until the fault is released, then goes on as ever. `after: true` means that the call has
 * taken effect before its answer is spoilt.
 */
export type Effect =
  | { kind: 'answer'; code: number; text: string; retryAfter?: number; after?: boolean }
  | { kind: 'http'; status: number; after?: boolean }
  | { kind: 'cut'; after?: boolean }
  | { kind: 'hold'; after?: boolean }

/** `method` is a method's name, `longpoll` (VK's Long Poll server), or `*`. `times` is how many calls it spoils, of any bot or of one. */
export interface Fault {
  messenger: Messenger
  method: string
  times: number
  effect: Effect
  bot?: number
}

export interface Spoilt {
  id: number
  effect: Effect
  /** Answers when a held call is let go. */
  released: Promise<void>
}

/** The faults that tests have asked for, each used up call by call. */
export class Faults {
  private readonly faults: (Fault & { id: number; released: Promise<void>; release: () => void })[] = []
  private nextId = 1

  add(fault: Fault): number {
    const { promise, release } = gate()
    const id = this.nextId++
    this.faults.push({ ...fault, id, released: promise, release })
    return id
  }

  take(messenger: Messenger, method: string, bot?: number): Spoilt | undefined {
    const fault = this.faults.find(
      (one) =>
        one.messenger === messenger &&
        (one.method === method || one.method === '*') &&
        (one.bot === undefined || one.bot === bot) &&
        one.times > 0,
    )
    if (!fault) return undefined
    fault.times -= 1
    return fault
  }

  release(id: number): void {
    for (const fault of this.faults.filter((one) => one.id === id)) {
      fault.times = 0
      fault.release()
    }
  }

  clear(): void {
    for (const fault of this.faults.splice(0)) fault.release()
  }
}

function gate(): { promise: Promise<void>; release: () => void } {
  let release = () => {}
  const promise = new Promise<void>((resolve) => {
    release = resolve
  })
  return { promise, release }
}
