import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChatId } from '../../src/engine/event.ts'
import { closedAccounts } from '../../src/jobs/closedAccounts.ts'
import { codes } from '../talks/links.ts'
import { flats } from '../talks/talk.ts'
import { openReminding, type Reminding, type Someone } from './reminding.ts'
import { refusedBy } from './residents.ts'

let r: Reminding
beforeAll(async () => {
  r = await openReminding()
})
afterAll(() => r.close())
beforeEach(async () => {
  for (const table of ['notice', 'conversation', 'outbox', 'link', 'resident'])
    await r.database.pool.query(`DELETE FROM ${table}`)
  await r.database.pool.query('UPDATE account SET open = true WHERE number = $1', [flats.oneMeter.number])
  r.clock.set('2026-11-20T06:30:00Z')
})

const says = (chat: ChatId, text: string) =>
  r.bare.engine.handle([r.bare.event(chat, { kind: 'text', text, message: '1' })])
const close = async () => {
  await r.database.pool.query('UPDATE account SET open = false WHERE number = $1', [flats.oneMeter.number])
  await closedAccounts(r.database, r.clock, r.rules)()
}
const of = async (one: Someone, wish: RegExp) => ({
  first: (await r.said(one.chat)).filter((words) => wish.test(words)).length,
  other: (await r.said(one.other)).filter((words) => wish.test(words)).length,
})

const closed = /больше не обслуживается|закрыт/
const joined = /подключил/

test.each([
  ['of somebody who has linked it too', joined, (one: Someone) => newcomerAt(one)],
  ['that it has been closed', closed, () => close()],
])(
  'whoever has two messengers is told %s in one of them, by the other when that is blocked',
  async (_, wish, happens) => {
    const one = await r.resident([flats.oneMeter], true)
    await happens(one)
    await r.tell()
    expect(await of(one, wish)).toEqual({ first: 1, other: 0 })
    await refusedBy(r.database, one.chat, r.clock.now())
    await r.tell()
    expect(await of(one, wish)).toEqual({ first: 1, other: 1 })
  },
)

async function newcomerAt({ accounts }: Someone): Promise<void> {
  const two = await r.resident([])
  await says(two.chat, 'подключить счёт')
  await r.press(two.chat, 'По коду активации')
  await says(two.chat, codes.oneMeter)
  const { rows } = await r.database.pool.query('SELECT 1 FROM link WHERE account_id = $1', [accounts[0]])
  expect(rows).toHaveLength(2)
}

test('whoever comes himself to an account that was closed is told there, and not once more', async () => {
  const one = await r.resident([flats.oneMeter], true)
  await says(one.other, 'показания')
  await close()
  await says(one.other, '7000')
  expect(await of(one, closed)).toEqual({ first: 0, other: 1 })
  await r.tell()
  expect(await of(one, closed)).toEqual({ first: 0, other: 1 })
})

test('the word of an account that has gone, where it is stood with, is its notice', async () => {
  const one = await r.resident([flats.oneMeter], true)
  await says(one.chat, 'показания')
  await close()
  await r.tell()
  expect(await of(one, closed)).toEqual({ first: 1, other: 0 })
  expect(await r.notices('')).toMatchObject([{ state: 'told', chat: one.chat }])
  await refusedBy(r.database, one.chat, r.clock.now())
  await r.tell()
  expect(await of(one, closed)).toEqual({ first: 1, other: 1 })
})
