import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPayload } from '../../src/domain/payment/readPayload.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { type BillingFolder, billingFolder } from '../exchange/billingFiles.ts'
import { drawnPages, scanned } from '../files/pdfPicture.ts'
import { readPdf } from '../files/pdfText.ts'
import { openTown, type Town } from '../support/town.ts'
import { unlinked } from './links.ts'
import { codeOf, paperOf, type Shown, shownBy } from './receipts.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, nextPoint, settled, type Talk } from './talk.ts'

let town: Town
let folder: BillingFolder
beforeAll(async () => {
  town = await openTown({ env: { PAY_ONLINE_URL: 'https://pay.example/erc', FRISBI_ADDRESSES: 'улица Примерная, 3' } })
  folder = await billingFolder()
})
afterAll(async () => {
  await folder.remove()
  await town.close()
})

const names = ({ files }: Shown) => files.map(({ name }) => name)

/** What a code says of whom and how much. */
async function payloadOf(bytes: Uint8Array) {
  const [page] = await drawnPages(bytes)
  const read = readPayload((page && scanned(page)) ?? new Uint8Array())
  return read.ok ? read.fields : undefined
}

/** The billing's word about an account, by its own importer. */
async function balance(talk: Talk, number: string, kopecks: number | null, at: string): Promise<void> {
  await talk.town.fresh.database.pool.query(
    'UPDATE account SET balance_kopecks = $1, balance_at = $2 WHERE number = $3',
    [kopecks, at, number],
  )
}

