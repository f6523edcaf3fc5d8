import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { importReceipts } from '../../src/exchange/importReceipts.ts'
import { openReceiptStore } from '../../src/files/receiptStore.ts'
import { readPdf } from '../files/pdfText.ts'
import { drawReceipt, march } from '../files/receipts.ts'
import { openTown, type Town } from '../support/town.ts'
import { paperOf, shownBy } from './receipts.ts'
import { said } from './said.ts'
import { flats, labels, messengers, nextPoint, settled } from './talk.ts'

const megabyte = 1024 * 1024

let town: Town
let home: string
let own: Uint8Array
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'erc-own-'))
  town = await openTown({ env: { RECEIPTS_DIR: join(home, 'kept') } })
  own = await drawReceipt(march)
})
afterAll(async () => {
  await town.close()
  await rm(home, { recursive: true, force: true })
})
afterEach(() => town.fresh.database.pool.query('DELETE FROM receipt_file'))

let stamp = 1
/** The billing's own receipts, taken in by its importer. */
async function bring(files: Record<string, Uint8Array>): Promise<void> {
  const folder = join(home, `receipts_20261103_${String(stamp++).padStart(3, '0')}`)
  await mkdir(folder)
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  const store = openReceiptStore(join(home, 'kept'))
  const result = await importReceipts(town.fresh.database, store, folder, { mostBytes: 50 * megabyte })
  expect(result).toMatchObject({ loaded: Object.keys(files).length, bad: 0 })
}

/** A PDF of such a size: what stands behind its end is no longer read. */
const padded = (bytes: number) => {
  const end = Buffer.from('\nstartxref\n0\n%%EOF\n')
  return Buffer.concat([own, Buffer.alloc(bytes - own.length - end.length, '%'), end])
}

describe.each(messengers)('the billing’s own receipt in %s', (messenger) => {
  const { number } = flats.twoWater

  test('is sent as it is where there is one, beside a drawn one where there is none', async () => {
    await bring({ [`${number}_2026-10_MAIN.pdf`]: own })
    const talk = await settled(town, messenger, flats.twoWater)
    const { files } = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(files.map(({ name }) => name)).toEqual([
      'kvitanciya_5547_2026-10.pdf',
      'kvitanciya_kapremont_5547_2026-10.pdf',
    ])
    const [main, capital] = await Promise.all(files.map(paperOf(town)))
    expect(Buffer.from(main ?? []).equals(own)).toBe(true)
    expect((await readPdf(capital ?? own))[0]?.text).toContain('Взнос на капитальный ремонт')
  })

  test('is all there is of a month that has no charges', async () => {
    await bring({ [`${number}_2026-11_MAIN.pdf`]: own })
    const talk = await settled(town, messenger, flats.twoWater)
    const last = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(last.text).toMatch(/Квитанция за ноябрь 2026\s+Жильё и коммунальные услуги: сумма указана в квитанции/)
    expect(last.files).toHaveLength(1)
  })

  test('of 30 megabytes is carried', async () => {
    await bring({ [`${number}_2026-10_MAIN.pdf`]: padded(30 * megabyte) })
    const talk = await settled(town, messenger, flats.twoWater)
    const { files } = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(files[0]?.size).toBe(30 * megabyte)
  })

  test('that is replaced on its way is not sent; the new one is', async () => {
    await bring({ [`${number}_2026-10_MAIN.pdf`]: own })
    const talk = await settled(town, messenger, flats.twoWater)
    const method = messenger === 'telegram' ? 'sendDocument' : 'messages.send'
    await town.hand.fault({ messenger, method, times: 1, effect: { kind: 'cut' } })
    await town.product.outbox.idle()
    const tried = nextPoint('delivery.settled')
    const told = await shownBy(talk, async () => {
      await talk.hand.press('Квитанция')
      await tried
      await bring({ [`${number}_2026-10_MAIN.pdf`]: padded(megabyte) })
    })
    expect(told.text).toMatch(said('receipt.denied'))
    expect(told.files).toHaveLength(1)
    const again = await shownBy(talk, () => talk.hand.press('Прислать ещё раз'))
    expect(again.files.map(({ size }) => size)).toContain(megabyte)
  })

  test('that cannot be read is told in words', async () => {
    await bring({ [`${number}_2026-10_MAIN.pdf`]: padded(megabyte + stamp) })
    for (const entry of await readdir(join(home, 'kept'))) await rm(join(home, 'kept', entry), { recursive: true })
    const talk = await settled(town, messenger, flats.twoWater)
    const told = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(told.text).toMatch(said('receipt.notSent'))
    expect(told.files).toHaveLength(1)
    expect(town.logged.join('\n')).not.toMatch(/66\d{8}/)
  })
})

const variable = { telegram: 'CHANNEL_POLICY_TELEGRAM', vk: 'CHANNEL_POLICY_VK' } as const

describe.each(messengers)('where %s may carry sums without the payer', (messenger) => {
  const { number } = flats.twoWater
  beforeAll(() => town.restart({ [variable[messenger]]: 'masked', RECEIPTS_DIR: join(home, 'kept') }))

  test('a receipt is drawn without him, whatever the billing has', async () => {
    await bring({ [`${number}_2026-10_MAIN.pdf`]: own, [`${number}_2026-11_MAIN.pdf`]: own })
    const talk = await settled(town, messenger, flats.twoWater)
    const latest = await shownBy(talk, () => talk.hand.press('Квитанция'))
    expect(latest.text).toContain('в этот мессенджер её прислать нельзя')
    expect([latest.files, latest.labels]).toEqual([[], ['Как оплатить', 'Другой месяц', 'Назад', 'Меню']])
    const october = await shownBy(talk, () => talk.hand.say('октябрь'))
    const [main] = await Promise.all(october.files.map(paperOf(town)))
    const [page] = await readPdf(main ?? own)
    expect(page?.text).toContain('••••5547')
    expect(page?.text).not.toMatch(/Берёзкина|кв\. 45|6682305547/)
  })

  test('the whole number is not told, the code has it', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('как оплатить', said('payment.title'))
    const code = await talk.press('QR-код: жильё и услуги', 'Лицевой счёт: ••••5547, целиком он в QR-коде')
    expect(code.text).not.toMatch(/6682305547|Берёзкина/)
    expect(labels(code)).toContain('Прислать ещё раз')
  })
})

describe.each(messengers)('where %s may carry links only', (messenger) => {
  beforeAll(() => town.restart({ [variable[messenger]]: 'linkOnly' }))

  test('neither receipts nor ways to pay are shown, nor what was asked for before', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Квитанция', said('withheld.linkOnly.receipt'))
    await talk.say('как оплатить', said('answers.payment'))
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
