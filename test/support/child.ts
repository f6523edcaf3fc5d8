import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { bundled } from './bundle.ts'

/**
 * What the product's process is told. `killAt`: it ends itself by SIGKILL at the `nth` occurrence of a named point (or of any,
 * when none is named) from now on, or so many milliseconds after it.
 */
export type Order =
  | { do: 'start'; env: Record<string, string>; databaseUrl: string; clockShiftMs: number; planEveryMs?: number }
  | { do: 'killAt'; point?: string; nth: number; afterMs?: number }

/** The product in a process of its own, to be killed. */
export interface ProductChild {
  /** Its code is loaded; `start` is carried out at once from here on. */
  loaded: Promise<void>
  /** Answers when it is wired up; fails when it is killed before. */
  start(where: Omit<Extract<Order, { do: 'start' }>, 'do'>): Promise<void>
  /** Answers when the next occurrences count. To be called once, before or after `start`. */
  killAt(when: Omit<Extract<Order, { do: 'killAt' }>, 'do'>): Promise<void>
  /** Its end, whatever brought it about. */
  ended: Promise<{ code: number | null; signal: string | null }>
  kill(): Promise<void>
  /** A graceful end; answers the exit code. */
  stop(): Promise<number | null>
}

const children = new Set<ChildProcess>()

/** Loads the product's code in a new process, which then waits for `start`. */
function loadProduct(script: string): ProductChild {
  const child = fork(script, { execArgv: [] })
  children.add(child)
  const ended = once(child, 'exit').then(([code, signal]) => {
    children.delete(child)
    return { code, signal }
  })
  const loaded = hears(child, 'loaded', ended)
  const started = hears(child, 'started', ended)
  const armed = hears(child, 'armed', ended)
  const order = (what: Order) => new Promise<void>((sent) => child.send(what, () => sent()))
  return {
    ended,
    loaded,
    async start({ env, databaseUrl, clockShiftMs, planEveryMs }) {
      await loaded
      await order({ do: 'start', env, databaseUrl, clockShiftMs, ...(planEveryMs !== undefined && { planEveryMs }) })
      await started
    },
    async killAt(when) {
      await order({ do: 'killAt', ...when })
      await armed
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return (await ended).code
    },
  }
}

/** One product after another: the code of the next is loaded while the present one works. */
export interface ProductRelay {
  next(): Promise<ProductChild>
  /** Ends whatever processes of ours are left. */
  close(): Promise<void>
}

export async function productRelay(): Promise<ProductRelay> {
  const path = await bundled(fileURLToPath(new URL('../durability/productProcess.ts', import.meta.url)))
  let waiting = loadProduct(path)
  return {
    async next() {
      const child = waiting
      await child.loaded
      waiting = loadProduct(path)
      return child
    },
    async close() {
      await endChildren()
    },
  }
}

async function endChildren(): Promise<void> {
  const exits = [...children].map((child) => once(child, 'exit'))
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(exits)
}

function hears(child: ChildProcess, word: string, ended: Promise<unknown>): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === word) resolve()
    })
  })
  const gone = ended.then(() => {
    throw new Error(`the product's process ended before it was ${word}`)
  })
  const either = Promise.race([heard, gone])
  either.catch(() => {})
  return either
}