describe.each(messengers)('receipts in %s', (messenger) => {
  test('are one press from the menu: what is to be paid in words, and a file of each kind', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const last = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(last.text).toContain(
      'Жильё и коммунальные услуги: 11 221,69 ₽, заплатить до 15 ноября 2026\n' +
        'Капитальный ремонт: 1 423,92 ₽, заплатить до 15 ноября 2026\n\nВсего к оплате: 12 645,61 ₽.',
    )
    expect(names(last)).toEqual(['kvitanciya_5547_2026-10.pdf', 'kvitanciya_kapremont_5547_2026-10.pdf'])
    expect(last.labels).toEqual(['Прислать ещё раз', 'Как оплатить', 'Другой месяц', 'Назад', 'Меню'])
    const [main, capital] = await Promise.all(last.files.map(paperOf(town)))
    const [page] = await readPdf(main ?? new Uint8Array())
    expect(page?.text).toContain('Берёзкина Вера Макаровна')
    expect(await payloadOf(main ?? new Uint8Array())).toMatchObject({ Sum: '1122169', PersAcc: '6682305547' })
    expect(await payloadOf(capital ?? new Uint8Array())).toMatchObject({
      ...{ Sum: '142392', Name: 'Фонд капитального ремонта (пример)', LastName: 'Берёзкина', PaymPeriod: '102026' },
    })
  })

  test.each([
    [flats.threeZones, 'платить не нужно, переплата 5 282,77 ₽', /Всего|Прошлая/],
    [flats.twoZones, 'Из них долг за прошлые месяцы: 60 813,21 ₽.', /переплата/],
  ])('tell a debt and an overpayment in words: %j', async (flat, told, not) => {
    const talk = await settled(town, messenger, flat)
    const { text } = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(text).toContain(told)
    expect(text).not.toMatch(not)
    expect(text).not.toMatch(/[−-]\s?\d+,/)
  })

  test('of other months are found by buttons and by words; of one that is not there the last is shown, or that it is not', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const september = await shownBy(talk, () => talk.hand.say('нужна квитанция за сентябрь'))
    expect(names(september)[0]).toBe('kvitanciya_5547_2026-09.pdf')
    expect(september.text).toMatch(said('receipt.older'))
    const pick = await talk.press('Другой месяц', said('receipt.which'))
    expect(labels(pick)).toEqual([
      ...['октябрь 2026', 'сентябрь 2026', 'август 2026', 'июль 2026', 'июнь 2026', 'май 2026'],
      ...['Дальше', 'Назад', 'Меню'],
    ])
    expect(labels(await talk.press('Дальше', said('receipt.which')))).toContain('апрель 2026')
    await talk.say('05.2020', said('receipt.noSuchMonth', { period: 'май 2020' }))
    const march = await shownBy(talk, () => talk.hand.say('март'))
    expect(names(march)[0]).toBe('kvitanciya_5547_2026-03.pdf')
    const november = await shownBy(talk, () => talk.hand.say('ноябрь'))
    expect(november.text).toMatch(both(said('receipt.notYet', { period: 'ноябрь 2026' }), /Квитанция за октябрь 2026/))
  })

  test('are drawn once a day, and sent again without being drawn', async () => {
    const talk = await settled(town, messenger, flats.house)
    const ids = async () =>
      (
        await town.fresh.database.pool.query<{ id: string }>(
          `SELECT id FROM drawn_platform_ref WHERE messenger = $1 AND id LIKE 'receipt:' || (SELECT id FROM account WHERE number = $2) || ':%'`,
          [messenger, flats.house.number],
        )
      ).rows
    const first = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(await ids()).toHaveLength(first.files.length)
    const again = await shownBy(talk, () => talk.hand.press('Прислать ещё раз'))
    expect([names(again), await ids()]).toEqual([names(first), await ids()])
    expect(await ids()).toHaveLength(first.files.length)
    expect(again.files.map(({ url }) => url)).toEqual(first.files.map(({ url }) => url))
  })

  test('say when payments have come since, and how much is left', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const [[account] = []] = [
      (
        await town.fresh.database.pool.query('SELECT balance_kopecks, balance_at FROM account WHERE number = $1', [
          flats.oneMeter.number,
        ])
      ).rows,
    ]
    for (const [kopecks, told] of [
      [77_138, said('receipt.left', { at: '9 ноября 2026', sum: '771,38 ₽' })],
      [0, said('receipt.paidUp')],
      [-5_000, said('receipt.overpaidNow', { sum: '50,00 ₽' })],
    ] as const) {
      await balance(talk, flats.oneMeter.number, kopecks, '2026-11-09')
      expect((await shownBy(talk, () => talk.hand.say('квитанция'))).text).toMatch(told)
      const ways = await talk.press('Как оплатить', told)
      expect(labels(ways).filter((label) => label.startsWith('QR'))).toHaveLength(kopecks < 0 ? 0 : 2)
      expect(ways.text.includes('https://pay.example/erc')).toBe(kopecks > 0)
      if (kopecks === 77_138) {
        const code = await shownBy(talk, () => talk.hand.press('QR-код: жильё и услуги'))
        expect(code.text).toMatch(said('payment.sumYourself'))
        const [picture] = await Promise.all(code.files.map(paperOf(town)))
        expect(codeIn(picture)?.Sum).toBeUndefined()
      }
    }
    await balance(talk, flats.oneMeter.number, Number(account.balance_kopecks), '2026-11-01')
  })

  test('of an account without any say so', async () => {
    const { pool } = town.fresh.database
    const own = '(SELECT id FROM account WHERE number = $1)'
    await pool.query(`DELETE FROM charge_month WHERE account_id = ${own}`, [flats.expired.number])
    await pool.query('UPDATE account SET balance_kopecks = NULL WHERE number = $1', [flats.expired.number])
    const talk = await settled(town, messenger, flats.expired)
    await talk.press('Квитанция', said('receipt.none'))
    await talk.say('как оплатить', both(said('payment.unknown'), said('payment.desks')))
  })

  test('of an account that is linked no more are not sent, not even on the way', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const refused = await shownAfter(talk, () =>
      town.fresh.database.pool.query('UPDATE link SET removed_at = $2 WHERE chat = $1', [talk.chat, town.clock.now()]),
    )
    expect(refused.text).toMatch(said('receipt.denied'))
    expect([refused.files, refused.text.includes('₽')]).toEqual([[], false])
  })
})

/** Asks for the receipt while the messenger cannot take it, does something, and answers what is shown when it can. */
async function shownAfter(talk: Talk, meanwhile: () => Promise<unknown>): Promise<Shown> {
  const { messenger } = talk.hand
  const method = messenger === 'telegram' ? 'sendDocument' : 'messages.send'
  await town.hand.fault({ messenger, method, times: 1, effect: { kind: 'cut' } })
  await town.product.outbox.idle()
  const tried = nextPoint('delivery.settled')
  return shownBy(talk, async () => {
    await talk.hand.press('Квитанция')
    await tried
    await meanwhile()
  })
}

function codeIn(picture: Uint8Array | undefined) {
  const read = readPayload((picture && codeOf(picture)) ?? new Uint8Array())
  return read.ok ? read.fields : undefined
}

