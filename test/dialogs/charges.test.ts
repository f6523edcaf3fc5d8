import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { render as renderForTelegram } from '../../bots/telegram/render.ts'
import { render as renderForVk } from '../../bots/vk/render.ts'
import { charges } from '../../src/dialogs/charges.ts'
import type { Place } from '../../src/dialogs/chargesPlaces.ts'
import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import { type Charges, chargedFor } from '../../src/domain/charges/charges.ts'
import type { Balance } from '../../src/domain/charges/standing.ts'
import { type Kopecks, parseRoubles } from '../../src/domain/money.ts'
import type { Period } from '../../src/domain/period.ts'
import type { Here, Said } from '../../src/engine/dialog.ts'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import type { Screen } from '../../src/engine/saying.ts'
import { present } from '../../src/engine/screens.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openWords } from '../../src/infra/i18n.ts'
import type { PaymentMade } from '../../src/queries/charges.ts'
import type { Queries } from '../../src/queries/registry.ts'
import { telegramViolations, vkViolations } from '../contracts/violations.ts'
import { anyMonth, month, row } from '../domain/charges/months.ts'

const words = openWords('Asia/Yekaterinburg')
const { rules } = readConfig({})

interface Facts {
  months?: readonly Charges[]
  balance?: Balance
  payments?: PaymentMade[]
  policy?: ChannelPolicy
}

/** Somebody who stands at a place of the dialog, on 10 November 2026, with these facts of his account. */
function at<At extends Place>(place: At, { months = [], balance, payments = [], policy = 'full' }: Facts): Here<At> {
  const periods = [...new Set(months.map(({ period }) => period))].toSorted().toReversed()
  const queries = {
    charges: {
      balance: async () => balance,
      periods: async () => periods,
      payments: async () => payments,
      between: async (_: number, from: Period, to: Period) =>
        months.filter(({ period }) => period >= from && period <= to).map((each) => ({ ...each, version: 'v' })),
    },
  } as unknown as Queries
  const accounts = [{ id: 1, address: '' }]
  return {
    ...{ place, policy, queries, rules, chat: 'telegram:1', language: 'ru', plain: false },
    ...{ now: new Date('2026-11-10T07:00:00Z'), today: '2026-11-10', accountId: 1 },
    steps: () => [],
    alreadyMeans: () => false,
    meant: () => undefined,
    resident: { id: 'r', consented: true, consentVersion: 2, accounts },
  }
}

const asked = (place: Place, facts: Facts): Promise<Screen> =>
  Promise.resolve(charges.places[place.at].ask(at(place, facts) as never))

function resolved(screen: Screen, plain: 'byNumber' | false = false): Outgoing & { kind: 'show' } {
  const { outgoing } = present(screen, { words, language: 'ru', stamp: 1, plain })
  if (outgoing.kind !== 'show') throw new Error('nothing is shown')
  return outgoing
}

const textOf = async (place: Place, facts: Facts): Promise<string> =>
  resolved(await asked(place, facts)).text.text.replaceAll('\u00a0', ' ')

const october = (change: Partial<Charges> = {}) =>
  month([{ service: 'HVS', accrued: '1' }], { period: '2026-10', dueDate: '2026-11-15', ...change })

