import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bundled } from '../support/bundle.ts'

/** The product as an operator starts it, in a process group of its own. */
export interface Program {
  /** Where its health is told. */
  url: string
  health(path: '/healthz' | '/readyz' | '/'): Promise<Response>
  /** As Ctrl-C does to `npm start` in a terminal: to the whole group, and once more from npm. Or to the product alone. Answers its exit code. */
  interrupt(): Promise<number | null>
  terminate(): Promise<number | null>
  kill(): Promise<void>
}

const running = new Set<ChildProcess>()

/**
 * Starts `bots/main.ts` on free ports, from its sources as `npm start` does, or quicker; answers when it has printed where it is.
 * Fails with what it said when it ends before.
 */
export async function startProgram(env: Record<string, string>, fromSources = false): Promise<Program> {
  const main = fileURLToPath(new URL('../../bots/main.ts', import.meta.url))
  const { PATH = '', HOME = '' } = process.env
  const script = fromSources ? ['--import', 'tsx', main] : [await bundled(main)]
  const child = spawn(process.execPath, script, {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { PATH, HOME, PORT: '0', SANDBOX_PORT: '0', LOG_LEVEL: 'error', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const ended = once(child, 'exit').then(() => {
    running.delete(child)
    return child.exitCode
  })
  const said: string[] = []
  const printed = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line)
        const [url] = /http:\/\/localhost:\d+/.exec(line) ?? []
        if (url) resolve(url)
      })
  })
  const failed = ended.then(() => {
    throw new Error(`the product does not start:\n${said.join('\n')}`)
  })
  failed.catch(() => {})
  const url = await Promise.race([printed, failed])
  const health = (path: string) => fetch(`${url}${path}`, { redirect: 'manual' })
  const send = async (signal: NodeJS.Signals, to: 'group' | 'product') => {
    if (child.pid !== undefined) process.kill(to === 'group' ? -child.pid : child.pid, signal)
    return ended
  }
  async function interrupt(): Promise<number | null> {
    const first = send('SIGINT', 'group')
    // It has begun to end when it tells its health no more.
    while (running.has(child) && (await health('/healthz').catch(() => false))) await pause(5)
    if (running.has(child)) child.kill('SIGINT')
    return first
  }
  return {
    url,
    health,
    interrupt,
    terminate: () => send('SIGTERM', 'product'),
    kill: () => send('SIGKILL', 'product').then(() => {}),
  }
}

/** Ends whatever programs of ours are left. */
export async function endPrograms(): Promise<void> {
  const ends = [...running].map((child) => once(child, 'exit'))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(ends)
}
