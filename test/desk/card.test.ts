import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cardAccounts } from '../../src/desk/card/accounts.ts'
import { topicTitle } from '../../src/desk/card/title.ts'
import { channelPolicies } from '../../src/domain/channelPolicy.ts'
import { type CardTown, cardTown, minutesAgo, words } from './cardTown.ts'

let town: CardTown
beforeAll(async () => {
  town = await cardTown()
  await town.consultant('1', 'Ольга')
  await town.consultant('2', 'Сергей')
})
beforeEach(() => town.emptied())
afterAll(() => town.fresh.drop())

const taken = { state: 'taken', also: { taken_by: '1', taken_at: minutesAgo(5) } } as const

/** Вера Макаровна of 8 Марта 120, flat 45, who has shown the code of her account. */
async function vera(chats: readonly string[] = ['telegram:5551234']) {
  const resident = await town.resident(chats)
  const account = await town.account('6682305547')
  await town.link(resident, account, { proof: 'code', name: 'Мама' })
  return { resident, account }
}

test('before anybody has taken it the card says only whose turn it is, what it is about and how the account was proved', async () => {
  const { resident, account } = await vera()
  const { topicId, id } = await town.handOff(resident, { chat: 'telegram:5551234', account })
  const { text, buttons } = await town.card(topicId)
  const [row] = await town.sql<{ number: number }>('t', 'SELECT number FROM hand_off WHERE id = $1', [id])
  expect(text.text).toBe(
    [
      'Ждёт с 11:30, 1-й в очереди',
      `№ ${row?.number} · Начисления · Telegram`,
      '',
      'Чем подтверждён счёт:',
      '••••5547, по коду активации',
    ].join('\n'),
  )
  expect(buttons.flat().map(({ label }) => label)).toEqual(['Беру', 'Обновить карточку'])
  expect(buttons.flat().map(({ token }) => token)).toEqual([`take:${id}`, `refresh:${id}`])
  expect(buttons.flat().every(({ token }) => Buffer.byteLength(token) <= 64)).toBe(true)
})

test('whoever has it sees who it is, what is owed, what was charged and paid, the meters, the steps before', async () => {
  const { resident, account } = await vera(['telegram:5551234', 'vk:77'])
  await town.handOff(resident, { chat: 'vk:77', account, state: 'closed', also: { rating: 4 } })
  await town.handOff(resident, { chat: 'vk:77', account, state: 'closed', also: { asked_at: minutesAgo(31 * 1440) } })
  const { topicId } = await town.handOff(resident, {
    ...{ chat: 'vk:77', account, subject: 'payment', ...taken },
    steps: [
      { dialog: 'menu', at: 'menu', did: 'opened' },
      { dialog: 'charges', at: 'months', did: 'pressed' },
      { dialog: 'charges', at: 'months', did: 'failed' },
      { dialog: 'charges', at: 'months', did: 'failed' },
      { dialog: 'payment', at: 'how', did: 'opened' },
    ],
  })
  const card = await town.cardText(topicId)
  for (const line of [
    'Ольга, на связи с 11:55',
    'Счёт ••••5547, подключён 3 ноября 2026, 12:05 по коду активации',
    'улица 8 Марта, д. 120, кв. 45',
    'Плательщик: Берёзкина Вера Макаровна',
    'Житель называет его «Мама».',
    'Чаты: Telegram (5551234), ВКонтакте (77)',
    'Согласие на обработку данных: дано 3 ноября 2026, 12:00, Telegram',
    'За 30 дней ещё 1 обращение, оценено на 4',
    'Перед обращением\nНе получилось: Начисления\nГлавное меню: открыто',
    'Начисления: нажата кнопка, бот не понял (2 раза подряд)\nКак оплатить: открыто',
  ])
    expect(card).toContain(line)
  expect(card).toMatch(/Баланс: долг 12 645,61 ₽ на 1 ноября 2026, срок оплаты был 15 ноября 2026/)
  expect(card.match(/ 2026: начислено .* оплачено .* на конец месяца: долг/g)).toHaveLength(6)
  expect(card).toMatch(/Платежи\n9 октября 2026: 4 621,96 ₽ через интернет, зачислен 11 октября 2026\n/)
  expect(card).toMatch(/Холодная вода, счётчик № \d+: [\d,]+ м³, 19 октября 2026; поверка до 28 апреля 2034/)
  expect(card).not.toContain('6682305547')
  const { buttons } = await town.card(topicId)
  expect(buttons.map((row) => row.map(({ label }) => label))).toEqual([
    ['Передать', 'В очередь'],
    ['Отложить до…', 'Закрыть'],
    ['Отправить в шаг…', 'В обращение'],
    ['Обновить карточку'],
  ])
})