describe('the balance', () => {
  const balance = (kopecks: Kopecks): Balance => ({ kopecks, at: '2026-11-01' })
  test.each<[string, Facts, string[]]>([
    ['nothing', { balance: balance(0), months: [october()] }, ['Долга нет\n', 'Данные на 1 ноября 2026.']],
    ['one kopeck', { balance: balance(1), months: [october({ closing: 1 })] }, ['К оплате 0,01 ₽\nдо 15 ноября 2026']],
    ['a billion', { balance: balance(1e11), months: [october()] }, ['К оплате 1 000 000 000,00 ₽\nдо 15 ноября 2026']],
    ['an overpayment', { balance: balance(-250_00), months: [] }, ['Переплата 250,00 ₽', 'платить сейчас не нужно']],
    [
      'a debt of earlier months',
      { balance: balance(150), months: [october({ opening: 50, closing: 150 })] },
      ['Долг 1,50 ₽', 'К оплате до 15 ноября 2026.', 'долг за прошлые месяцы'],
    ],
    [
      'a day that has passed',
      { balance: balance(100), months: [october({ dueDate: '2026-11-05' })] },
      ['Долг 1,00 ₽', 'Срок оплаты был 5 ноября 2026.', 'всё в порядке'],
    ],
    ['not known', { months: [october()] }, ['Остаток пока неизвестен', 'Начислено за октябрь 2026: 1,00 ₽.']],
    [
      'an account without charges',
      { balance: balance(0) },
      ['Начислений по этому счёту пока нет.', 'Платежей пока не видно'],
    ],
    [
      'kinds that each have a receipt of their own',
      { balance: balance(50), months: [october(), october({ kind: 'CAPREM', closing: -50 })] },
      ['Жильё и коммунальные услуги: 1,00 ₽\nКапитальный ремонт: переплата 0,50 ₽'],
    ],
  ])('is told in words, and never with a minus: %s', async (_, facts, wishes) => {
    const told = await textOf({ at: 'balance' }, facts)
    for (const wish of wishes) expect(told).toContain(wish)
    expect(told).not.toMatch(/[−-]\s?\d/)
  })

  test.each<[string, Partial<PaymentMade>, string]>([
    [
      'posted',
      { postedAt: '2026-10-14' },
      '12 октября 2026, зачислен 14 октября 2026. Новый появится здесь через несколько дней.',
    ],
    ['not posted yet', {}, 'ещё не зачислен. Это занимает несколько дней.'],
    ['to be posted later', { postedAt: '2026-11-11' }, 'ещё не зачислен.'],
    ['posted after the day of the balance', { postedAt: '2026-11-02' }, 'В сумму выше он ещё не вошёл.'],
    ['reversed', { kopecks: -10_000 }, '12 октября 2026 платёж 100,00 ₽ отменён (сторно).'],
  ])('is told with the last payment: %s', async (_, change, wish) => {
    const payment = { paidAt: '2026-10-12', kopecks: 10_000, ...change } as const
    const facts = { balance: balance(100), months: [october()], payments: [payment] }
    expect(await textOf({ at: 'balance' }, facts)).toContain(wish)
  })

  test('asks why it is less when it fell', async () => {
    const labels = async (before: string) =>
      resolved(
        await asked(
          { at: 'balance' },
          { months: [month([{ service: 'HVS', accrued: before }], { period: '2026-09' }), october()] },
        ),
      )
        .buttons.flat()
        .map(({ label }) => label)
    expect(await labels('2')).toContain('Почему меньше?')
    expect(await labels('0.5')).toContain('Почему больше?')
  })
})

describe('a month', () => {
  const shown = (lines: Parameters<typeof row>[0][], change: Partial<Charges> = {}) =>
    textOf({ at: 'month', period: '2026-10', page: 0 }, { months: [month(lines, { period: '2026-10', ...change })] })

  test('is told by its services as the billing has them', async () => {
    const told = await shown(
      [
        { service: 'HVS', volume: '6.335', unit: 'м³', tariff: '52.63', multiplier: '166.71' },
        { service: 'GVS', volume: '3.284', unit: 'м³', tariff: '52.63', recalculation: '-64.12', benefit: '-8' },
        { service: 'TKO', accrued: '0.01' },
        { service: 'BACK', volume: '-2', unit: 'м³', tariff: '52.63' },
      ],
      { opening: -100, paid: -500, penalty: 341 },
    )
    expect(told).toContain(
      'HVS\n6,335 м³ × 52,63 ₽ = 333,41 ₽\nповышающий коэффициент: добавлено 166,71 ₽\nитого 500,12 ₽',
    )
    expect(told).toContain(
      'GVS\n3,284 м³ × 52,63 ₽ = 172,84 ₽\nперерасчёт: снято 64,12 ₽\nльгота: снято 8,00 ₽\nитого 100,72 ₽',
    )
    expect(told).toContain('TKO\nначислено 0,01 ₽\n')
    expect(told).toContain('BACK\n−2 м³ по 52,63 ₽, начислено 105,26 ₽ в вашу пользу')
    expect(told).toContain(
      'было на начало месяца: переплата 1,00 ₽\nотменено платежей на 5,00 ₽\nначислено 495,59 ₽\nпени 3,41 ₽\nстало на конец месяца: долг 503,00 ₽',
    )
  })

  test('says nothing of a product that is none, and what the volume comes from in plain words', async () => {
    const lines = { service: 'HEAT', volume: '2', unit: 'Гкал', tariff: '100', accrued: '150' }
    const based = (basis: string) => ({ ...month([lines], { period: '2026-10' }), rows: [{ ...row(lines), basis }] })
    const told = (basis: string) => textOf({ at: 'month', period: '2026-10', page: 0 }, { months: [based(basis)] })
    expect(await told('по прибору')).toContain('2 Гкал по 100,00 ₽, начислено 150,00 ₽, по счётчику')
    expect(await told('1/12 года')).toContain('начислено 150,00 ₽, основание: 1/12 года')
  })

  test('shows figures that do not add up as they are, and says so', async () => {
    const told = await shown([{ service: 'HVS', accrued: '1' }], { closing: 777, mismatches: ['CLOSING', 'ROW_TOTAL'] })
    expect(told).toContain('стало на конец месяца: долг 7,77 ₽')
    expect(told).toContain('не сходится с остальными цифрами.\nУ одной из услуг итог не сходится')
  })

  test('that nobody is charged for any more leads to those that are', async () => {
    const told = await textOf({ at: 'month', period: '2025-03', page: 0 }, { months: [october()] })
    expect(told).toContain('Начислений за март 2025 нет.\n\nНачисления есть за:\nоктябрь 2026')
  })
})

