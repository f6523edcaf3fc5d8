import fastify from 'fastify'
import type { Config } from '../src/infra/config.ts'
import type { Database } from '../src/infra/database.ts'
import { AppError } from '../src/infra/errors.ts'
import type { Listened } from './product.ts'

export interface Health {
  database: Database
  listening: ReadonlySet<Listened>
  wanted: readonly Listened[]
}

/**
 * `/healthz`: the process lives. `/readyz`: PostgreSQL answers and this process listens to the messengers it was asked for, or
 * waits for another process to let them go (503 with what is missing). `/` leads to the sandbox when there is one.
 */
export async function serveHealth(
  { port, sandbox }: Pick<Config, 'port' | 'sandbox'>,
  { database, listening, wanted }: Health,
): Promise<{ port: number; close(): Promise<void> }> {
  const app = fastify({ forceCloseConnections: true })
  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    const answers = await database.pool.query('SELECT 1').then(
      () => true,
      () => false,
    )
    const missing = [...(answers ? [] : ['postgresql']), ...wanted.filter((name) => !listening.has(name))]
    return reply
      .code(missing.length === 0 ? 200 : 503)
      .send({ status: missing.length === 0 ? 'ready' : 'waiting', missing })
  })
  if (sandbox) app.get('/', (_, reply) => reply.redirect(`http://localhost:${sandbox.port}/`))
  try {
    await app.listen({ port, host: sandbox ? '127.0.0.1' : '0.0.0.0' })
  } catch (cause) {
    throw new AppError('CONFIG', { message: `PORT: ${port} is taken, expected a free port`, cause })
  }
  const address = app.server.address()
  return { port: typeof address === 'object' && address ? address.port : port, close: () => app.close() }
}
