import { createPostgresBackend, DEFAULT_SCHEMA, type Job, Queue, runMigrations, Worker, withBackend } from 'bullmq'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { backOffMs } from './backOff.ts'
import type { Logger } from './logger.ts'
import { serveQueueBoard } from './queueBoard.ts'

/** A piece of later work: a name that is the same for the same work, so that it is queued once, and what it is about. */
export interface Task<Data> {
  id: string
  data: Data
  delayMs?: number
}

/** One named queue. Tasks are woken at least once; whoever does the work looks into PostgreSQL whether it is still wanted. */
export interface TaskQueue<Data> {
  add(tasks: Task<Data>[]): Promise<void>
}

/** As many tries as PostgreSQL's integers count. */
const withoutEnd = 1_000_000_000

export interface Queues {
  /** `work` is retried with back-off until it succeeds; `attempts` bounds that, and `gaveUp` is told then, with why the last one failed. */
  open<Data extends object>(
    name: string,
    work: (data: Data) => Promise<void>,
    options?: { concurrency?: number; attempts?: number; gaveUp?: (data: Data, why: unknown) => Promise<void> },
  ): Promise<TaskQueue<Data>>
  /** Shows them at a path of a web server. */
  serveBoard(app: FastifyInstance, path: `/${string}`): Promise<void>
  /** Waits for the tasks under way. */
  close(): Promise<void>
}

/**
 * BullMQ over Redis when `redisUrl` is set, else over the product's own PostgreSQL (in a schema of its own). A queue may be lost:
 * everything in it is planned again from the tables.
 */
export function openQueues({
  databaseUrl,
  redisUrl,
  log,
}: {
  databaseUrl: string
  redisUrl?: string
  log: Logger
}): Queues {
  const pool = redisUrl
    ? undefined
    : new pg.Pool({
        connectionString: databaseUrl,
        max: 8,
        options: `-c search_path=${DEFAULT_SCHEMA}`,
        application_name: 'erc-queues',
      })
  pool?.on('error', () => {})
  const closing: (() => Promise<void>)[] = []
  const opened: Queue[] = []
  const prepared = pool ? prepare(pool) : Promise.resolve()
  const overPostgres = withBackend(createPostgresBackend)

  return {
    async open(name, work, { concurrency = 8, attempts = withoutEnd, gaveUp } = {}) {
      await prepared
      const process = async (job: Job) => {
        try {
          await work(job.data)
        } catch (error) {
          log.warn({ err: error, queue: name, attempt: job.attemptsMade + 1 }, 'a task will be tried again')
          if (gaveUp && job.attemptsMade + 1 >= attempts) return gaveUp(job.data, error)
          throw error
        }
      }
      const settings = { backoffStrategy: (made: number) => backOffMs(made) }
      const connection = redisUrl ? { url: redisUrl, maxRetriesPerRequest: null } : undefined
      const [queue, worker] = connection
        ? [new Queue(name, { connection }), new Worker(name, process, { connection, concurrency, settings })]
        : [
            new overPostgres.Queue(name, { connection: pool as never }),
            new overPostgres.Worker(name, process, {
              connection: pool as never,
              concurrency,
              settings,
              autorun: false,
            }),
          ]
      const outOfReach = (error: Error) => log.warn({ err: error, queue: name }, 'a queue is out of reach')
      queue.on('error', outOfReach)
      worker.on('error', outOfReach)
      // Its type names the backend; what is looked at is the same over either.
      opened.push(queue as Queue)
      closing.push(
        () => worker.close(),
        () => queue.close(),
      )
      if (pool) {
        // A worker that did not reach PostgreSQL when it began would never do so, and would ask on and on without a pause.
        await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()])
        worker.run().catch(outOfReach)
      }
      return {
        add: async (tasks) => {
          const options = { attempts, backoff: { type: 'custom' }, removeOnComplete: true, removeOnFail: true }
          await queue.addBulk(
            tasks.map(({ id, data, delayMs = 0 }) => ({
              name,
              data,
              opts: { ...options, jobId: id.replaceAll(':', '.'), delay: Math.max(0, delayMs) },
            })),
          )
        },
      }
    },
    serveBoard: (app, path) => serveQueueBoard(app, opened, path),
    async close() {
      for (const close of closing) await close()
      await pool?.end()
    },
  }
}

/** BullMQ's own tables, made once. */
async function prepare(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await runMigrations(client, DEFAULT_SCHEMA)
  } finally {
    client.release()
  }
}