describe.each(messengers)('how to pay in %s', (messenger) => {
  test('says how much and where, only what is configured, and has a code of each kind', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const ways = await talk.say('куар код', said('payment.title'))
    expect(ways.text).toContain('Всего к оплате: 12 645,61 ₽.')
    expect(ways.text).toContain('На сайте: https://pay.example/erc\n')
    expect(ways.text).toContain('Где кассы «Фрисби»: улица Примерная, 3')
    expect(ways.text).not.toContain('Подробнее')
    expect(labels(ways)).toEqual(['QR-код: жильё и услуги', 'QR-код: капитальный ремонт', 'Квитанция', 'Назад', 'Меню'])
    const code = await shownBy(talk, () => talk.hand.press('QR-код: капитальный ремонт'))
    expect(code.files).toMatchObject([{ kind: 'photo' }])
    expect(codeIn((await Promise.all(code.files.map(paperOf(town))))[0])).toMatchObject({
      ...{ Sum: '142392', PersonalAcc: '40603810416000000077', PersAcc: '6682305547' },
      ...{ Purpose: 'Взнос на капитальный ремонт, ЛС 6682305547, 10.2026', LastName: 'Берёзкина' },
    })
    expect(code.text).toContain('Получатель: Фонд капитального ремонта (пример)\nИНН: 6699000024\n')
    expect(code.text).toContain('Лицевой счёт: 6682305547\n')
    const back = await talk.press('Назад', said('payment.title'))
    expect(back.id).not.toBe(code.id)
  })

  test('sends nobody to pay who has paid too much, and has no code for him', async () => {
    const talk = await settled(town, messenger, flats.threeZones)
    const ways = await talk.say('как оплатить', said('payment.title'))
    expect(labels(ways)).toEqual(['Квитанция', 'Назад', 'Меню'])
    expect(ways.text).not.toMatch(/pay\.example|QR|Фрисби/)
  })

  test('tells whoever sees no pictures all that the code holds', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('настройки', said('settings.title'))
    await talk.press('Простой вид', 'Простой вид включён')
    await talk.say('как оплатить', said('payment.title'))
    const code = await shownBy(talk, () => talk.hand.say('1'))
    expect(code.files).toEqual([])
    expect(code.text).toMatch(both(said('payment.scan_plain'), /Расчётный счёт: 40702810216000000042/))
    const receipt = await shownBy(talk, () => talk.hand.say('квитанция'))
    expect(receipt.files).toHaveLength(2)
  })

  test('is told in general to whoever has linked nothing', async () => {
    const talk = await unlinked(town, messenger)
    await talk.say('как оплатить', said('answers.payment'))
  })
})

test('a month that is corrected while it is on its way is not sent beside words that say otherwise', async () => {
  const talk = await settled(town, 'telegram', flats.room)
  const { pool } = town.fresh.database
  const told = await shownAfter(talk, () =>
    pool.query(
      `UPDATE charge_month SET digest = gen_random_uuid() WHERE period = '2026-10' AND account_id = (SELECT id FROM account WHERE number = $1)`,
      [flats.room.number],
    ),
  )
  expect([told.files, said('receipt.notSent').test(told.text)]).toEqual([[], true])
  const again = await shownBy(talk, () => talk.hand.press('Прислать ещё раз'))
  expect(again.files.length).toBeGreaterThan(0)
})

test('requisites that hold from tomorrow are not paid to today', async () => {
  const row = {
    ...{ kind: 'MAIN', valid_from: '2026-11-11', name: 'ТСЖ Новое', personal_acc: '40702810216000000042' },
    ...{ bank_name: 'Банк Пример', bic: '046599999', corresp_acc: '0', inn: '', kpp: '' },
  }
  const file = await folder.put('requisites_20261105_001.csv', [row])
  await importFile(town.fresh.database, file, { hashKey: 'k', today: '2026-11-10' })
  const talk = await settled(town, 'vk', flats.twoWater)
  await talk.say('как оплатить', said('payment.title'))
  await talk.press('QR-код: жильё и услуги', 'Расчётный центр (пример)')
  town.clock.set('2026-11-11T07:00:00Z')
  await talk.say('как оплатить', said('payment.title'))
  await talk.press('QR-код: жильё и услуги', 'Получатель: ТСЖ Новое')
})

test('no line that was logged holds an account’s number or a name, and nothing asked of the messengers was against their rules', async () => {
  expect(town.logged.join('\n')).not.toMatch(/66\d{8}|Берёзкина/)
  expect(await town.hand.violations()).toEqual([])
})
