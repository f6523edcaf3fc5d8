import { expect, test } from 'vitest'
import { addPeriods, type Period } from '../../src/domain/period.ts'
import type { ChargesFacts } from '../../src/files/charges/facts.ts'
import { chargesPdf } from '../../src/files/charges/pdf.ts'
import { month, workedLines } from '../domain/charges/months.ts'
import { readPdf } from './pdfText.ts'
import { sayIn } from './say.ts'

const march = (change: Partial<ChargesFacts> = {}): ChargesFacts => ({
  ...{ from: '2026-03', to: '2026-03', number: '••••4567' },
  months: [month(workedLines, { opening: 521_037, paid: 500_000, penalty: 341 })],
  payments: [{ paidAt: '2026-03-12', postedAt: '2026-03-15', kopecks: 500_000, channel: 'BANK', period: '2026-02' }],
  ...change,
})

const read = async (facts: ChargesFacts, language: 'ru' | 'en' = 'ru') =>
  readPdf(await chargesPdf(facts, sayIn(language), language))

test('tells the account by its end, the month, each line, the balances in words and the payments', async () => {
  const [page] = await read(march())
  expect(page?.size).toEqual([842, 595])
  const lines = page?.text.split('\n') ?? []
  expect(lines.slice(0, 3)).toEqual(['Начисления и платежи', 'Лицевой счёт ••••4567', 'март 2026'])
  expect(lines.join(' ')).toContain('GVS_WATER 3,284 м³ 52,63 172,84 ₽ −64,12 ₽ 108,72 ₽')
  expect(lines.join(' ')).toContain('Всего 10 035,67 ₽ −64,12 ₽ −250,00 ₽ 9 721,55 ₽')
  expect(lines).toContain(
    'На начало месяца: долг 5 210,37 ₽. Начислено: 9 721,55 ₽. Пени: 3,41 ₽. Оплачено: 5 000,00 ₽. На конец месяца: долг 9 935,33 ₽.',
  )
  expect(lines.join(' ')).toContain('12 марта 2026 15 марта 2026 банк февраль 2026 5 000,00 ₽')
  expect(lines.at(-1)).toBe('Страница 1 из 1')
})

test('says of figures that do not add up that they do not, of an overpayment what it is, and of no payments that there are none', async () => {
  const odd = month([{ service: 'HVS', accrued: '10' }], { opening: -5_000, closing: 77, mismatches: ['CLOSING'] })
  const [page] = await read(march({ months: [odd], payments: [] }))
  expect(page?.text).toContain('Суммы за этот месяц не сходятся')
  expect(page?.text).toContain('На начало месяца: переплата 50,00 ₽.')
  expect(page?.text).toContain('Платежей за эти месяцы нет.')
})

test('tells the supplier and the reason of a recalculation below the service, and all of it in English', async () => {
  const [line] = month([{ service: 'GVS', accrued: '100', recalculation: '-7' }]).rows
  const rows = line ? [{ ...line, supplier: 'ПАО «Т Плюс»', recalculationReason: 'три дня без воды' }] : []
  const facts = march({ months: [{ ...month([]), rows }] })
  expect((await read(facts))[0]?.text).toContain('GVS\nПАО «Т Плюс»\nПерерасчёт: три дня без воды')
  expect((await read(facts, 'en'))[0]?.text).toMatch(
    /Account ••••4567[\s\S]*Recalculation: три дня без воды[\s\S]*Page 1 of 1/,
  )
})

/** Names as long as the billing's file may have them, of words that occur in such names. */
const longName = (nth: number): string => {
  const words = ['холодное', 'водоснабжение', 'для', 'содержания', 'общего', 'имущества', 'многоквартирного', 'дома']
  const name = Array.from({ length: 40 }, (_, at) => words[(at * (nth + 3) + nth) % words.length]).join(' ')
  return `${nth} ${name}`.slice(0, 200).trim()
}

test('of two years of 40 services with names of 200 letters is under 300 KB, and no line of it is lost', async () => {
  const months = Array.from({ length: 24 }, (_, nth) =>
    month(
      Array.from({ length: 40 }, (_, at) => ({ service: longName(at), accrued: `${100 + at},${10 + nth}` })),
      { period: addPeriods('2024-11', nth) },
    ),
  )
  const bytes = await chargesPdf(march({ from: '2024-11' as Period, to: '2026-10', months }), sayIn('ru'), 'ru')
  expect(bytes.length).toBeLessThan(300_000)
  const pages = await readPdf(bytes)
  const whole = pages.map(({ text }) => text).join('\n')
  expect(whole.match(/Всего/g)).toHaveLength(25)
  for (let nth = 0; nth < 24; nth++) expect(whole.split(`139,${10 + nth} ₽`)).toHaveLength(3)
  for (const { pieces } of pages) expect(pieces.every(({ x, width }) => x >= 36 && x + width <= 807)).toBe(true)
})
