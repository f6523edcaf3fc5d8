import { expect, test } from 'vitest'
import { answerDays } from '../../src/domain/requests/requestRules.ts'
import { readConfig } from '../../src/infra/config.ts'

const days = (env: Record<string, string>, kind: string): number =>
  answerDays(readConfig(env).rules.requests.days, 'order', kind)

test('which documents are made, how they are handed over and for how long they hold is the centre’s to decide', () => {
  const usual = readConfig({}).rules.documents
  expect(usual).toEqual({
    ...{ issuer: 'Единый расчётный центр', ways: ['chat', 'office'], validDays: 10, freshDays: 31 },
    kinds: ['receipt', 'details', 'statement', 'debt', 'reconciliation', 'accountCopy'],
  })
  const given = {
    CENTRE_NAME: 'ЕРЦ (пример)',
    DOCUMENT_KINDS: 'registered, debt',
    DOCUMENT_WAYS: 'post',
    DOCUMENT_VALID_DAYS: '3',
  }
  expect(readConfig(given).rules.documents).toMatchObject({
    ...{ issuer: 'ЕРЦ (пример)', kinds: ['debt', 'registered'], ways: ['post'], validDays: 3 },
  })
})

test('in how many days staff makes one is told document by document; what is said of all requests is for those of which nothing is', () => {
  expect([days({}, 'debt'), days({}, 'reconciliation')]).toEqual([3, 5])
  const given = { DOCUMENT_DAYS: 'debt:1', REQUEST_DAYS: '20;order.statement=7' }
  expect(['debt', 'statement', 'reconciliation'].map((kind) => days(given, kind))).toEqual([1, 7, 5])
})

test.each([
  ['CENTRE_NAME', 'Ц'.repeat(201), 'a name of at most 200 characters'],
  ['DOCUMENT_KINDS', 'debt,passport', 'some of receipt,details'],
  ['DOCUMENT_WAYS', 'pigeon', 'some of chat,office,post'],
  ['DOCUMENT_DAYS', 'debt:soon', 'working days a kind such as debt:3'],
  ['DOCUMENT_DAYS', 'passport:3', 'working days a kind such as debt:3'],
  ['DOCUMENT_VALID_DAYS', '0', 'a whole number from 1'],
])('%s=%s stops the start, and says what is expected', (name, value, expected) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: expected`)
  expect(() => readConfig({ [name]: value })).toThrow(expected)
})
