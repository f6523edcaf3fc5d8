import { describe, expect, it } from 'vitest'
import { accountNumber, maskAccount } from '../../src/domain/accountNumber.ts'

const tenDigits = /^\d{10}$/

describe('an account number', () => {
  it.each([
    '0012345678',
    '001-234-5678',
    ' 001 234 56 78 ',
    'л/с № 0012345678',
    'Лицевой счёт: 0012345678.',
    '００12345678',
    '\u200f0012345678',
  ])('is understood: %j', (text) => {
    expect(accountNumber(text, tenDigits)).toEqual({ ok: true, account: '0012345678' })
  })
  it.each([
    ['75да533315', 'els'],
    ['75ДА533315-01', 'zhku'],
    ['75да533315-032-61031', 'paymentDocument'],
    ['40702 810 0 0000 0000001', 'bankAccount'],
    ['123', undefined],
    ['Ленина 5-12', undefined],
    ['', undefined],
    ['1'.repeat(3_000_000), undefined],
  ])('is told from other numbers: %#', (text, kind) => {
    expect(accountNumber(text, tenDigits)).toEqual({
      ok: false,
      problem: { code: 'notAccount', ...(kind ? { kind } : {}) },
    })
  })
  it('keeps its letters, for the centre decides what a number is made of', () => {
    expect(accountNumber('л/с АБ-012', /^АБ\d{3}$/)).toEqual({ ok: true, account: 'АБ012' })
  })
  it('is found again by a pattern that remembers', () => {
    const sticky = /^\d{10}$/g
    expect([1, 2, 3].map(() => accountNumber('0012345678', sticky).ok)).toEqual([true, true, true])
  })
  it('is masked to its end, and a short one to its last half', () => {
    expect(['0012344567', '12345', 'x', ''].map(maskAccount)).toEqual(['••••4567', '••••45', '••••', '••••'])
  })
})
