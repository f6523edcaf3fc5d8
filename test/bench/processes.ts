import { type ChildProcess, type ForkOptions, fork, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Starts a TypeScript file as a process of its own, which ends when we do, however we end. */
export function started(file: URL, { env = {}, ...options }: ForkOptions = {}): ChildProcess {
  const orphan = fileURLToPath(new URL('./endWithParent.ts', import.meta.url))
  return fork(fileURLToPath(file), {
    ...options,
    // Nothing that is set for the product on this machine may reach it here, a real token least of all.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    execArgv: ['--import', 'tsx', '--import', orphan],
  })
}

/** Sees to what is left in a folder when we are killed; answers how to call it off once the folder is gone. */
export function watchOver(folder: string): () => void {
  const script = fileURLToPath(new URL('./afterwards.ts', import.meta.url))
  const stdio: StdioOptions = ['pipe', 'ignore', 'inherit']
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { detached: true, stdio })
  child.unref()
  return () => child.stdin?.end()
}

/** Asks a process to end and waits until it has. Fails when it ends badly. */
export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }
  if (child.exitCode) throw new Error(`${child.spawnargs.at(-1)} ended with code ${child.exitCode}`)
}

/**
 * Seconds of CPU that a process and its children have used so far, those of ended children included. Nothing where the system does
 * not tell (it is read from Linux's /proc, in ticks of 10 ms).
 */
export async function cpuSecondsOf(pid: number): Promise<number | undefined> {
  const all = new Map<number, Stat>()
  const numbers = await readdir('/proc').catch(() => [])
  await Promise.all(
    numbers.filter((name) => /^\d+$/.test(name)).map(async (name) => all.set(Number(name), await statOf(name))),
  )
  const root = all.get(pid)
  if (!root) return undefined
  const children = [...all.values()].filter(({ parent }) => parent === pid)
  return root.own + root.endedChildren + children.reduce((sum, { own }) => sum + own, 0)
}

/** The process that a process was started by. */
export const parentOf = async (pid: number): Promise<number> => (await statOf(String(pid))).parent

interface Stat {
  parent: number
  own: number
  endedChildren: number
}

const ticksASecond = 100

async function statOf(pid: string): Promise<Stat> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name of the program, in brackets, may hold anything; what follows is numbers.
  const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = rest.slice(9, 13).map(Number)
  return {
    parent: Number(parent ?? 0),
    own: (user + system) / ticksASecond,
    endedChildren: (endedUser + endedSystem) / ticksASecond,
  }
}
