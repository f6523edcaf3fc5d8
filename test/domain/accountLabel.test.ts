import { describe, expect, it } from 'vitest'
import { accountWords, lostAddress, type NamedAccount } from '../../src/domain/accountLabel.ts'

const flat = (
  street: string,
  house: string,
  flat: string,
  more: Partial<NamedAccount['address']> = {},
): NamedAccount => ({
  address: { streetType: 'улица', street, house, flat, ...more },
  number: `660000${house.padStart(2, '0')}${flat.padStart(2, '0')}`,
})
const labels = (...accounts: NamedAccount[]) => accountWords(accounts, 'full').map(({ label }) => label)

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
    const [words] = accountWords([{ ...flat('Мира', '5', '12'), name: 'Мама' }], 'full')
    expect(words).toMatchObject({ label: 'Мама', line: 'Мама: улица Мира, д. 5, кв. 12' })
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

describe.each(['masked', 'linkOnly', 'off'] as const)('the words for accounts where the policy is %s', (policy) => {
  const shown = (...accounts: NamedAccount[]) =>
    accountWords(accounts, policy).map(({ label, line, address }) => ({ label, line, address }))

  it.each([
    [flat('8 Марта', '120', '45'), '8 Марта, 120', 'улица 8 Марта, д. 120'],
    [flat('Белинского', '177', '31', { korpus: '2' }), 'Белинского, 177к2', 'улица Белинского, д. 177, корп. 2'],
    [flat('Космонавтов', '52А', '101', { room: '2' }), 'Космонавтов, 52А', 'улица Космонавтов, д. 52А'],
    [flat('Крауля', '61', ''), 'Крауля', 'улица Крауля'],
    [flat('Крауля', '61', '', { korpus: '2' }), 'Крауля', 'улица Крауля'],
  ])('lead to no door: %#', (account, label, address) => {
    expect(shown(account)).toEqual([{ label, line: address, address }])
  })
  it("are the resident's own name first, and beside it no whole address", () => {
    const address = 'улица Мира, д. 5'
    expect(shown({ ...flat('Мира', '5', '12'), name: 'Мама' })).toEqual([
      { label: 'Мама', line: `Мама: ${address}`, address },
    ])
  })
  it("tell two flats of one house, and two houses of one street, apart by the numbers' ends", () => {
    const labels = shown(
      flat('Мира', '5', '12'),
      flat('Мира', '5', '13'),
      flat('Лесная', '1', ''),
      flat('Лесная', '2', ''),
    )
    expect(labels.map(({ label }) => label)).toEqual([
      ...['Мира, 5, ••••0512', 'Мира, 5, ••••0513'],
      ...['Лесная, ••••0100', 'Лесная, ••••0200'],
    ])
  })
  it('understand the resident who says the whole all the same', () => {
    const [words] = accountWords([flat('Мира', '5', '12')], policy)
    expect(words?.heard).toEqual(['Мира, 5-12', 'улица Мира, д. 5, кв. 12'])
  })
  it("name an account that is lost by its house and its number's end", () => {
    expect(lostAddress(flat('Мира', '5', '12'), policy)).toBe('улица Мира, д. 5, ••••0512')
    expect(lostAddress(flat('Крауля', '61', ''), policy)).toBe('улица Крауля, ••••6100')
    expect(lostAddress(flat('Мира', '5', '12'), 'full')).toBe('улица Мира, д. 5, кв. 12')
  })
})
