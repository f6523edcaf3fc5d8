import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRedis, type TestRedis } from '../support/redis.ts'
import { openTown, type Town } from '../support/town.ts'
import { flats, labels, otherChat, settled, type Talk } from './talk.ts'

/** What the bot says of its own accord once it is so late. */
async function told({ hand, town }: Talk, at: string, wish: RegExp) {
  town.clock.set(at)
  return hand.reply(({ text }) => wish.test(text), 20_000)
}

const readings = /Показания за ноябрь/

describe.each(['PostgreSQL', 'Redis'] as const)('with queues in %s', (backend) => {
  let town: Town
  let redis: TestRedis | undefined
  beforeAll(async () => {
    redis = backend === 'Redis' ? await openRedis() : undefined
    const env: Record<string, string> = { REMINDERS: 'readings', ...(redis && { REDIS_URL: redis.url }) }
    town = await openTown({ at: '2026-11-20T05:30:00Z', env })
  })
  afterAll(async () => {
    await town.close()
    await redis?.close()
  })

  test('residents are reminded of their readings in one messenger, by the other when that is blocked, and a button leads there', async () => {
    const [one, two] = [await settled(town, 'telegram', flats.twoWater), await settled(town, 'vk', flats.oneMeter)]
    const three = await settled(town, 'telegram', flats.threeZones)
    const other = await otherChat(town, three)
    // Telegram, in which he was last, does not let us write to him any more, which we do not know yet.
    await other.say('меню')
    await three.say('меню')
    await three.hand.block()
    await town.fresh.database.pool.query('UPDATE conversation SET blocked_at = NULL WHERE chat = $1', [three.chat])
    const shown = await told(one, '2026-11-20T06:00:10Z', readings)
    expect(labels(shown)).toEqual(expect.arrayContaining(['Передать показания', 'Напомнить завтра', 'Уже передано']))
    await two.hand.reply(({ text }) => readings.test(text))
    await other.hand.reply(({ text }) => readings.test(text))
    await one.press('Передать показания', /321,463/)
    await two.press('Уже передано', 'о показаниях больше не напоминаем')
  })
})