describe('of what the policy of the forum keeps back', () => {
  const secrets = {
    name: /Берёзкина|Вера|Макаровна|Малахитов|Мама|Дача/,
    flat: /кв\.|-45\b|, 45\b/,
    whole: /6682305547|6610304460|66аа941574/,
    chat: /5551234/,
    sum: /₽|долг|переплата|Баланс|Начислено|начислено|оплачено|зачислен/,
  }
  test.each(channelPolicies.filter((policy) => policy !== 'full'))(
    'nothing leaks under %s in any state, of any account, in text or buttons or title',
    async (policy) => {
      const { resident, account } = await vera()
      const second = await town.account('6610304460')
      await town.link(resident, second, { proof: 'address', name: 'Дача' })
      const { topicId, id } = await town.handOff(resident, { chat: 'telegram:5551234', account, ...taken })
      const told: string[] = []
      for (const state of ['taken', 'waiting', 'on_hold', 'closed']) {
        await town.sql('t.state', 'UPDATE hand_off SET state = $2::"HandOffState" WHERE id = $1', [id, state])
        told.push(JSON.stringify([await town.card(topicId, policy), await topicTitle(town.sql, topicId, words)]))
      }
      const { sum, ...always } = secrets
      for (const secret of Object.values(policy === 'masked' ? always : secrets))
        for (const card of told) expect(card).not.toMatch(secret)
      expect(sum.test(told[0] ?? '')).toBe(policy === 'masked')
      expect(told[0]).toContain('••••5547')
      expect(told[0]).toContain('улица 8 Марта, д. 120')
    },
  )
  test('all of it is there under full, so that the test above looks for what there is', async () => {
    const { resident, account } = await vera()
    const { topicId } = await town.handOff(resident, { chat: 'telegram:5551234', account, ...taken })
    const { whole, ...shown } = secrets
    const card = await town.cardText(topicId)
    for (const secret of Object.values(shown)) expect(card).toMatch(secret)
    expect(card).not.toMatch(whole)
  })
})

test('of several accounts the one that is asked about stands first, the others in a line each', async () => {
  const { resident, account } = await vera()
  const second = await town.account('6610304460')
  await town.link(resident, second, { proof: 'address', at: minutesAgo(60) })
  const { topicId, id } = await town.handOff(resident, { chat: 'telegram:5551234', account: second, ...taken })
  const card = await town.cardText(topicId)
  expect(card).toContain('Счёт ••••4460, подключён 28 ноября 2026, 11:00 по адресу и номеру счёта')
  expect(card).toMatch(
    /Другие счета жителя\n••••5547, по коду активации; улица 8 Марта, д\. 120, кв\. 45; долг 12 645,61 ₽$/,
  )
  expect(card).toContain('скоро закончится')
  await town.sql('t.none', 'UPDATE hand_off SET account_id = NULL WHERE id = $1', [id])
  const unchosen = await town.cardText(topicId)
  expect(unchosen).toContain('Счёт для обращения не выбран.')
  expect(unchosen).toMatch(/Счета жителя\n••••5547, .*\n••••4460, /)
  expect(unchosen).not.toContain('Начисления\n')
  await town.sql('t.gone', 'UPDATE hand_off SET account_id = $2 WHERE id = $1', [id, second])
  await town.sql('t.unlink', 'UPDATE link SET removed_at = now() WHERE account_id = $1 AND resident_id = $2', [
    ...[second, resident],
  ])
  const gone = await town.cardText(topicId)
  expect(gone).toContain('больше не подключён к этому жителю')
  expect(gone).not.toContain('Малышева')
  expect((await cardAccounts(town.sql, resident, second)).map(({ id: one }) => one)).toEqual([account])
})

test('a resident without an account, and one who has deleted his data', async () => {
  const resident = await town.resident(['vk:78'])
  const { topicId, id } = await town.handOff(resident, { chat: 'vk:78', subject: 'other' })
  expect(await town.cardText(topicId)).toContain('Счёт не подключён: кто это, не подтверждено.')
  await town.sql('t.take', "UPDATE hand_off SET state = 'taken', taken_by = 'vk:500' WHERE id = $1", [id])
  const held = await town.cardText(topicId)
  expect(held).toContain('Администратор сообщества ВКонтакте, на связи с')
  expect(held).toContain('Счёт не подключён')
  await town.sql(
    't.deleted',
    "UPDATE hand_off SET resident_id = NULL, state = 'closed', closed_by = 'deleted' WHERE id = $1",
    [id],
  )
  const { text, buttons } = await town.card(topicId)
  expect(text.text).toContain('житель удалил свои данные')
  expect(buttons).toEqual([])
  const [{ id: empty } = { id: 0 }] = await town.sql<{ id: number }>(
    't.topic',
    'INSERT INTO desk_topic (created_at) VALUES ($1) RETURNING id',
    [minutesAgo(0)],
  )
  expect(await town.cardText(empty)).toBe('Обращений в этой теме пока нет.')
})

