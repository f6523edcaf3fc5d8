import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Product } from '../../bots/product.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { connectOrStart, type EmbeddedPostgres } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { account } from './accounting.ts'
import { accountOfDesk } from './deskAccounting.ts'
import { Visitor } from './deskVisitor.ts'
import { type Ground, openGround } from './ground.ts'
import { inTime, listensToBoth, startHere } from './running.ts'

const settings = { fsync: 'off' }
let dataDir: string
let postgres: EmbeddedPostgres
let ground: Ground
let product: Product
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'erc-desk-outage-'))
  await chmod(dataDir, 0o755)
  postgres = await connectOrStart({ dataDir, settings })
  await migrate(postgres.url)
  ground = await openGround({ databaseUrl: postgres.url, desk: true })
  product = await startHere(ground)
  await listensToBoth(product)
})
afterAll(async () => {
  await product?.close()
  await ground?.close()
  await postgres?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** The next answer of a method, after it has taken effect, waits for its release. */
const held = (method: string, messenger: 'telegram' | 'vk', bot?: number) =>
  ground.hand.fault({
    ...{ messenger, method, times: 1, effect: { kind: 'hold', after: true } },
    ...(bot !== undefined && { bot }),
  })

test('PostgreSQL is away for seconds in the middle of talks: no line is lost, none stands twice, in either direction', async () => {
  const visitors = (['telegram', 'vk'] as const).map((messenger) => new Visitor(ground, messenger, 1))
  for (const visitor of visitors) {
    await visitor.comes()
    await visitor.asks()
    await visitor.takes()
    await Promise.all([visitor.says(), visitor.answers()])
    await Promise.all([visitor.read(), visitor.heard()])
  }
  // What is on its way when PostgreSQL goes stands there already, and can be noted only when it is back.
  const [first] = visitors
  const onTheirWay = [
    await held('sendMessage', 'telegram', staffForum.botId),
    await held('sendMessage', 'telegram', Number(ground.env.TELEGRAM_TOKEN?.split(':')[0])),
    await held('messages.send', 'vk'),
  ]
  await first?.says()
  await Promise.all(visitors.map((visitor) => visitor.answers()))
  await Promise.all([first?.read(), ...visitors.map((visitor) => visitor.heard())])

  await postgres.stop()
  for (const { release } of onTheirWay) await release()
  await Promise.all(visitors.flatMap((visitor) => [visitor.says(2, 'file'), visitor.answers(2, 'file')]))
  await pause(5_000)
  const before = postgres.url
  postgres = await connectOrStart({ dataDir, settings })
  expect(postgres.url).toBe(before)

  for (const visitor of visitors) {
    await Promise.all([visitor.says(), visitor.answers()])
    await visitor.closes()
  }
  await vi.waitFor(async () => {
    const { rows } = await ground.database.pool.query<{ left: number }>(
      `SELECT ((SELECT count(*) FROM outbox WHERE state = 'pending') + (SELECT count(*) FROM desk_post WHERE state = 'pending')
             + (SELECT count(*) FROM desk_line WHERE state IN ('pending', 'told')))::int AS left`,
    )
    expect(rows).toEqual([{ left: 0 }])
  }, inTime)
  expect(await accountOfDesk(ground, visitors, [])).toMatchObject({
    ...{ wrong: [], unusedTopics: 0, cardsAgain: 0 },
    repeated: { inForum: 0, inTelegram: 0, inVk: 0 },
  })
  expect(await account(ground)).toMatchObject({ wrong: [], repeated: 0, vkExtra: 0 })
})
