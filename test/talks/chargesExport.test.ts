import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import { type BillingFolder, billingFolder, chargeRows } from '../exchange/billingFiles.ts'
import { readPdf } from '../files/pdfText.ts'
import { hashKey } from '../support/hashKey.ts'
import { openTown, type Town } from '../support/town.ts'
import { bytesOf, cutOff } from './cutOff.ts'
import { said } from './said.ts'
import { flats, labels, messengers, settled } from './talk.ts'

let town: Town
let folder: BillingFolder
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
beforeEach(async () => {
  folder = await billingFolder()
})
afterEach(() => folder.remove())

const csv = 'Таблица (CSV)'
const forms = ['PDF', csv, 'Назад', 'Меню']

/** The billing sends other charges for the last month. Files are newer one than the other. */
let sent = 0
async function importedAnew(number: string): Promise<void> {
  const stamp = `20261103_${String(++sent).padStart(3, '0')}`
  const rows = chargeRows(1, { account_no: number, paid_kop: String(900 + sent), closing_kop: String(815 - sent) })
  const result = await importFile(town.fresh.database, await folder.put(`charges_${stamp}.csv`, rows), {
    hashKey,
    today: '2026-11-10',
  })
  expect(result.loaded).toBe(rows.length)
}

describe.each(messengers)('charges in a file in %s', (messenger) => {
  test('are a document that is read, of an account known by its end, with a name that says what it is', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const form = await talk.say(
      'скачать начисления',
      said('chargesExport.choose', { months: 'ноябрь 2025 — октябрь 2026' }),
    )
    expect([form.files, labels(form)]).toEqual([[], forms])
    const document = await talk.press('PDF', said('chargesExport.ready.pdf'))
    expect(document.files).toMatchObject([{ kind: 'document', name: 'nachisleniya_5547_2025-11_2026-10.pdf' }])
    expect(labels(document)).toEqual(forms)
    const bytes = await bytesOf(town, document.files[0])
    expect(bytes.length).toBeLessThan(300_000)
    const text = (await readPdf(bytes)).map((page) => page.text).join('\n')
    expect(text).toMatch(/^Начисления и платежи\nЛицевой счёт ••••5547\nноябрь 2025 — октябрь 2026\n/)
    expect(text).toMatch(
      /Октябрь 2026\. Жильё и коммунальные услуги[\s\S]*Октябрь 2026\. Капитальный ремонт[\s\S]*Платежи/,
    )
    expect(text).not.toMatch(/6682305547|8 Марта/)
  })

  test('are a table that Excel opens, beside the document', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('выписка', said('chargesExport.choose'))
    await talk.press('PDF', said('chargesExport.ready.pdf'))
    const table = await talk.press(csv, said('chargesExport.ready.csv'))
    expect(table.files).toMatchObject([{ kind: 'document', name: 'nachisleniya_5547_2025-11_2026-10.csv' }])
    const text = (await bytesOf(town, table.files[0])).toString()
    expect(text).toMatch(/^\uFEFFМесяц;Вид начислений;Услуга;/)
    expect(text.match(/^октябрь 2026;.*\r$/gm)?.length).toBeGreaterThan(8)
    const { messages } = await talk.hand.chat()
    expect(messages.flatMap(({ files }) => files)).toHaveLength(2)
    await talk.press('Назад', said('chargesExport.choose'))
  })

  test('say which account they are of to whoever has several', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    const which = await talk.say('выписка', said('whichAccount.which'))
    const own = labels(which).find((label) => label.startsWith('XXII')) ?? ''
    const whose = /^улица XXII Партсъезда, д\. 7, кв\. 14\n/
    await talk.press(own, whose)
    const document = await talk.press('PDF', whose)
    expect(document.files[0]?.name).toMatch(/^nachisleniya_1622_/)
  })

  test('are made once, until there is something new in them', async () => {
    const talk = await settled(town, messenger, flats.rollOver)
    const kept = async () => {
      const { rows } = await town.fresh.database.pool.query<{ id: string }>(
        `SELECT id FROM drawn_platform_ref
         WHERE messenger = $1 AND id LIKE 'chargesCsv:' || (SELECT id FROM account WHERE number = $2) || ':%'`,
        [messenger, flats.rollOver.number],
      )
      return rows.length
    }
    const show = async () => {
      await talk.press(csv, said('chargesExport.ready.csv'))
      await town.product.outbox.idle()
    }
    await talk.say('скачать начисления', said('chargesExport.choose'))
    await show()
    const once = await kept()
    await show()
    expect(await kept()).toBe(once)
    await importedAnew(flats.rollOver.number)
    await show()
    expect(await kept()).toBe(once + 1)
  })

  test('that were imported anew while a messenger was away are not sent under the old words: the next press brings them', async () => {
    const talk = await settled(town, messenger, flats.expired)
    await talk.say('скачать начисления', said('chargesExport.choose'))
    const ask = () => talk.hand.press('PDF')
    const told = await cutOff(talk, { telegram: 'sendDocument', ask }, () => importedAnew(flats.expired.number))
    expect(told.text).toMatch(said('chargesExport.notDrawn'))
    expect([told.files, labels(told)]).toEqual([[], forms])
    const document = await talk.press('PDF', said('chargesExport.ready.pdf'))
    const text = (await readPdf(await bytesOf(town, document.files[0]))).map((page) => page.text).join('\n')
    expect(text).toContain('Услуга HEAT')
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
