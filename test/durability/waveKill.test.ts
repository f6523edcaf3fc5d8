import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Messenger } from '../../src/engine/event.ts'
import { type ProductChild, type ProductRelay, productRelay } from '../support/child.ts'
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
import { randomFrom } from './random.ts'
import { inTime } from './running.ts'

const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31))
const kills = Number(process.env.KILLS ?? 2)

/** An hour for mailings. */
const midday = '2026-11-20T07:00:00Z'
/** Of a task that a dead process was at, the next one is named after the next ten seconds: each process lives in later ones. */
const stretchMs = 10_000

let ground: Ground
let relay: ProductRelay
let redis: TestRedis
let readers: Reader[]
let lives = 0
beforeAll(async () => {
  ground = await openGround({ people: 6 })
  redis = await openRedis()
  relay = await productRelay()
  readers = await readersIn(ground, 16, now())
  // VK tells a community what happens from its first listening on; and its compiled code serves all after it.
  const first = await begin('PostgreSQL')
  await vi.waitFor(async () => expect(await ground.database.prisma.cursor.count()).toBe(1), inTime)
  expect(await first.stop()).toBe(0)
})
afterAll(async () => {
  await relay?.close()
  await redis?.close()
  await ground?.close()
})

const started = Date.now()
const shiftMs = () => Date.parse(midday) + lives * stretchMs - started
const now = () => new Date(Date.now() + shiftMs())

/** A process takes over whatever the ones before it have left. */
async function begin(queues: 'PostgreSQL' | 'Redis'): Promise<ProductChild> {
  const child = await relay.next()
  lives += 1
  const own = { TELEGRAM_MESSAGES_PER_SECOND: '10', ...(queues === 'Redis' && { REDIS_URL: redis.url }) }
  const env = { ...ground.env, ...own }
  await child.start({ env, databaseUrl: ground.databaseUrl, clockShiftMs: shiftMs(), planEveryMs: 250 })
  return child
}

/** Where a process is killed that tells a mailing, and where all of it is told. */
interface Moment {
  point: string
  nth: number
  where: Messenger | 'either'
}

const ofTelling: Moment[] = [
  { point: 'notices.told', nth: 1, where: 'either' },
  { point: 'notices.due', nth: 2, where: 'either' },
]
const ofTurns: Moment[] = [
  { point: 'turn.advanced', nth: 5, where: 'either' },
  { point: 'turn.committed', nth: 5, where: 'either' },
  { point: 'delivery.start', nth: 5, where: 'telegram' },
  { point: 'delivery.sent', nth: 5, where: 'telegram' },
  { point: 'delivery.sent', nth: 5, where: 'vk' },
  { point: 'delivery.settled', nth: 5, where: 'vk' },
]

describe.each([
  { queues: 'PostgreSQL', moments: [...ofTelling, ...ofTurns] },
  // Turns and deliveries know of no queues.
  { queues: 'Redis', moments: ofTelling.slice(0, 1) },
] as const)('with queues in $queues', ({ queues, moments }) => {
  let child: ProductChild
  beforeAll(async () => {
    child = await begin(queues)
  })
  afterAll(async () => {
    expect(await child.stop()).toBe(0)
  })

  /** The process ends at the point, in the midst of a mailing that has been planned, and another one takes over. */
  async function killedAt({ point, nth, where }: Moment) {
    await wereLastIn(ground, readers, where)
    const wave = await beginNews(ground, now(), 'paused')
    await comesTo(ground, wave, { isPlanned: true, planned: readers.length })
    const account = new MailingAccount(ground, readers, wave)
    await child.killAt({ point, nth })
    await resumed(ground, wave)
    await killed(child)
    const unnoted = await account.died()
    const { left = 0 } = (await progressOf(ground, wave)) ?? {}
    child = await begin(queues)
    await comesTo(ground, wave, { state: 'done' })
    return { ...(await account.told()), unnoted, left }
  }

  test('killed in the midst of planning: the rest is planned, and each told once', async () => {
    await child.killAt({ point: 'wave.page', nth: 1 })
    const wave = await beginNews(ground, now())
    const account = new MailingAccount(ground, readers, wave)
    await killed(child)
    const progress = await progressOf(ground, wave)
    expect(progress).toMatchObject({ isPlanned: false })
    expect(progress?.planned).toBeLessThan(readers.length)
    await account.died()
    child = await begin(queues)
    await comesTo(ground, wave, { state: 'done' })
    expect(await account.told()).toMatchObject({ wrong: [] })
  })

  for (const moment of moments)
    test(`killed at ${moment.point}, told in ${moment.where}: each once, but for what Telegram had and we had not noted`, async () => {
      const { left, unnoted, wrong, again } = await killedAt(moment)
      expect(wrong).toEqual([])
      if (ofTelling.includes(moment)) expect(left).toBeGreaterThan(0)
      if (moment.point !== 'turn.advanced') expect(left).toBeLessThan(readers.length)
      if (moment.point === 'delivery.sent') expect(unnoted).toBeGreaterThan(0)
      if (moment.where === 'vk') expect(again).toBe(0)
    })

  const title = `killed at ${kills} random moments: nobody is forgotten, nobody told twice (KILL_SEED=${seed})`
  test(title, { timeout: 600_000 }, async () => {
    await wereLastIn(ground, readers, 'either')
    const random = randomFrom(seed)
    const accounts: MailingAccount[] = []
    let going = true
    const mailings = (async () => {
      while (going) {
        const wave = await beginNews(ground, now())
        accounts.push(new MailingAccount(ground, readers, wave))
        await comesTo(ground, wave, { state: 'done' })
      }
    })()
    let unnoted = 0
    for (let nth = 0; nth < kills; nth++) {
      await child.killAt({ nth: 1 + Math.floor(random() * 100), afterMs: random() * 30 })
      await Promise.race([killed(child), mailings])
      for (const account of accounts) unnoted += await account.died()
      child = await begin(queues)
    }
    going = false
    await mailings
    const told = await Promise.all(accounts.map((account) => account.told()))
    const again = told.reduce((sum, one) => sum + one.again, 0)
    console.log(
      `seed ${seed}, ${queues}: ${kills} kills in ${accounts.length} mailings to ${readers.length} each; ` +
        `${unnoted} messages stood unnoted, ${again} came again in Telegram`,
    )
    expect(told.flatMap(({ wrong }) => wrong)).toEqual([])
  })
})

const killed = async ({ ended }: ProductChild) => expect(await ended).toMatchObject({ signal: 'SIGKILL' })
