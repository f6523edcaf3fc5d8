import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './programs.ts'

/** A Redis of a test's own, that may be stopped and started again on its port, with what it held or without. */
export interface TestRedis {
  url: string
  stop(): Promise<void>
  start(): Promise<void>
  /** Forgets all that it holds. */
  empty(): Promise<void>
  close(): Promise<void>
}

export async function openRedis(): Promise<TestRedis> {
  const program = findProgram('redis') ?? 'redis-server'
  const folder = await mkdtemp(join(tmpdir(), 'erc-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      for await (const chunk of server.stdout ?? []) {
        said += String(chunk)
        if (said.includes('Ready to accept connections')) break
      }
      server.stdout?.resume()
    },
    async stop() {
      const exit = server && once(server, 'exit')
      server?.kill('SIGTERM')
      await exit
      server = undefined
    },
    async empty() {
      const socket = connect(port, '127.0.0.1').end('FLUSHALL\r\n')
      for await (const answer of socket) if (String(answer) !== '+OK\r\n') throw new Error(String(answer))
    },
    async close() {
      await redis.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
