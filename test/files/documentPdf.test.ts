import { describe, expect, test } from 'vitest'
import type { ChargeRow } from '../../src/domain/charges/charges.ts'
import { type certificate, chargedMonths, drawDocument, october, owing } from './documents.ts'
import { drawnPages, inkIn } from './pdfPicture.ts'
import { readPdf } from './pdfText.ts'

const textOf = async (bytes: Uint8Array) =>
  (await readPdf(bytes))
    .map(({ text }) => text)
    .join('\n')
    .replace(/\s+/g, ' ')

describe('a certificate', () => {
  test('of debt says it in figures and in words, for each kind with its payee', async () => {
    const text = await textOf(await drawDocument(owing(993_533, -142_392)))
    for (const part of [
      ...['Справка о наличии задолженности', '№ 100123 от 10 ноября 2026', 'По данным биллинга на 1 ноября 2026'],
      ...['6601234567, ЕЛС 75да533315', 'Иванов Иван Иванович', 'улица 8 Марта, д. 120, кв. 45'],
      'есть задолженность: 9 935,33 ₽ (девять тысяч девятьсот тридцать пять рублей 33 копейки).',
      ...['АО "Расчётный центр (пример)" ИНН 6699000017', 'долг девять тысяч', '9 935,33'],
      ...['Фонд капитального ремонта', 'переплата одна тысяча четыреста двадцать три', '1 423,92'],
      'Платежи, которые поступили после 1 ноября 2026, здесь не учтены.',
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/отсутствии|−/)
  })

  test.each([
    ['nothing is owed', owing(0, 0), 'долга нет'],
    ['all is overpaid', owing(-100, -200), 'переплата один рубль 00 копеек'],
  ])('of no debt is drawn when %s', async (_, facts, state) => {
    const text = await textOf(await drawDocument(facts))
    expect(text).toContain('Справка об отсутствии задолженности')
    expect(text).toContain('По данным на 1 ноября 2026 задолженности по этому лицевому счёту нет.')
    expect(text).toContain(state)
    expect(text).not.toContain('о наличии')
  })

  test('is not drawn of facts that certify nothing, whoever asks for it', async () => {
    await expect(drawDocument({ ...owing(0, 0), balance: { kopecks: 1, at: '2026-11-01' } })).rejects.toThrow('unsplit')
  })
})

describe.each(['debt', 'statement', 'reconciliation', 'details'] as const)('a document (%s)', (kind) => {
  const facts = kind === 'debt' ? owing(993_533, 142_392) : october
  const draw = (change: Partial<typeof certificate> = {}) =>
    drawDocument(facts, { kind, ...(kind !== 'debt' && { months: { from: '2026-10', to: '2026-10' } }), ...change })

  test('says that it was drawn automatically, of which day’s data, until when it holds, and how it is checked', async () => {
    const bytes = await draw()
    const text = await textOf(bytes)
    for (const part of [
      'Документ сформирован автоматически по данным биллинга на 1 ноября 2026. Без подписи и печати.',
      'Действителен по 20 ноября 2026 включительно.',
      'Если организации нужна печать, закажите',
      ...['8 (343) 000-00-00', '100123', '7KQ2-M9XD', 'счёт ••••4567 · страница 1 из'],
    ])
      expect(text).toContain(part)
    expect(bytes.length).toBeLessThan(300_000)
    const [page] = await drawnPages(bytes)
    expect(page && inkIn(page, [0.04, 0.05, 0.6, 0.12])).toBeGreaterThan(0.01)
  })

  test('names nobody whose name was not proved, and says why', async () => {
    const text = await textOf(await draw({ shows: 'nameless' }))
    expect(text).toContain('улица 8 Марта, д. 120, кв. 45')
    expect(text).toContain('счёт подключён к боту по адресу')
    expect(text).not.toContain('Иванов')
  })

  test('for a messenger that may not carry the payer has neither name, nor flat, nor the whole number', async () => {
    const text = await textOf(await draw({ shows: 'masked' }))
    expect(text).toContain('••••4567')
    expect(text).not.toMatch(/Иванов|кв\. 45|6601234567|75да533315/)
  })

  test('is the same at every drawing, and in English for whoever reads English', async () => {
    expect(Buffer.from(await draw()).equals(await draw())).toBe(true)
    const text = await textOf(await draw({ language: 'en' }))
    expect(text).toMatch(/Neither signed nor sealed/)
    expect(text).not.toMatch(/рубл|долг/)
  })
})

test('a statement tells each kind by month from its opening to its closing balance, and the payments the earliest first', async () => {
  const text = await textOf(
    await drawDocument(
      {
        ...october,
        balance: { kopecks: -5, at: '2026-11-01' },
        months: [...chargedMonths('MAIN', 2, 100, 777_722), ...chargedMonths('CAPREM', 2, 0, 142_392)],
        payments: [
          { paidAt: '2026-10-12', kopecks: -500 },
          { paidAt: '2026-09-12', postedAt: '2026-09-15', kopecks: 777_722, channel: 'BANK' },
        ],
      },
      { kind: 'statement', months: { from: '2026-09', to: '2026-10' } },
    ),
  )
  for (const part of [
    ...['Выписка по лицевому счёту', 'Период: сентябрь 2026 — октябрь 2026', 'переплата 0,05 ₽'],
    'сентябрь 2026 долг 1,00 ₽ 7 773,81 3,41 7 777,22 долг 1,00 ₽ октябрь 2026 долг 1,00 ₽',
    'Всего долг 1,00 ₽ 15 547,62 6,82 15 554,44 долг 1,00 ₽',
    'Взнос на капитальный ремонт',
    '12 сентября 2026 15 сентября 2026 банк 7 777,22 12 октября 2026 отмена платежа (сторно) −5,00 Всего 7 772,22',
  ])
    expect(text).toContain(part)
})

test('a statement says of a month that does not follow the one before that it does not', async () => {
  const months = chargedMonths('MAIN', 2, 100, 0).map((month, nth) => ({ ...month, opening: month.opening + nth }))
  const odd = 'не сходятся между собой или с прошлым месяцем'
  const draw = (of: typeof months) => drawDocument({ ...october, months: of }, { kind: 'statement' })
  expect(await textOf(await draw(months))).toContain(odd)
  expect(await textOf(await draw(chargedMonths('MAIN', 2, 100, 0)))).not.toContain(odd)
})

test('a reconciliation leaves room for the payer’s figures and ends with what the centre has, in words', async () => {
  const months = chargedMonths('MAIN', 3, 100, 777_722)
  const text = await textOf(await drawDocument({ ...october, months }, { kind: 'reconciliation' }))
  expect(text).toContain('У расчётного центра, ₽ У плательщика, ₽')
  expect(text).toContain('Всего за период Начислено 23 321,43 Пени 10,23 Оплачено 23 331,66')
  expect(text).toContain('по данным расчётного центра долг 1,00 ₽ (один рубль 00 копеек).')
})

test('five years of two kinds with long names lose no line and stay within the page', async () => {
  const long = (row: ChargeRow) => ({ ...row, name: `${row.name} `.repeat(12).trim() })
  const months = (['MAIN', 'CAPREM'] as const).flatMap((kind) =>
    chargedMonths(kind, 60, 0, 100).map((month) => ({ ...month, rows: month.rows.map(long) })),
  )
  for (const kind of ['statement', 'reconciliation', 'details'] as const) {
    const bytes = await drawDocument({ ...october, months }, { kind, months: { from: '2021-11', to: '2026-10' } })
    expect(bytes.length).toBeLessThan(400_000)
    const pages = await readPdf(bytes)
    const whole = pages.map(({ text }) => text).join('\n')
    expect(whole.match(/март 2024/gi)?.length).toBeGreaterThanOrEqual(2)
    expect(whole.split('100123').length - 1).toBe(pages.length + 2)
    for (const { pieces, size } of pages)
      expect(pieces.every(({ x, y, width }) => x >= 36 && x + width <= (size[0] ?? 0) - 35 && y > 24)).toBe(true)
  }
})