test('the state line tells the place in the queue, whom it was passed to, what was promised, until when it is put off, and how it ended', async () => {
  const { resident, account } = await vera()
  const { topicId, id } = await town.handOff(resident, { chat: 'telegram:5551234', account })
  const other = await town.resident(['vk:79'])
  await town.handOff(other, { chat: 'vk:79', account, also: { queued_at: minutesAgo(31) } })
  const set = (columns: string) => town.fresh.database.pool.query(`UPDATE hand_off SET ${columns} WHERE id = $1`, [id])
  const first = async () => (await town.cardText(topicId)).split('\n\n')[0]
  expect(await first()).toContain('Ждёт с 11:30, 2-й в очереди')
  await set("offered_to = '2', morning = true, patient = true, queued_at = '2026-11-27T15:10:00Z'")
  expect(await first()).toMatch(
    /^Ждёт с 27 ноября 2026, 20:10, 1-й в очереди\nПередано: Сергей\nЖителю обещали ответить с открытия\.\nЖитель не ждёт в чате: ответ можно дать позже\.\n№/,
  )
  await set("state = 'on_hold', taken_by = '2', hold_until = '2026-11-28T10:00:00Z', morning = false, patient = false")
  expect(await first()).toMatch(/^Отложено до 15:00, Сергей\n№/)
  expect(await town.cardText(topicId)).toContain('По этому же счёту обратился и другой житель\n')
  await set(
    "state = 'closed', closed_at = '2026-11-28T06:30:00Z', closed_by = 'silence', rating = 5, rating_words = 'спасибо'",
  )
  expect(await first()).toMatch(/^Закрыто, 11:30: житель долго молчал\nОценка: 5 из 5, «спасибо»\n№/)
  expect(await town.cardText(topicId)).not.toContain('Берёзкина')
})

test('prepared corrections stand in the card with what is right, of another account with its end', async () => {
  const { resident, account } = await vera()
  const [meter] = await town.sql<{ id: string; serial: string }>(
    't.meter',
    "SELECT id, serial FROM meter WHERE account_id = $1 AND service = 'HVS'",
    [account],
  )
  await town.sql(
    't.draft',
    `INSERT INTO request_draft (id, subject, resident_id, account_id, meter_id, period, t1, photo_ids, created_at)
     VALUES (gen_random_uuid(), 'correction', $1, $2, $3, '2026-10', 322.5, ARRAY[gen_random_uuid()], $4)`,
    [resident, account, meter?.id, minutesAgo(0)],
  )
  const { topicId, id } = await town.handOff(resident, { chat: 'telegram:5551234', account, ...taken })
  const correction = `исправить показание за октябрь 2026: Холодная вода, счётчик № ${meter?.serial}, верно 322,5 м³; фото: 1`
  expect((await town.cardText(topicId)).toLowerCase()).toContain(correction.toLowerCase())
  const second = await town.account('6610304460')
  await town.link(resident, second, { proof: 'address' })
  await town.sql('t.other', 'UPDATE hand_off SET account_id = $2 WHERE id = $1', [id, second])
  expect(await town.cardText(topicId)).toContain(`Счёт ••••5547, ${correction}`)
})

test('however much there is, the card fits into one message, keeps what matters most and says what is missing', async () => {
  const { resident, account } = await vera()
  const all = await town.sql<{ id: number }>('t.all', 'SELECT id FROM account WHERE open AND id <> $1 LIMIT 60', [
    account,
  ])
  for (const { id } of all) await town.link(resident, id, { proof: 'address', at: minutesAgo(1) })
  await town.sql(
    't.long',
    "UPDATE account SET payer_name = repeat('Длинная ', 100), street = repeat('Улица ', 100) WHERE id = $1",
    [account],
  )
  const steps = Array.from({ length: 8 }, (_, nth) => ({
    ...{ dialog: nth % 2 ? 'answers' : 'accountGone', at: 'x', did: 'failed' as const },
  }))
  const { topicId } = await town.handOff(resident, { chat: 'telegram:5551234', account, ...taken, steps })
  const { text } = await town.card(topicId)
  expect(text.text.length).toBeLessThanOrEqual(4096)
  expect(text.text.length).toBeGreaterThan(3500)
  expect(text.text).toMatch(/… и ещё \d+ стро\p{L}+ не поместил\p{L}+$/u)
  expect(text.text).toContain('октябрь 2026: начислено')
  expect(text.text).toContain('Горячая вода')
  for (const { at, length } of text.spans) expect(text.text.slice(at, at + length)).not.toMatch(/^\s|\n|^$/)
  const bold = text.spans
    .filter(({ style }) => style === 'bold')
    .map(({ at, length }) => text.text.slice(at, at + length))
  expect(bold).toEqual(expect.arrayContaining(['Ольга', 'Платежи', 'Счётчики', 'Другие счета жителя']))
})

test('every text of a card is there in English, too', () => {
  expect(words.plain('en', { key: 'desk.card.latelyRated', values: { count: 2, days: 30, ratings: '5, 4' } })).toBe(
    '2 more talks in 30 days, rated 5, 4',
  )
})
