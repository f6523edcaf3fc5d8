import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskCommand } from '../../src/exchange/cliDesk.ts'
import { readConfig } from '../../src/infra/config.ts'
import { documentCode } from '../../src/infra/documentCode.ts'
import { documentNumbered } from '../../src/queries/documents.ts'
import { numberOf, type Ordering, openOrdering } from '../effects/ordering.ts'
import { hashKey } from '../support/hashKey.ts'

let o: Ordering
beforeAll(async () => {
  o = await openOrdering()
})
afterAll(() => o.close())

async function check(number: string, ...code: string[]) {
  const command = deskCommand(['document', 'check', number, ...code])
  const config = readConfig({ DATABASE_URL: o.fresh.url, HASH_KEY: hashKey })
  const { database } = o.fresh
  return command?.({ database, sql: o.sql, config, now: o.clock.now(), newId: () => o.clock.id() })
}

/** A certificate of 5 ₽ of debt, and its code. */
async function certificate() {
  const who = await o.resident()
  const number = numberOf(await o.issue(who, await o.charged(who, { main: 500, capital: -7 })))
  const document = await documentNumbered(o.sql, number)
  if (!document) throw new Error('no such document')
  return { number: String(number), document, code: documentCode(document, hashKey) }
}

test('erc document check tells what a document of ours says, and until when it holds', async () => {
  const { number, code } = await certificate()
  expect((await check(number, code))?.lines).toEqual([
    `Документ № ${number}: наш, справка о задолженности от 10.11.2026.`,
    expect.stringMatching(/^Лицевой счёт ••••\d{4}, данные на 01\.11\.2026\.$/),
    'Жильё и коммунальные услуги: долг 5,00\u00a0₽.',
    'Взнос на капитальный ремонт: переплата 0,07\u00a0₽.',
    'Действителен по 20.11.2026 включительно.',
  ])
  o.clock.set('2026-11-20T19:30:00Z')
  expect((await check(number, code))?.lines.at(-1)).toBe('Срок вышел 20.11.2026: попросите новый документ.')
})

test('takes a code as people type it, and of a wrong one says the same as of a number that there is not', async () => {
  const { number, code } = await certificate()
  const typed = code.toLowerCase().replace('-', ' ').replaceAll('a', 'а')
  expect((await check(number, ...typed.split(' ')))?.refused).toBeUndefined()
  const wrong = await check(number, code.slice(1) + code.slice(0, 1).replace(/./, (one) => (one === '2' ? '3' : '2')))
  const none = await check('999999', code)
  expect([wrong?.refused, none?.refused]).toEqual([true, true])
  expect(wrong?.lines[0]?.replace(number, '')).toBe(none?.lines[0]?.replace('999999', ''))
})

test.each([
  ['number', { number: 1 }],
  ['the sum', { figures: [{ kind: 'MAIN', kopecks: 0 }] }],
  ['account', { accountId: 9 }],
  ['day', { asOf: '2026-11-02' }],
  ['time', { validUntil: '2027-11-20' }],
] as const)('a code is bound to the %s: of another one it is another', async (_, change) => {
  const { document, code } = await certificate()
  expect(documentCode({ ...document, ...(change as object) }, hashKey)).not.toBe(code)
  expect(documentCode(document, `${hashKey}2`)).not.toBe(code)
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
})

test('is called with a number and a code', () => {
  expect(
    [
      ['document', 'check', '1'],
      ['document', 'check', 'x', 'y'],
      ['document', 'list'],
    ].map(deskCommand),
  ).toEqual([...[undefined, undefined, undefined]])
})
