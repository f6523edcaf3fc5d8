import { describe, expect, it } from 'vitest'
import { accountWords, type NamedAccount } from '../../src/domain/accountLabel.ts'

const flat = (
  street: string,
  house: string,
  flat: string,
  more: Partial<NamedAccount['address']> = {},
): NamedAccount => ({
  address: { streetType: 'улица', street, house, flat, ...more },
  number: `660000${house.padStart(2, '0')}${flat.padStart(2, '0')}`,
})
const labels = (...accounts: NamedAccount[]) => accountWords(accounts).map(({ label }) => label)

describe('the words for accounts', () => {
  it.each([
    [flat('8 Марта', '120', '45'), '8 Марта, 120-45'],
    [flat('Ленина', '24/8', '15', { streetType: 'проспект' }), 'Ленина, 24/8-15'],
    [flat('Белинского', '177', '31', { korpus: '2' }), 'Белинского, 177к2-31'],
    [flat('Розы Люксембург', '4', '9', { korpus: 'литера Б' }), 'Розы Люксембург, 4 литера Б-9'],
    [flat('Космонавтов', '52А', '101', { room: '2' }), 'Космонавтов, 52А-101, комн. 2'],
    [flat('Крауля', '61', ''), 'Крауля, 61'],
  ])('are street, house and flat: %#', (account, label) => {
    expect(labels(account)).toEqual([label])
  })
  it("are the resident's own name where he gave one, the address beside it in a text", () => {
    expect(accountWords([{ ...flat('Мира', '5', '12'), name: 'Мама' }])).toEqual([
      { label: 'Мама', line: 'Мама: улица Мира, д. 5, кв. 12' },
    ])
  })
  it('tell two flats of one house apart however long the street is', () => {
    const street = 'Сорокалетия Всесоюзной Ленинской Организации Молодёжи'
    const [one = '', other = ''] = labels(flat(street, '120', '145'), flat(street, '120', '146'))
    expect([one.slice(-9), other.slice(-9)]).toEqual([', 120-145', ', 120-146'])
    for (const label of [one, other]) expect(label.length).toBeLessThanOrEqual(40)
  })
  it('tell streets of one name apart by their type', () => {
    const avenue = flat('Мира', '5', '12', { streetType: 'проспект' })
    expect(labels(flat('Мира', '5', '12'), avenue)).toEqual(['ул. Мира, 5-12', 'пр-т Мира, 5-12'])
  })
  it("tell two accounts of one flat apart by the numbers' ends", () => {
    const [one, other] = [flat('Мира', '5', '12'), { ...flat('Мира', '5', '12'), number: '6600001234' }]
    expect(labels(one, other)).toEqual(['Мира, 5-12, ••••0512', 'Мира, 5-12, ••••1234'])
  })
})
