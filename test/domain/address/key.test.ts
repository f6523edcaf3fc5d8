import { describe, expect, it } from 'vitest'
import { formatAddress, maskAddress } from '../../../src/domain/address/format.ts'
import { addressKey } from '../../../src/domain/address/key.ts'
import { parseAddress } from '../../../src/domain/address/parse.ts'
import type { AddressParts } from '../../../src/domain/address/parts.ts'
import { canonicalStreetType } from '../../../src/domain/address/streetTypes.ts'
import { town } from './town.ts'

describe('a row of the billing and what a resident types', () => {
  const same: [typed: string, row: AddressParts][] = [
    ['Ленина 24/8-15', row('пр-кт', 'ЛЕНИНА', '24/8', '', '15')],
    ['Малышева 36-а, 7', row('ул.', 'Малышева', '36 A', '', '7')],
    ['Белинского 177к2-31', row('ул', 'Белинского', '177 корп. 2', '', 'кв. 31')],
    ['Белинского 177к2-31', row('УЛИЦА', 'Белинского', '177', 'корп.2', '031')],
    ['Белинского 177к2-31', row('ул', 'Белинского', '0177', 'К2', '31')],
    ['Люксембург 4 лит Б кв 9', row('ул', 'Розы Люксембург', '4', 'б', '9')],
    ['Люксембург 4 корп Б кв 9', row('ул', 'Розы Люксембург', '4', 'Литера Б', '9')],
    ['Мира 5 стр 3 кв 1', row('ул', 'Мира', '5', 'строение 3', '1')],
    ['Мира 5 корп 2 стр 3 кв 1', row('ул', 'Мира', '5 к.2', 'стр.3', '1')],
    ['22 партсъезда 7-14', row('ул', 'ХХII партсъезда', '7', '', '14')],
    ['молодежи 78-5', row('ул', 'Молодёжи', '78', '', '5')],
    ['40 лет октября 12-8', row('ул', '40-летия  Октября', '12', '', '8')],
    ['Космонавтов 52А кв 101 комн 2', row('пр-т', 'Космонавтов', '52-А', '', '101', 'ком. 2')],
  ]
  it.each(same)('have the same key: %j', (typed, parts) => {
    expect(parseAddress(typed, town)).toMatchObject({ result: 'ok', address: { key: addressKey(parts) } })
  })
  it.each([
    [row('ул', 'Мира', '5', '2', '1'), row('ул', 'Мира', '5', 'стр 2', '1')],
    [row('ул', 'Мира', '5', '', '12'), row('ул', 'Мира', '51', '', '2')],
    [row('ул', 'Мира', '5/1', '', '2'), row('ул', 'Мира', '51', '', '2')],
    [row('ул', 'Мира', '5', '', '2'), row('пр-т', 'Мира', '5', '', '2')],
    [row('ул', 'Мира', '5', '', '2'), row('ул', 'Мира', '5', '', '2', '1')],
  ])('have different keys when the places differ: %#', (a, b) => {
    expect(addressKey(a)).not.toEqual(addressKey(b))
  })
  it('keep apart houses that cannot be read', () => {
    expect(addressKey(row('ул', 'Мира', 'б/н', '', '1')).house).toBe('б/н')
    expect(addressKey(row('ул', 'Мира', '5-7', '', '1')).house).toBe('5-7')
  })
})

describe('an address is shown', () => {
  it.each([
    [row('проспект', 'Ленина', '24/8', '', '15'), 'проспект Ленина, д. 24/8, кв. 15'],
    [row('улица', 'Белинского', '177', '2', '31'), 'улица Белинского, д. 177, корп. 2, кв. 31'],
    [
      row('улица', 'Розы Люксембург', '4', 'литера Б', '9', '2'),
      'улица Розы Люксембург, д. 4, литера Б, кв. 9, комн. 2',
    ],
    [{ streetType: 'улица', street: 'Мира', house: '5' }, 'улица Мира, д. 5'],
  ])('as people write it: %#', (parts, shown) => {
    expect(formatAddress(parts)).toBe(shown)
  })
  it('masked without any part that leads to the door', () => {
    expect(maskAddress(row('проспект', 'Ленина', '24/8', '3', '15', '2'))).toBe('проспект Л•••, д. ••, кв. ••')
  })
})

it('an unknown type of street is kept as it is written', () => {
  expect(canonicalStreetType('Снт.')).toBe('снт')
  expect(canonicalStreetType('Пр-кт')).toBe('проспект')
})

function row(streetType: string, street: string, house: string, korpus: string, flat: string, room = ''): AddressParts {
  return { streetType, street, house, korpus, flat, room }
}
