import { createHash } from 'node:crypto'
import fontkit from '@pdf-lib/fontkit'
import { describe, expect, test, vi } from 'vitest'
import { chargedFor } from '../../src/domain/charges/charges.ts'
import { readPayload } from '../../src/domain/payment/readPayload.ts'
import { sumInWords } from '../../src/domain/payment/sumInWords.ts'
import { bareSum } from '../../src/files/receipts/paper.ts'
import { vectors } from '../domain/payment/vectors.ts'
import { drawnPages, inkIn, scanned } from './pdfPicture.ts'
import { readPdf } from './pdfText.ts'
import { drawReceipt, march, withMonth } from './receipts.ts'

const textOf = async (bytes: Uint8Array) => (await readPdf(bytes)).map(({ text }) => text).join('\n')
const codeOn = async (bytes: Uint8Array) => {
  const [page] = await drawnPages(bytes)
  return page && scanned(page)
}

describe('a receipt', () => {
  test('holds on one page, in text that can be selected, all that is to be in it, and takes less than 300 KB', async () => {
    const bytes = await drawReceipt(march)
    const pages = await readPdf(bytes)
    expect([pages.length, pages[0]?.size]).toEqual([1, [595, 842]])
    const text = pages[0]?.text ?? ''
    for (const part of [
      ...['Квитанция за март 2026', 'К оплате до 15 апреля 2026', '9 935,33 ₽', sumInWords(993_533)],
      ...['6601234567, ЕЛС 75да533315', 'Иванов Иван Иванович', 'улица 8 Марта, д. 120, кв. 45'],
      ...['54,30 м², зарегистрировано: 3, проживает: 2', '5 210,37 ₽', '5 000,00 ₽', '9 721,55 ₽', '3,41 ₽'],
      ...['Содержание жилого помещения', 'УК «Пример»', '54,3 м²', 'площадь', '35,87', '1 947,74'],
      ...['Перерасчёт: показания за февраль', '−64,12', '108,72'],
      ...['Холодная вода, м³, № 58517168', '412,615', '418,95', '6,335', '20 мая 2031'],
      ...['день 3397', 'ночь 6216', 'показаний нет'],
      ...['ИНН 6699000017', 'КПП 669901001', '40702810216000000042', 'БИК 046599999', '30101810300000000999'],
      ...['Оплата ЖКУ, ЛС 6601234567, 03.2026', '8 (343) 000-00-00', 'с 8:00', '20:00'],
      ...['Сформировано ботом 3 апреля 2026', '••••-••••', 'страница 1 из 1'],
    ]) {
      expect(text.replace(/\s+/g, ' ')).toContain(part)
    }
    expect(bytes.length).toBeLessThan(300 * 1024)
  })

  test('is paid by the very code of the standard’s vector, read from the drawn page', async () => {
    const address = { streetType: 'г. Екатеринбург, ул.', street: '8 Марта', house: '120', flat: '45' }
    const code = await codeOn(await drawReceipt({ ...march, payer: { ...march.payer, address } }))
    expect(
      createHash('sha256')
        .update(code ?? '')
        .digest('hex'),
    ).toBe(vectors.utf8.sha256)
  })

  test('that has been followed by another has no code, and says that it is not to be paid by', async () => {
    const pdf = await drawReceipt({ ...march, isLatest: false })
    expect(await codeOn(pdf)).toBeUndefined()
    expect(await textOf(pdf)).toContain('Есть квитанция поновее: по этой не платите')
    expect(await textOf(await drawReceipt(march))).not.toContain('поновее')
  })

  test('has no columns for what is in no line, and says why a line was recalculated', async () => {
    const text = await textOf(await drawReceipt(march))
    expect(text).toContain('Перерасчёт, ₽')
    expect(text).not.toMatch(/Льгота|коэфф/)
  })

  test('of the contribution to capital repair says so, and has neither meters nor the other’s purpose', async () => {
    const receipt = {
      ...march,
      kind: 'CAPREM' as const,
      meters: [],
      month: { ...march.month, kind: 'CAPREM' as const },
    }
    const text = await textOf(await drawReceipt(receipt))
    expect(text).toMatch(/^Взнос на капитальный ремонт$/m)
    expect(text).toContain('Взнос на капитальный ремонт, ЛС 6601234567, 03.2026')
    expect(text).not.toMatch(/Счётчик|ЖКУ/)
  })

  test.each([
    [0, 'Платить по этой квитанции не нужно.', undefined],
    [1, 'Ноль рублей 01 копейка', '1'],
    [100_000_000_000, 'Один миллиард рублей 00 копеек', '100000000000'],
  ])('of %i kopecks has its sum in words and in the code', async (closing, words, Sum) => {
    const bytes = await drawReceipt(withMonth({ closing }))
    expect(await textOf(bytes)).toContain(words)
    const read = readPayload((await codeOn(bytes)) ?? new Uint8Array())
    expect(read.ok && read.fields.Sum).toBe(Sum)
    expect(read.ok && read.fields.PersAcc).toBe('6601234567')
  })

  test('of an overpaid account says so in a word, and has no code at all', async () => {
    const bytes = await drawReceipt(withMonth({ closing: -123_400, opening: -200_000, paid: 0 }))
    const text = await textOf(bytes)
    expect(text).toMatch(/Переплата\n1\s234,00\s₽\nПлатить по этой квитанции не нужно/)
    expect(text).toContain('Была переплата')
    expect(text).not.toContain('QR')
    expect(await codeOn(bytes)).toBeUndefined()
  })

  test('where the payer may not be shown has neither his name, nor the flat, nor the whole number; the code has the number', async () => {
    const bytes = await drawReceipt(march, { policy: 'masked' })
    const text = await textOf(bytes)
    expect(text).toContain('улица 8 Марта, д. 120')
    expect(text).toContain('••••4567')
    expect(text).not.toMatch(/Иванов|кв\. 45|6601234567|75да533315/)
    const read = readPayload((await codeOn(bytes)) ?? new Uint8Array())
    expect(read.ok && Object.keys(read.fields)).toEqual([
      ...['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc', 'Sum', 'Purpose', 'PayeeINN', 'KPP'],
      ...['PersAcc', 'PaymPeriod', 'TechCode'],
    ])
  })

  test('without requisites is drawn all the same, and says where they are', async () => {
    const { payee: _, ...receipt } = march
    const bytes = await drawReceipt(receipt)
    expect(await textOf(bytes)).toContain('Реквизиты есть на бумажной квитанции.')
    expect(await codeOn(bytes)).toBeUndefined()
  })

  test('says of figures that do not add up that they do not, and shows them as they are', async () => {
    const text = await textOf(await drawReceipt(withMonth({ mismatches: ['CLOSING'], closing: 1 })))
    expect(text.replace(/\s+/g, ' ')).toContain('между собой они не сходятся')
    expect(text).toContain('0,01')
  })

  test('of forty services with the longest names and negative lines splits no row and leaves nothing out', async () => {
    const name = `${'Очень длинное название услуги '.repeat(7).slice(0, 195)} №`
    const rows = Array.from({ length: 40 }, (_, nth) => ({
      ...{
        service: `S${nth}`,
        name: `${name}${nth}`,
        supplier: 'Поставщик',
        unit: 'м³',
        volume: -63_350,
        tariff: 526_300,
      },
      ...{ accrued: -33_341, multiplier: 1_000_000 + nth, recalculation: -1, benefit: -25_000, total: 941_658 + nth },
    }))
    const bytes = await drawReceipt(withMonth({ rows }))
    const pages = await readPdf(bytes)
    expect(pages.length).toBeGreaterThan(3)
    for (let nth = 0; nth < 40; nth++) {
      const sum = bareSum(941_658 + nth, 'ru').replaceAll('\u00a0', ' ')
      const page = pages.find(({ text }) => new RegExp(`№${nth}(\\n|$)`).test(text))
      expect(page?.text, `service ${nth}`).toContain(sum)
    }
    const total = bareSum(chargedFor({ rows }), 'ru').replaceAll('\u00a0', ' ')
    expect(pages.map((page) => page.text).join()).toContain(total)
    expect(bytes.length).toBeLessThan(300 * 1024)
    for (const { pieces } of pages)
      expect(pieces.every(({ x, y, width }) => x >= 36 && x + width <= 560 && y > 24)).toBe(true)
  })

  test('is drawn, not only written: its letters are to be seen', async () => {
    const [page] = await drawnPages(await drawReceipt(march))
    const title = [0.06, 0.055, 0.6, 0.085] as const
    expect(page && inkIn(page, title)).toBeGreaterThan(0.03)
    const [blank] = await drawnPages(await drawReceipt({ ...march, meters: [] }))
    const foot = [0.06, 0.93, 0.5, 1] as const
    expect(blank && inkIn(blank, foot)).toBe(0)
  })

  test('is the same at every drawing, down to the byte, and parses no font again', async () => {
    const first = await drawReceipt(march)
    const parsing = vi.spyOn(fontkit, 'create')
    const second = await drawReceipt(march)
    expect([Buffer.from(first).equals(second), parsing.mock.calls.length]).toEqual([true, 0])
    parsing.mockRestore()
  })

  test('is in English for whoever reads English; what the bank reads stays Russian', async () => {
    const text = await textOf(await drawReceipt(march, { language: 'en' }))
    expect(text).toContain('Receipt for March 2026')
    expect(text).toContain('9,935.33 ₽')
    expect(text).toContain('Оплата ЖКУ, ЛС 6601234567, 03.2026')
  })
})
