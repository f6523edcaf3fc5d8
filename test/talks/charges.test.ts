import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import { type BillingFolder, billingFolder, type Cells, chargeRows } from '../exchange/billingFiles.ts'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
let folder: BillingFolder
beforeAll(async () => {
  town = await openTown()
  folder = await billingFolder()
})
afterAll(async () => {
  await folder.remove()
  await town.close()
})

/** Pays half of the contribution to capital repair. */
const privileged = { number: '6608338786' }
const ways = ['Назад', 'Меню']

describe.each(messengers)('charges in %s', (messenger) => {
  test('say in one press what is to be paid, by when, as of which day, and what was paid last', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const balance = await talk.press(
      'Начисления',
      'К оплате 12 645,61 ₽\nдо 15 ноября 2026\nДолга за прошлые месяцы нет.',
    )
    expect(balance.text).toContain('Данные на 1 ноября 2026.')
    expect(balance.text).toContain('Жильё и коммунальные услуги: 11 221,69 ₽\nКапитальный ремонт: 1 423,92 ₽')
    expect(balance.text).toContain('Последний платёж: 4 621,96 ₽, 9 октября 2026, зачислен 11 октября 2026.')
    expect(labels(balance)).toEqual([
      ...['За что', 'Другой месяц', 'Платежи', 'Почему больше?', 'Квитанция', 'Как оплатить'],
      ...ways,
    ])
  })

  test.each([
    [flats.threeZones, /^Переплата 7 955,55 ₽\nДолга нет, платить сейчас не нужно/],
    [flats.twoZones, /^Долг 71 414,14 ₽\nК оплате до 15 ноября 2026\.\nСюда входит и долг за прошлые месяцы\./],
  ])('tell an overpayment and a debt in words', async (flat, told) => {
    const talk = await settled(town, messenger, flat)
    const { text } = await talk.say('/charges', told)
    expect(text).not.toMatch(/[−-]\s?\d/)
  })

  test('of a month are told by service, each in a block, with what they come to', async () => {
    const talk = await settled(town, messenger, flats.withoutMeters)
    await talk.press('Начисления', said('charges.head.toPayUntil'))
    const month = await talk.press('За что', 'Начислено за октябрь 2026: 12 677,62 ₽')
    expect(month.text).toContain(
      '\n\nХолодное водоснабжение\n9,7 м³ × 59,41 ₽ = 576,28 ₽, по нормативу\nповышающий коэффициент: добавлено 1 152,56 ₽\nитого 1 728,84 ₽\n\n',
    )
    expect(month.text).toContain(
      'Жильё и коммунальные услуги: итого\nбыло на начало месяца: долг 6 178,38 ₽\nоплачено 6 178,38 ₽\nначислено 11 571,97 ₽\nстало на конец месяца: долг 11 571,97 ₽\nоплатить до 15 ноября 2026',
    )
    expect(labels(month)).toEqual([
      ...['Почему больше?', 'Другой месяц', 'Квитанция', 'Картинка за год', 'Сохранить в файл'],
      ...ways,
    ])
    await talk.press('Назад', said('charges.head.toPayUntil'))
    const other = await settled(town, messenger, privileged)
    await other.say('за что я плачу', /Взнос на капитальный ремонт\n.*\nльгота: снято [\d ]+,\d\d ₽\nитого/)
  })

  test('of any month are found by a button or by typing it', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Начисления', said('charges.head.toPayUntil'))
    const months = await talk.press('Другой месяц', said('charges.askWhich'))
    expect(labels(months).slice(0, 2)).toEqual(['октябрь 2026', 'сентябрь 2026'])
    const rest = await talk.press('Дальше', said('charges.askWhich'))
    expect(labels(rest)).toEqual(expect.arrayContaining(['январь 2026', 'Весь 2026 год', '2025 год']))
    await talk.press('2025 год', said('charges.askWhich'))
    await talk.press('декабрь 2025', 'Начислено за декабрь 2025: 11 770,00 ₽')
    const march = await talk.say('март', 'Начислено за март 2026: 12 144,59 ₽')
    expect(march.text).toContain('перерасчёт: добавлено 64,63 ₽ (показания после расчёта по среднему)\nитого 416,67 ₽')
    await talk.say('3.26', 'Начислено за март 2026')
    const range = await talk.say('с марта по май', 'По месяцам: март 2026 — май 2026')
    expect(range.text).toContain('\nапрель 2026: начислено 11 732,80 ₽, оплачено 12 144,59 ₽\n')
    expect(range.text).toContain('Всего за 3 месяца: начислено 29 967,04 ₽, оплачено 35 854,00 ₽')
    expect(labels(range)).toEqual(['Другой месяц', 'Картинка за год', 'Сохранить в файл', ...ways])
    const year = await talk.say('за год', 'По месяцам: ноябрь 2025 — октябрь 2026')
    expect(year.text.split('\n').filter((line) => /^[а-я]+ 202\d: начислено/.test(line))).toHaveLength(12)
  })

  test('say kindly that a month has none, or none yet, and which have, and stay where they are', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Начисления', said('charges.head.toPayUntil'))
    const month = labels(await talk.press('За что', 'Начислено за октябрь 2026'))
    const have = 'Начисления есть за:\nсентябрь 2025 — октябрь 2026'
    for (const [typed, key] of [
      ['март 2025', 'charges.noneIn'],
      ['этот месяц', 'charges.notYet'],
      ['декабрь 2026', 'charges.ahead'],
    ] as const) {
      const answered = await talk.say(typed, said(key))
      expect([answered.text.includes(have), labels(answered)]).toEqual([true, month])
    }
    await talk.say('13.2026', said('charges.noSuchMonth'))
    await talk.say('ноябрь', both(said('charges.notPassed', { period: 'ноябрь 2026' }), /Начислено за ноябрь 2025/))
  })

  test('are opened at the month that is asked about at the menu', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('сколько я должна за март?', 'Начислено за март 2026')
    await talk.say('меню', said('menu.title'))
    await talk.say('начисления за март 2025', both(said('charges.noneIn'), said('charges.head.toPayUntil')))
    await talk.say('меню', said('menu.title'))
    await talk.say('почему в мае меньше?', 'Меньше на 5 643,15 ₽, чем за апрель 2026: в основном «Отопление»')
  })

  test('have the payments, the latest first, a reversal said to be one, those of a month by typing it', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Начисления', said('charges.head.toPayUntil'))
    const payments = await talk.press('Платежи', both(said('charges.payments.title'), said('charges.payments.slow')))
    const lines = payments.text.split('\n').filter((line) => /^\d+ /.test(line))
    expect(lines).toHaveLength(10)
    expect(lines[0]).toBe('9 октября 2026: 4 621,96 ₽, через интернет, зачислен 11 октября 2026')
    expect(lines).toContain('10 июля 2026: платёж 4 632,84 ₽ отменён (сторно)')
    await talk.press('Прошлые платежи', '14 июня 2026: 1 423,92 ₽, через интернет')
    const march = await talk.say('в марте', 'Платежи: март 2026')
    expect(march.text.split('\n').filter((line) => /^\d+ /.test(line))).toHaveLength(2)
    await talk.press('Все платежи', '9 октября 2026')
    await talk.press('Сколько платить', said('charges.head.toPayUntil'))
  })

  test('say why they are more than last month and than a year ago', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Начисления', said('charges.head.toPayUntil'))
    const why = await talk.press('Почему больше?', 'Больше на 6 599,73 ₽, чем за сентябрь 2026: в основном «Отопление»')
    expect(why.text).toContain(
      'Водоотведение: больше на 91,68 ₽\nбыло 264,45 ₽, стало 356,13 ₽\nвырос объём: больше на 51,06 ₽\n',
    )
    expect(why.text).toContain('Год назад, за октябрь 2025: 11 671,94 ₽. Сейчас больше на 973,67 ₽.')
    await talk.press(
      'Сравнить с прошлым годом',
      'Больше на 973,67 ₽, чем за октябрь 2025: в основном «Отопление», вырос тариф.',
    )
    await talk.say('сентябрь 2025', said('charges.why.nothing', { before: 'август 2025' }))
    await talk.press('За что', 'Начислено за сентябрь 2025')
  })

  test('are of the account that was chosen, also when words are typed there, until another is asked for', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.threeZones)
    await talk.press('Начисления', said('whichAccount.which'))
    const balance = await talk.press('Ленина, 5-12', both(/Ленина, д\. 5, кв\. 12/, /Переплата 7 955,55 ₽/))
    expect(labels(balance)).toContain('Другой счёт')
    await talk.say('почему больше', both(/Ленина, д\. 5, кв\. 12/, said('charges.why.more')))
    await talk.say('платежи за октябрь', both(/Ленина, д\. 5, кв\. 12/, said('charges.payments.titleOf')))
    await talk.press('Сколько платить', 'Переплата 7 955,55 ₽')
    await talk.press('Другой счёт', 'К оплате 12 645,61 ₽')
  })

  test('of forty services come page by page; once they are imported anew they are shown from the beginning', async () => {
    await load(messenger, 0, 'первая')
    const talk = await settled(town, messenger, flats.oneMeter)
    const first = await talk.say('за что я плачу', 'Часть 1 из ')
    const pages = [first.text]
    while (pages.length < Number(/из (\d+)/.exec(first.text)?.[1]))
      pages.push((await talk.press('Ещё услуги', `Часть ${pages.length + 1} из`)).text)
    const blocks = pages.flatMap((page) => page.split('\n\n')).filter((block) => /^первая \d/.test(block))
    expect(blocks).toHaveLength(40)
    expect(blocks.filter((block) => !/\n.*начислено 3,00 ₽.*$/.test(block))).toEqual([])
    // A figure of the billing that does not add up is shown, and said to be one.
    expect(pages.at(-1)).toMatch(both(/стало на конец месяца: долг 8,15 ₽/, said('charges.mismatch.CLOSING')))
    await talk.press('Предыдущие услуги', `Часть ${pages.length - 1} из`)
    await load(messenger, 1, 'вторая')
    const renewed = await talk.press('Ещё услуги', both(said('charges.renewed'), /Часть 1 из /))
    expect(renewed.text).not.toContain('первая')
    await talk.press('Ещё услуги', 'Часть 2 из ')
  })

  test('are told in short lines in plain mode', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('настройки', said('settings.title'))
    await talk.press('Простой вид', 'Простой вид включён')
    await talk.say('начисления', 'Оплачен 9 октября 2026.\nЗачислен 11 октября 2026.')
    const told = [
      await talk.say(
        '1',
        'Отопление.\nОбъём: 1,9909 Гкал.\nТариф: 3 198,99 ₽.\nНачислено: 6 368,87 ₽.\nКак считали: по общедомовому счётчику.',
      ),
      await talk.say(
        'Почему больше?',
        'Водоотведение: больше на 91,68 ₽.\nБыло: 264,45 ₽.\nСтало: 356,13 ₽.\nПричина: вырос объём.',
      ),
      await talk.say('с марта по май', 'Месяц: апрель 2026.\nНачислено: 11 732,80 ₽.\nОплачено: 12 144,59 ₽.'),
      await talk.say(
        'платежи',
        '9 октября 2026.\nОплачено: 4 621,96 ₽.\nКак: через интернет.\nСостояние: зачислен 11 октября 2026.',
      ),
    ]
    const longest = Math.max(...told.flatMap(({ text }) => text.split('\n').map((line) => line.length)))
    expect(longest).toBeLessThan(70)
  })
})

