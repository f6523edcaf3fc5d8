import { describe, expect, it } from 'vitest'
import { accountAlone, accountBesideAddress } from '../../src/domain/numberBesideAddress.ts'

const tenDigits = /^\d{10}$/

describe('an account number in one message with an address', () => {
  it.each([
    ['Ленина 5-12 6610200503', 'Ленина 5-12'],
    ['6610200503 Ленина 5-12', 'Ленина 5-12'],
    ['Ленина 5-12, л/с № 6610200503.', 'Ленина 5-12'],
    ['ул. Ленина, д. 5, кв. 12\nлицевой счёт: 6610200503', 'ул. Ленина д. 5 кв. 12'],
    ['Мой лицевой счет 66 1020 0503, ленина 5 кв 12', 'ленина 5 кв 12'],
    ['66 1020 0503 ленина пять квартира двенадцать', 'ленина пять квартира двенадцать'],
    ['Ленина 5 12 6610 200 503', 'Ленина 5 12'],
    ['620014, Екатеринбург, Ленина 5-12, 6610200503', '620014 Екатеринбург Ленина 5-12'],
    ['Lenina 5-12, my account number is 6610200503', 'Lenina 5-12'],
  ])('is found: %j', (text, address) => {
    expect(accountBesideAddress(text, tenDigits)).toEqual({ account: '6610200503', address })
  })
  it.each([
    'Ленина 5-12',
    '6610200503',
    'л/с 6610200503',
    '8 марта 120-45',
    'Мира 5 кв 12, тел. 9221234567',
    'Мира 5 кв 12, тел. 89221234567',
    '',
    'Ленина 6610200503'.repeat(1_000_000),
  ])('is none: %#', (text) => {
    expect(accountBesideAddress(text, tenDigits)).toBeUndefined()
  })
  it('is no postcode, and no flat, where numbers are short or of any length', () => {
    expect(accountBesideAddress('620014, Мира 5-12', /^\d{6}$/)).toBeUndefined()
    expect(accountBesideAddress('Мира 5-12, 620099', /^\d{6}$/)).toEqual({ account: '620099', address: 'Мира 5-12' })
    expect(accountBesideAddress('Мира 5 12', /^\d+$/)).toBeUndefined()
    expect([accountAlone('12', /^\d+$/), accountAlone('л/с 661020', /^\d+$/)]).toEqual([undefined, '661020'])
  })
})
