import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Product, startProduct } from '../../bots/product.ts'
import type { Event } from '../../src/engine/event.ts'
import { readConfig } from '../../src/infra/config.ts'
import { connectOrStart, type EmbeddedPostgres } from '../../src/infra/embeddedPostgres.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { openRedis, type TestRedis } from '../support/redis.ts'
import { type Ground, openGround } from './ground.ts'
import {
  beginNews,
  comesTo,
  MailingAccount,
  progressOf,
  type Reader,
  readersIn,
  resumed,
  wereLastIn,
} from './mailing.ts'
import { inTime, listensToBoth } from './running.ts'

const settings = { fsync: 'off' }
const clock = testClock('2026-11-20T07:00:00Z')
let dataDir: string
let postgres: EmbeddedPostgres
let ground: Ground
let redis: TestRedis
let readers: Reader[]
let logged: string[] = []
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'erc-wave-outage-'))
  await chmod(dataDir, 0o755)
  postgres = await connectOrStart({ dataDir, settings })
  await migrate(postgres.url)
  ground = await openGround({ databaseUrl: postgres.url })
  redis = await openRedis()
  readers = await readersIn(
    ground,
    16,
    clock.now(),
    ground.flats.map(({ accountId }) => accountId),
  )
  await wereLastIn(ground, readers, 'either')
})
afterAll(async () => {
  await redis?.close()
  await ground?.close()
  await postgres?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

type Backend = 'PostgreSQL' | 'Redis'

/** The product in this process, so slow in Telegram that a mailing lasts for seconds. */
function start(queues: Backend, env: Record<string, string> = {}): Promise<Product> {
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  const own = { TELEGRAM_MESSAGES_PER_SECOND: '2', ...(queues === 'Redis' && { REDIS_URL: redis.url }), ...env }
  return startProduct({
    config: readConfig({ ...ground.env, ...own }),
    ...{ hashKey, clock, databaseUrl: ground.databaseUrl, planEveryMs: 250 },
    log: openLogger({ level: 'warn' }, sink),
    fatal: (reason) => {
      throw reason
    },
  })
}

const says = (words: string): Promise<void> =>
  vi.waitFor(() => expect(logged.some((line) => line.includes(words))).toBe(true), inTime)

/** A mailing of which some have been told, and some have not. */
async function halfTold(): Promise<MailingAccount> {
  const wave = await beginNews(ground, clock.now())
  await vi.waitFor(async () => {
    const { isPlanned = false, planned = 0, left = 0 } = (await progressOf(ground, wave)) ?? {}
    expect(isPlanned && left > 0 && left < planned).toBe(true)
  }, inTime)
  return new MailingAccount(ground, readers, wave)
}

async function toldOnce(account: MailingAccount): Promise<void> {
  await comesTo(ground, account.wave, { state: 'done', planned: readers.length })
  expect(await account.told()).toEqual({ wrong: [], again: 0 })
}

describe.each(['PostgreSQL', 'Redis'] as const)('with queues in %s', (queues) => {
  let product: Product
  beforeAll(async () => {
    product = await start(queues)
    await listensToBoth(product)
  })
  afterAll(() => product?.close())
  beforeEach(() => {
    logged = []
  })

  test('PostgreSQL goes away in the midst of a mailing and comes back: each is told once', async () => {
    // What is on its way when it goes stands there already, and can be noted only when it is back.
    const held = await Promise.all(
      (
        [
          ['telegram', 'sendMessage'],
          ['vk', 'messages.send'],
        ] as const
      ).map(([messenger, method]) =>
        ground.hand.fault({ messenger, method, times: 1, effect: { kind: 'hold', after: true } }),
      ),
    )
    const account = await halfTold()
    await postgres.stop()
    for (const { release } of held) await release()
    await says('the outbox waits for the database')
    await says('planning waits')
    const before = postgres.url
    postgres = await connectOrStart({ dataDir, settings })
    expect(postgres.url).toBe(before)
    await toldOnce(account)
    await toldOnce(await halfTold())
  })
})

describe('with queues in Redis', () => {
  let product: Product
  let tasks: Queue
  beforeAll(async () => {
    product = await start('Redis')
    await listensToBoth(product)
  })
  afterAll(() => product?.close())
  beforeEach(() => {
    logged = []
    tasks = new Queue('notices', { connection: { url: redis.url, maxRetriesPerRequest: null } })
    tasks.on('error', () => {})
  })
  afterEach(() => tasks.close())

  test('Redis goes away in the midst of a mailing and comes back empty: each is told once, of the next one, too', async () => {
    const account = await halfTold()
    await redis.stop()
    await says('a queue is out of reach')
    const next = await beginNews(ground, clock.now())
    await redis.start()
    await toldOnce(account)
    await toldOnce(new MailingAccount(ground, readers, next))
  })

  test('Redis is emptied in the midst of a mailing, with the task in it: it is planned again, each is told once', async () => {
    const account = await halfTold()
    await resumed(ground, account.wave, 'paused')
    await vi.waitFor(async () => expect(await tasks.getActiveCount()).toBe(0), inTime)
    await tasks.pause()
    await resumed(ground, account.wave)
    await vi.waitFor(async () => expect(await tasks.getJobCountByTypes('wait')).toBe(1), inTime)
    await redis.empty()
    await toldOnce(account)
  })
})

test('two products begin the same reminders, plan them and tell them at the same time: each is told once', async () => {
  const about = { REMINDERS: 'readings' }
  const products = await Promise.all([start('PostgreSQL', about), start('Redis', about)])
  // What the first hands over waits until the second hands it over, too.
  const handedBy = products.map(() => new Set<string>())
  let meet = () => {}
  const met = new Promise<void>((resolve) => {
    meet = resolve
  })
  for (const [nth, { engine }] of products.entries()) {
    const handle = engine.handle.bind(engine)
    engine.handle = async (events: Event[]) => {
      const notices = events.flatMap(noticeIn)
      for (const id of notices) handedBy[nth]?.add(id)
      if (notices.some((id) => handedBy[1 - nth]?.has(id))) meet()
      if (notices.length > 0) await met
      return handle(events)
    }
  }
  const account = new MailingAccount(ground, readers, 'readings:2026-11:1', 'Показания за ноябрь')
  await toldOnce(account)
  for (const product of products) await product.close()
})

const noticeIn = ({ input }: Event): string[] =>
  input.kind === 'due' && input.what.kind === 'news' && input.what.notice !== undefined ? [input.what.notice] : []