/** Forty services of a name of so many letters for the flat of one meter, in a file newer than all before it. */
async function load(messenger: string, nth: number, name: string): Promise<void> {
  const [line] = chargeRows(1, { account_no: flats.oneMeter.number })
  const rows = Array.from(
    { length: 40 },
    (_, index): Cells => ({
      ...line,
      ...{ service_code: `S${index}`, service_name: `${name} ${index} ${'наименование '.repeat(16)}`.slice(0, 199) },
    }),
  )
  const path = await folder.put(`charges_2026110${messenger === 'vk' ? 4 : 2}_00${nth + 1}.csv`, rows)
  expect(await importFile(town.fresh.database, path, { hashKey: 'k', today: '2026-11-10' })).toMatchObject({
    loaded: 40,
    bad: 0,
  })
}

describe('where Telegram may not carry sums', () => {
  let bounded: Town
  beforeAll(async () => {
    bounded = await openTown({ env: { CHANNEL_POLICY_TELEGRAM: 'linkOnly' } })
  })
  afterAll(() => bounded.close())

  test('it shows none, however it is asked, and VKontakte does', async () => {
    const opened = async (talk: Talk) => [
      await talk.press('Начисления'),
      await talk.say('/charges'),
      await talk.say('сколько я должна за март'),
      await talk.say('почему больше'),
    ]
    for (const { text } of await opened(await settled(bounded, 'telegram', flats.twoWater)))
      expect(text).not.toContain('₽')
    for (const { text } of await opened(await settled(bounded, 'vk', flats.twoWater))) expect(text).toContain('₽')
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
