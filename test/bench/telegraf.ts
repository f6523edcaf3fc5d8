import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { findProgram } from '../support/programs.ts'
import type { Contender, Setting } from './contender.ts'
import { chatOf, nowOf, previousOf } from './fiveTurns.ts'
import { started, stopped } from './processes.ts'

const token = '7100000002:telegraf-in-the-bench'

/** The rival: Telegraf, a wizard scene, the session in a Redis that keeps nothing on disk. */
export async function openTelegraf({ apiRoot, residents, folder }: Setting): Promise<Contender> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const one of closing.reverse()) await one()
  }
  try {
    const port = await freePort()
    const server = await startRedis(port, join(folder, 'redis'))
    closing.push(() => stopped(server))
    const redis = new Redis(port, '127.0.0.1')
    // It is asked again until it has come up.
    redis.on('error', () => {})
    closing.push(async () => redis.disconnect())
    await redis.mset(
      Array.from({ length: residents }, (_, n) => [`meters:${chatOf(n)}`, JSON.stringify(previousOf(n))]).flat(),
    )
    const bot = started(new URL('./telegrafBot.ts', import.meta.url), {
      env: { TOKEN: token, API_ROOT: apiRoot, REDIS_PORT: String(port) },
    })
    closing.push(() => stopped(bot))
    await once(bot, 'spawn')
    return {
      name: 'Telegraf wizard scene, Redis in memory',
      token,
      processes: { bot: bot.pid ?? 0, database: server.pid ?? 0 },
      settled: async () => {},
      check: async (talked) => {
        const stored = await redis.lrange('readings', 0, -1)
        const right = Array.from({ length: talked }, (_, n) => JSON.stringify({ chat: chatOf(n), ...nowOf(n) }))
        if (stored.toSorted().join() !== right.toSorted().join())
          throw new Error(`readings of ${talked} residents should be stored, there are those of ${stored.length}`)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const program = findProgram('redis')
  if (!program)
    throw new Error('redis-server is needed for the rival: install it, e.g. sudo apt-get install redis-server')
  await mkdir(folder)
  const files = { dir: folder, pidfile: join(folder, 'redis.pid') }
  const options = { port, bind: '127.0.0.1', ...files, save: '', appendonly: 'no', loglevel: 'warning' }
  const server = spawn(
    program,
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  await once(server, 'spawn')
  return server
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
