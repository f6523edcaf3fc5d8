import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import type { Queue } from 'bullmq'
import type { FastifyInstance } from 'fastify'

/** Shows queues at `path` of a web server (Bull Board), to look at only: what is in them is planned anew from the tables. */
export async function serveQueueBoard(
  app: FastifyInstance,
  queues: readonly Queue[],
  path: `/${string}`,
): Promise<void> {
  const serverAdapter = new FastifyAdapter()
  serverAdapter.setBasePath(path)
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'ЕРЦ' } },
  })
  await app.register(serverAdapter.registerPlugin() as never, { prefix: path })
}
