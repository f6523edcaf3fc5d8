import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { payerFirstName } from '../../src/desk/card/payerName.ts'
import { titleOf, topicTitle } from '../../src/desk/card/title.ts'
import { logView } from '../../src/desk/card/views.ts'
import { type CardTown, cardTown, minutesAgo, now, rulesUnder, words } from './cardTown.ts'

let town: CardTown
beforeAll(async () => {
  town = await cardTown()
  await town.consultant('1', 'Ольга')
})
beforeEach(() => town.emptied())
afterAll(() => town.fresh.drop())

test.each([
  [{ state: 'waiting' }, 'Ждёт · № 12 · Начисления · Telegram'],
  [{ state: 'taken', takenBy: '1', taker: 'Ольга' }, 'Ольга · № 12 · Начисления · Telegram'],
  [
    { state: 'taken', takenBy: 'vk:5', chat: 'vk:7' },
    'Администратор сообщества ВКонтакте · № 12 · Начисления · ВКонтакте',
  ],
  [{ state: 'taken', takenBy: '9' }, 'Консультант · № 12 · Начисления · Telegram'],
  [{ state: 'on_hold', taker: 'Ольга', subject: 'office' }, 'Отложено · № 12 · Приём и отделения · Telegram'],
  [{ state: 'closed', subject: 'other' }, 'Закрыто · № 12 · Другое · Telegram'],
] as const)('a topic of %o is called %s', (change, title) => {
  const handOff = { number: 12, subject: 'charges', chat: 'telegram:1', ...change } as const
  expect(titleOf(handOff, words).replaceAll('\u00a0', ' ')).toBe(title)
})

test('a title is never longer than a forum takes, and its number stays', () => {
  const handOff = { number: 2_147_483_647, subject: 'office', chat: 'vk:1', state: 'taken', takenBy: '1' } as const
  const title = titleOf({ ...handOff, taker: 'Анастасия '.repeat(30) }, words)
  expect(title.length).toBeLessThanOrEqual(128)
  expect(title.length).toBeGreaterThan(120)
  expect(title).toMatch(/^Анастасия .*… · №.2147483647 · Приём и отделения · ВКонтакте$/)
})

test('a topic is called by what it is about now: the talk that is not over, else the last one', async () => {
  const resident = await town.resident(['telegram:1'])
  const open = await town.handOff(resident, { chat: 'telegram:1', subject: 'readings' })
  const over = await town.handOff(resident, { chat: 'telegram:1', subject: 'payment', state: 'closed' })
  expect(await topicTitle(town.sql, open.topicId, words)).toMatch(/^Ждёт · №.\d+ · Показания · Telegram$/)
  await town.sql('t.over', "UPDATE hand_off SET state = 'closed' WHERE id = $1", [open.id])
  expect(await topicTitle(town.sql, over.topicId, words)).toMatch(/^Закрыто · №.\d+ · Оплата · Telegram$/)
  expect(await topicTitle(town.sql, 0, words)).toBeUndefined()
})

test('a look at a card is kept: who looked, at which accounts, why, when', async () => {
  const resident = await town.resident(['telegram:1'])
  const [first, second, lost] = [
    await town.account('6682305547'),
    await town.account('6610304460'),
    await town.account('6610200503'),
  ]
  const { id } = await town.handOff(resident, { chat: 'telegram:1', account: first })
  const look = (why: 'taken' | 'card' | 'refreshed', accountId?: number) =>
    logView(town.sql, { by: '1', handOff: id, why, now, ...(accountId !== undefined && { accountId }) })
  const kept = async () =>
    (
      await town.sql<{ row: string }>(
        't.views',
        `SELECT concat_ws(' ', by, account_id, why, (hand_off_id = $1::uuid), (at = $2)) AS row FROM card_view ORDER BY id`,
        [id, now],
      )
    ).map(({ row }) => row)
  await look('taken')
  expect(await kept()).toEqual(['1 taken t t'])
  await town.link(resident, first, { proof: 'code', at: minutesAgo(3) })
  await town.link(resident, second, { proof: 'address', at: minutesAgo(2) })
  await town.link(resident, lost, { proof: 'address', at: minutesAgo(1) })
  await town.sql('t.lost', 'UPDATE link SET removed_at = $2 WHERE account_id = $1', [lost, now])
  await look('card')
  await look('refreshed', second)
  expect((await kept()).slice(1)).toEqual([
    ...[`1 ${first} card t t`, `1 ${second} card t t`],
    `1 ${second} refreshed t t`,
  ])
})

test('a canned reply names the payer of the account that is asked about, where staff may see names', async () => {
  const resident = await town.resident(['telegram:1'])
  const account = await town.account('6682305547')
  const { id } = await town.handOff(resident, { chat: 'telegram:1', account })
  const name = (policy: 'full' | 'masked' = 'full') => payerFirstName(town.sql, id, rulesUnder(policy))
  expect(await name()).toBeUndefined()
  await town.link(resident, account, { proof: 'code' })
  expect(await name()).toBe('Вера')
  expect(await name('masked')).toBeUndefined()
})