/** Forty services, with names and reasons as long as the billing may send. */
const long = (): Charges => {
  const rows = Array.from({ length: 40 }, (_, nth) => ({
    ...row({
      service: `S${nth}`,
      volume: '12345.6789',
      unit: 'кВт·ч',
      tariff: '99999.9999',
      multiplier: '1',
      benefit: '-1',
      recalculation: '-7',
    }),
    ...{ name: `${nth} ${'наименование '.repeat(16)}`.slice(0, 199).trim(), basis: 'x'.repeat(40) },
    recalculationReason: 'причина '.repeat(25).trim(),
  }))
  return { ...month([], { period: '2026-10' }), rows }
}

describe.each(['byNumber', false] as const)('forty services with names of 200 characters (plain: %s)', (plain) => {
  test.each<[string, Place, Facts]>([
    ['a month', { at: 'month', period: '2026-10', page: 0 }, { months: [long()] }],
    [
      'why',
      { at: 'why', period: '2026-10', against: 'month', page: 0 },
      { months: [october({ period: '2026-09' }), long()] },
    ],
  ])('%s: keep to the limits of both messengers, whole, each once', async (_, place, facts) => {
    const told: string[] = []
    let next: Place | undefined = place
    while (next) {
      const screen = await asked(next, facts)
      const outgoing = resolved(screen, plain)
      const calls = [renderForTelegram('telegram:5551', outgoing), renderForVk('vk:77', outgoing)]
      for (const call of calls[0] ?? []) expect(telegramViolations(call as never)).toEqual([])
      for (const call of calls[1] ?? []) expect(vkViolations(call as never)).toEqual([])
      const messages = (calls[0] ?? []).flatMap((call) =>
        'payload' in call && 'text' in call.payload ? [call.payload.text] : [],
      )
      if (!plain) expect(messages).toHaveLength(1)
      told.push(...messages)
      const means = screen.choices.find(({ label }) => label.key === 'charges.nextServices')?.means
      next = means && 'answer' in means ? (means.answer as Place) : undefined
    }
    const blocks = told.flatMap((message) => message.split('\n\n'))
    for (const { name, recalculationReason } of long().rows) {
      const [block = '', ...others] = blocks.filter((each) => each.startsWith(name))
      expect(others).toEqual([])
      if (place.at === 'month') expect(block).toContain(recalculationReason)
      // The last line of a row, whatever it is.
      expect(block).toMatch(place.at === 'month' ? /итого|Итого/ : /было|Было/)
    }
  })
})

