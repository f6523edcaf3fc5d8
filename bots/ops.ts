import fastify from 'fastify'
import type { Logger } from '../src/infra/logger.ts'
import type { Queues } from '../src/infra/queues.ts'

/**
 * What operators look at on this machine only: `/queues`, the queues of later work. It is told, and gone without, when the port is taken: another process
 * of ours shows the same.
 */
export async function serveOps(
  port: number,
  { queues, log }: { queues: Queues; log: Logger },
): Promise<{ port: number | undefined; close(): Promise<void> }> {
  const app = fastify({ forceCloseConnections: true })
  await queues.serveBoard(app, '/queues')
  app.get('/', (_, reply) => reply.redirect('/queues'))
  try {
    await app.listen({ port, host: '127.0.0.1' })
  } catch (error) {
    log.warn({ err: error, port }, 'OPS_PORT is taken: the queues are shown by another process or not at all')
    return { port: undefined, close: () => app.close() }
  }
  const address = app.server.address()
  return { port: typeof address === 'object' && address ? address.port : port, close: () => app.close() }
}
