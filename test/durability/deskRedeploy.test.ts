import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Product } from '../../bots/product.ts'
import { dialogs as ours } from '../../src/dialogs/index.ts'
import type { Dialogs } from '../../src/engine/turn.ts'
import { type ProductRelay, productRelay } from '../support/child.ts'
import { accountOfDesk } from './deskAccounting.ts'
import { Visitor } from './deskVisitor.ts'
import { type Ground, openGround } from './ground.ts'
import { inTime, startHere } from './running.ts'

const messengers = ['telegram', 'vk'] as const

let ground: Ground
let relay: ProductRelay
let visitors: Visitor[]
beforeAll(async () => {
  ground = await openGround({ people: 7, desk: true })
  relay = await productRelay()
  visitors = messengers.map((messenger) => new Visitor(ground, messenger, 7))
})
afterAll(async () => {
  await relay.close()
  await ground.close()
})

/** A release from before consultants talked in the bot, in what it knows of places. */
const oldRelease: Dialogs = new Map([...ours].filter(([id]) => id !== 'consultant'))

const listening = ({ listening }: Product) => vi.waitFor(() => expect(listening.size).toBe(3), inTime)

const deferred = async (): Promise<number> => {
  const { rows } = await ground.database.pool.query('SELECT count(*)::int AS waiting FROM deferred')
  return rows[0].waiting
}

const talkedOver = async (): Promise<void> => {
  await Promise.all(visitors.map((visitor) => Promise.all([visitor.read(), visitor.heard()])))
}

const together = async (work: (visitor: Visitor) => Promise<unknown>): Promise<void> => {
  await Promise.all(visitors.map(work))
}

test('an old process that meets a talk leaves what both sides say to the new one, which hands it on in order', async () => {
  const newer = await startHere(ground)
  await listening(newer)
  await together((visitor) => visitor.comes())
  await together((visitor) => visitor.asks())
  await together((visitor) => visitor.takes())
  await together((visitor) => visitor.answers())
  await talkedOver()
  await newer.close()

  const older = await startHere(ground, oldRelease)
  await listening(older)
  await together((visitor) => visitor.says(2))
  await together((visitor) => visitor.answers(2))
  await vi.waitFor(async () => expect(await deferred()).toBe(4 * visitors.length), inTime)
  await older.close()

  const again = await startHere(ground)
  await talkedOver()
  await again.close()
  expect(await accountOfDesk(ground, visitors, [])).toMatchObject({
    wrong: [],
    repeated: { inForum: 0, inTelegram: 0, inVk: 0 },
  })
})

test('of two processes with consultants one works; the other goes on when that is killed', async () => {
  const first = await relay.next()
  await first.start(ground)
  await together((visitor) => visitor.says(2))
  await together((visitor) => visitor.answers(2))
  await talkedOver()
  const second = await startHere(ground)
  const killedAt: number[] = []
  await first.killAt({ point: 'forum.posted', nth: 1 })
  await together((visitor) => visitor.says())
  await first.ended
  killedAt.push(Date.now())
  expect(second.listening.size).toBe(0)
  // Its leases run out: the clock of the second one stands still.
  await ground.database.pool.query('DELETE FROM lease')
  await together((visitor) => visitor.says(2))
  await together((visitor) => visitor.answers(3))
  await talkedOver()
  expect(second.listening.size).toBe(3)
  await together((visitor) => visitor.closes())
  await second.close()
  expect(await accountOfDesk(ground, visitors, killedAt)).toMatchObject({ wrong: [], repeated: { inVk: 0 } })
})