describe('the table of why', () => {
  const before: Period = '2026-09'
  const inMonth = (period: Period, months: readonly Charges[]) =>
    months.map((each, nth) => ({ ...each, period, kind: nth === 0 ? ('MAIN' as const) : ('CAPREM' as const) }))
  const signed = (said: string): Kopecks => {
    const [line = ''] = said.split('\n')
    const [, way, sum = ''] = /(больше|меньше) на ([\d\s]+,\d\d)/i.exec(line) ?? []
    return way === undefined ? 0 : (parseRoubles(sum) ?? Number.NaN) * (way.toLowerCase() === 'больше' ? 1 : -1)
  }

  test('adds up to the difference it is headed with, to the kopeck, and so do the causes of each service', async () => {
    await fc.assert(
      fc.asyncProperty(anyMonth, anyMonth, async (old, now) => {
        fc.pre(old.length > 0 && now.length > 0)
        const months = [...inMonth(before, old), ...inMonth('2026-10', now)]
        const all: string[] = []
        for (let page = 0, pages = 1; page < pages; page += 1) {
          const told = await textOf({ at: 'why', period: '2026-10', against: 'month', page }, { months })
          pages = Number(/Часть \d+ из (\d+)/.exec(told)?.[1] ?? 1)
          all.push(...told.split('\n\n').slice(page === 0 ? 0 : 1))
        }
        const [head = '', ...rest] = all
        const rows = rest.filter((part) => /\nбыло /.test(part))
        const charged = (part: readonly Charges[]) =>
          part.reduce((sum, each) => sum + chargedFor(each) + each.penalty, 0)
        expect(signed(head)).toBe(charged(now) - charged(old))
        expect(rows.reduce((sum, part) => sum + signed(part), 0)).toBe(signed(head))
        for (const part of rows) {
          const [, , ...causes] = part.split('\n')
          if (causes.length > 0) expect(causes.reduce((sum, line) => sum + signed(line), 0)).toBe(signed(part))
        }
      }),
      { numRuns: 200 },
    )
  })

  const why = (lines: Parameters<typeof row>[0][], change: Partial<Charges> = {}) =>
    textOf(
      { at: 'why', period: '2026-10', against: 'month', page: 0 },
      {
        months: [
          month([{ service: 'Вода', volume: '6', unit: 'м³', tariff: '52.63' }], { period: before }),
          month(lines, { period: '2026-10', ...change }),
        ],
      },
    )
  const water = { service: 'Вода', volume: '6', unit: 'м³', tariff: '52.63' }

  test.each<[string, Parameters<typeof row>[0][], Partial<Charges>, string]>([
    [
      'volume',
      [{ ...water, volume: '8' }],
      {},
      'Больше на 105,26 ₽, чем за сентябрь 2026: в основном «Вода», вырос объём.',
    ],
    [
      'tariff',
      [{ ...water, tariff: '59.41' }],
      {},
      'Больше на 40,68 ₽, чем за сентябрь 2026: в основном «Вода», вырос тариф.',
    ],
    [
      'less volume',
      [{ ...water, volume: '5' }],
      {},
      'Меньше на 52,63 ₽, чем за сентябрь 2026: в основном «Вода», уменьшился объём.',
    ],
    [
      'multiplier',
      [{ ...water, multiplier: '10' }],
      {},
      'в основном «Вода», выросла доплата по повышающему коэффициенту.',
    ],
    [
      'recalculation',
      [{ ...water, recalculation: '-10' }],
      {},
      'Меньше на 10,00 ₽, чем за сентябрь 2026: в основном «Вода», изменился перерасчёт.',
    ],
    ['benefit', [{ ...water, benefit: '-10' }], {}, 'в основном «Вода», льгота стала больше.'],
    [
      'penalty',
      [water],
      { penalty: 341 },
      'в основном выросли пени.\nБыло 315,78 ₽, за октябрь 2026 стало 319,19 ₽.\n\nСуммы здесь вместе с пенями.',
    ],
    [
      'a service that came',
      [water, { service: 'Тепло', accrued: '10' }],
      {},
      'в основном «Тепло», за сентябрь 2026 этой услуги не было.',
    ],
    [
      'a service that went',
      [],
      {},
      'Меньше на 315,78 ₽, чем за сентябрь 2026: в основном «Вода», за октябрь 2026 этой услуги нет.',
    ],
    ['another way of charging', [{ service: 'Вода', accrued: '400' }], {}, 'в основном «Вода», начислили иначе.'],
    ['nothing', [water], {}, 'Столько же, сколько за сентябрь 2026'],
  ])('is headed by the largest cause in one sentence: %s', async (_, lines, change, sentence) => {
    expect(await why(lines, change)).toContain(sentence)
  })

  test('says so when there is nothing to compare with', async () => {
    const told = await textOf({ at: 'why', period: '2026-10', against: 'year', page: 0 }, { months: [october()] })
    expect(told).toBe('Начислений за октябрь 2025 нет, сравнить не с чем.')
  })
})

describe('where a messenger may not carry sums', () => {
  const places: Place[] = [
    { at: 'balance' },
    { at: 'month', period: '2026-10', page: 0 },
    { at: 'months', from: '2026-09', to: '2026-10', page: 0 },
    { at: 'pick' },
    { at: 'payments', page: 0 },
    { at: 'why', period: '2026-10', against: 'month', page: 0 },
  ]
  const withheld = { kind: 'open', dialog: 'withheld', opening: 'charges' }

  test.each(['linkOnly', 'off'] as const)('nothing of them is shown at any place, nor read: %s', async (policy) => {
    for (const place of places) {
      const here = { ...at(place, { policy }), queries: {} as Queries }
      const answered = (said: Said) => charges.places[place.at].answer({ ...here, said } as never)
      expect(resolved(await charges.places[place.at].ask(here as never)).text.text).not.toMatch(/₽|\d/)
      expect(await answered({ kind: 'choice', value: { at: 'balance' } })).toEqual(withheld)
      expect(await answered({ kind: 'text', text: 'март' })).toEqual({ kind: 'unclear' })
      expect(await charges.begin({ ...here, place: undefined, opening: undefined })).toEqual(withheld)
    }
  })
})
