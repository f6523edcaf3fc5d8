import { describe, expect, test } from 'vitest'
import { codeOf, purposeOf } from '../../../src/domain/payment/bill.ts'
import { usualAgreement } from '../../../src/domain/payment/paymentCode.ts'
import { readPayload } from '../../../src/domain/payment/readPayload.ts'
import { requisites } from './vectors.ts'

const paid = { kind: 'MAIN', period: '2026-03', dueKopecks: 993_533, account: '6601234567' } as const

function fieldsOf(more: Partial<Parameters<typeof codeOf>[1]>, agreement = usualAgreement) {
  const code = codeOf(requisites, { ...paid, ...more }, agreement)
  const read = code.ok ? readPayload(code.bytes) : undefined
  return read?.ok ? read.fields : undefined
}

test.each([
  ['MAIN', 'Оплата ЖКУ, ЛС 6601234567, 03.2026'],
  ['CAPREM', 'Взнос на капитальный ремонт, ЛС 6601234567, 03.2026'],
] as const)('the purpose of %s tells what for, whose and which month, in 160 characters at most', (kind, purpose) => {
  expect(purposeOf({ ...paid, kind })).toBe(purpose)
  expect(purposeOf({ ...paid, kind, account: '9'.repeat(20) }).length).toBeLessThanOrEqual(160)
  expect(fieldsOf({ kind })?.Purpose).toBe(purpose)
})

describe('a payer’s name', () => {
  test.each<[string, string[]]>([
    ['Иванов Иван Иванович', ['Иванов', 'Иван', 'Иванович']],
    ['Мамедов Али Гасан оглы', ['Мамедов', 'Али', 'Гасан оглы']],
    ['Салтыкова-Щедрина Анна', ['Салтыкова-Щедрина', 'Анна']],
    ['  Ким   А.  ', ['Ким', 'А.']],
    ['ООО «Ромашка»', []],
    ['Иванов', []],
    ['', []],
  ])('«%s» stands in the code as surname, name and patronymic, or not at all', (name, parts) => {
    const fields = fieldsOf({ name })
    expect([fields?.LastName, fields?.FirstName, fields?.MiddleName].filter((part) => part !== undefined)).toEqual(
      parts,
    )
  })

  test('that the bank’s encoding lacks leaves the code without it, not the payer without a code', () => {
    const agreement = { ...usualAgreement, encoding: 'windows-1251' as const }
    const address = { streetType: 'улица', street: 'Ҡала', house: '1' }
    const fields = fieldsOf({ name: 'Әхмәтов Ринат', address }, agreement)
    expect(fields).toMatchObject({ PersAcc: '6601234567', Sum: '993533' })
    expect([fields?.LastName, fields?.PayerAddress]).toEqual([undefined, undefined])
  })
})

test('nothing due has no sum, an overpayment no code', () => {
  expect(fieldsOf({ dueKopecks: 0 })?.Sum).toBeUndefined()
  expect(fieldsOf({ dueKopecks: 0 })?.PersAcc).toBe('6601234567')
  expect(fieldsOf({ dueKopecks: -1 })).toBeUndefined()
})
