import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../src/domain/address/parse.ts'
import { town } from './town.ts'

/** street | house | korpus | flat | room */
const complete: [text: string, address: string][] = [
  ['Ленина 5-12', 'проспект Ленина|5||12|'],
  ['ул. Ленина, д. 5, кв. 12', 'проспект Ленина|5||12|'],
  ['8 марта 120-45', 'улица 8 Марта|120||45|'],
  ['г. Екатеринбург, ул. 8 Марта, д.120, кв.45', 'улица 8 Марта|120||45|'],
  ['Восьмого марта 120 кв 45', 'улица 8 Марта|120||45|'],
  ['пр-т Ленина 24/8 кв 15', 'проспект Ленина|24/8||15|'],
  ['пр. Ленина, 24 / 8 - 15', 'проспект Ленина|24/8||15|'],
  ['Малышева 36а-7', 'улица Малышева|36А||7|'],
  ['малышева 36 А кв.7', 'улица Малышева|36А||7|'],
  ['Малышева, 36-а, 7', 'улица Малышева|36А||7|'],
  ['Малышева 36A-7', 'улица Малышева|36А||7|'],
  ['Белинского 177 корп. 2 кв. 31', 'улица Белинского|177|2|31|'],
  ['Белинского 177к2-31', 'улица Белинского|177|2|31|'],
  ['белинского, 177 к.2, 31', 'улица Белинского|177|2|31|'],
  ['Р. Люксембург 4 лит. Б кв 9', 'улица Розы Люксембург|4|литера Б|9|'],
  [
    '620014, Свердловская обл, Екатеринбург г, Сакко и Ванцетти ул, дом 50, квартира 3',
    'улица Сакко и Ванцетти|50||3|',
  ],
  ['40 лет Октября 12 — 8', 'улица 40-летия Октября|12||8|'],
  ['пер. Автоматики 3/1, 17', 'переулок Автоматики|3/1||17|'],
  ['молодежи 78 кв 5', 'улица Молодёжи|78||5|'],
  ['Космонавтов пр., 52А, кв. 101 комн. 2', 'проспект Космонавтов|52А||101|2'],
  ['22 партсъезда 7-14', 'улица XXII Партсъезда|7||14|'],
  ['Мира 5 12', 'улица Мира|5||12|'],
  // Of our own
  ['Белинского 177 к 2 кв 31', 'улица Белинского|177|2|31|'],
  ['Белинского 177к 2-31', 'улица Белинского|177|2|31|'],
  ['ХХII партсъезда 7-14', 'улица XXII Партсъезда|7||14|'],
  ['8-го Марта, 120 - 45', 'улица 8 Марта|120||45|'],
  ['8марта 120-45', 'улица 8 Марта|120||45|'],
  ['сорок лет октября 12-8', 'улица 40-летия Октября|12||8|'],
  ['люксембург 4-9', 'улица Розы Люксембург|4||9|'],
  ['Сакко Ванцетти 50-3', 'улица Сакко и Ванцетти|50||3|'],
  ['сакко 50-3', 'улица Сакко и Ванцетти|50||3|'],
  ['ул. им. Малышева 36 кв. № 7', 'улица Малышева|36||7|'],
  ['Ленина 5/12-3', 'проспект Ленина|5/12||3|'],
  ['Малышева 36«а» кв 7', 'улица Малышева|36А||7|'],
  ['Мира 5а/2-3', 'улица Мира|5А/2||3|'],
  ['Мира д5 кв12а', 'улица Мира|5||12А|'],
  ['мира 5 - 12 а', 'улица Мира|5||12А|'],
  ['Мира 5-12 г Екатеринбург', 'улица Мира|5||12|'],
  ['Мира 5-12/3', 'улица Мира|5||12|3'],
  ['Мира 5 кв 12 к 3', 'улица Мира|5||12|3'],
  ['Мира 5 корпус 2 строение 3 кв 1', 'улица Мира|5|2, строение 3|1|'],
  ['Мира 5 стр. 3 оф. 1', 'улица Мира|5|строение 3|1|'],
  ['Мира 5, подъезд 2, этаж 3, кв 12', 'улица Мира|5||12|'],
  ['Мира 5-12, 620014', 'улица Мира|5||12|'],
  ['Мира 5 кв 12, тел 2223344', 'улица Мира|5||12|'],
  ['Мира 5-12 Екатеринбург', 'улица Мира|5||12|'],
  ['\u200fМира\u00a0５－１２', 'улица Мира|5||12|'],
  ['г. Верхняя, ул. Мира, 5-12', 'улица Мира|5||12|'],
  ['Садовый 1-2', 'переулок Садовый|1||2|'],
  ['проезд Зеленая 1-2', 'проезд Зелёная|1||2|'],
  ['пр-д Зелёная 1-2', 'проезд Зелёная|1||2|'],
  ['Зеленая ул 1-2', 'улица Зелёная|1||2|'],
  // Numbers in words
  ['ленина пять квартира двенадцать', 'проспект Ленина|5||12|'],
  ['Восьмого марта дом сто двадцать кв сорок пять', 'улица 8 Марта|120||45|'],
  ['восьмое марта сто двадцать сорок пять', 'улица 8 Марта|120||45|'],
  ['сорок лет октября двенадцать восемь', 'улица 40-летия Октября|12||8|'],
  ['двадцать второго партсъезда семь квартира четырнадцать', 'улица XXII Партсъезда|7||14|'],
  ['Белинского сто семьдесят семь корпус два квартира тридцать один', 'улица Белинского|177|2|31|'],
  ['Малышева тридцать шесть а квартира седьмая', 'улица Малышева|36А||7|'],
  ['Космонавтов дом пятьдесят два А, квартира сто один, комната два', 'проспект Космонавтов|52А||101|2'],
  // In Latin letters
  ['Lenina 5-12', 'проспект Ленина|5||12|'],
  ['Lenina Ave, 24/8, apt 15', 'проспект Ленина|24/8||15|'],
  ['Prospekt Lenina 24/8, 15', 'проспект Ленина|24/8||15|'],
  ['Mira street 5 apt. 12', 'улица Мира|5||12|'],
  ['ul. Belinskogo 177 k2 kv 31', 'улица Белинского|177|2|31|'],
  ['8 Marta st., house 120, flat 45', 'улица 8 Марта|120||45|'],
  ['Malysheva 36a-7', 'улица Малышева|36А||7|'],
]

describe('an address is understood', () => {
  it.each(complete)('%j', (text, expected) => {
    const parsed = parseAddress(text, town)
    expect(parsed.result).toBe('ok')
    if (parsed.result !== 'ok') return
    const { streetType, street, house, korpus = '', flat = '', room = '' } = parsed.address
    expect([`${streetType} ${street}`, house, korpus, flat, room].join('|')).toBe(expected)
  })
  it('though its street is called by another type, which is told', () => {
    expect(parseAddress('ул. Ленина, д. 5, кв. 12', town)).toMatchObject({ address: { typeMismatch: true } })
    expect(parseAddress('пр. Ленина, д. 5, кв. 12', town)).toMatchObject({ address: { typeMismatch: false } })
  })
})

describe('an address is asked for further', () => {
  const cases: [text: string, expected: object][] = [
    ['ул Мира 5к3', { result: 'need_flat', address: { house: '5', korpus: '3' } }],
    ['Крауля 48', { result: 'need_flat', address: { house: '48' } }],
    ['проспект Ленина', { result: 'need_house', street: { id: 1 } }],
    ['Ленина кв 5', { result: 'need_house', street: { id: 1 } }],
    ['Мира 0-5', { result: 'need_house' }],
    ['Мира 50000', { result: 'need_house' }],
    // A corner house, or a flat behind a slash
    ['Ленина 5/12', { result: 'need_flat', address: { house: '5/12' }, alternative: { house: '5', flat: '12' } }],
    // A third number makes the second doubtful
    ['Ленина 5-12-3', { result: 'need_flat', address: { house: '5' } }],
    ['Зелёная 1-2', { result: 'ambiguous', streets: [{ id: 17 }, { id: 18 }], rest: '1-2' }],
    ['пр. Зелёная 1-2', { result: 'ok', address: { streetId: 18 } }],
    ['Ленена 5-12', { result: 'unknown_street', nearest: [{ id: 1 }], rest: '5-12' }],
    ['8 мрата 120-45', { result: 'unknown_street', nearest: [{ id: 2 }], rest: '120-45' }],
    ['ул. Викулава 1-2', { result: 'unknown_street', nearest: [{ id: 19 }, { id: 20 }] }],
    ['ул. Викуло 1-2', { result: 'unknown_street', nearest: [{ id: 20 }, { id: 19 }] }],
    ['Ленена пять квартира двенадцать', { result: 'unknown_street', nearest: [{ id: 1 }], rest: '5 квартира 12' }],
    ['Крауля сорок восемь', { result: 'need_flat', address: { house: '48' } }],
    ['Новая Заря 5-12', { result: 'unknown_street', nearest: [] }],
    ['Бажова 5-12', { result: 'unknown_street', nearest: [] }],
    ['5-12', { result: 'unknown_street', nearest: [] }],
    ['', { result: 'unknown_street', nearest: [] }],
    [`Мира 5-12${' '.repeat(3_000_000)}`, { result: 'unknown_street', nearest: [] }],
  ]
  it.each(cases)('%#', (text, expected) => {
    expect(parseAddress(text, town)).toMatchObject(expected)
  })
  it('and read again with the street that was chosen', () => {
    const parsed = parseAddress('Ленена 5-12', town)
    const chosen = parsed.result === 'unknown_street' && parsed.nearest[0]
    expect(chosen && parseAddress(`${chosen.type} ${chosen.name} ${parsed.rest}`, town).result).toBe('ok')
  })
})

describe('whatever is typed as an address', () => {
  const piece = fc.constantFrom(
    'Ленина',
    '8 Марта',
    'ул.',
    'д',
    'кв',
    'к',
    '-',
    '/',
    ',',
    '5',
    '12',
    '0',
    'а',
    'лит',
    '620014',
    'г.',
    '\n',
    '№',
  )
  it('is answered, with a house and a flat that are numbers', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          fc.array(piece, { maxLength: 14 }).map((all) => all.join(' ')),
        ),
        (text) => {
          const parsed = parseAddress(text, town)
          if (parsed.result !== 'ok') return
          expect(parsed.address.house).toMatch(/^[1-9]\d*[А-Я]?(\/[1-9]\d*[А-Я]?)?$/)
          expect(parsed.address.flat).toMatch(/^[1-9]\d*[А-Я]?$/)
        },
      ),
      { numRuns: 3000 },
    )
  })
  it.each(['5', 'к', ' ', '-', 'ул ', 'г. ', 'мира ', '٥', '1/', 'кв 1 '])(
    'does not hold up the others: %j over and over',
    (part) => {
      expect(parseAddress(part.repeat(1_000_000), town).result).toBe('unknown_street')
      expect(parseAddress(part.repeat(500).slice(0, 2000), town)).toBeDefined()
      expect(parseAddress(`Мира ${part.repeat(500).slice(0, 1990)}`, town)).toBeDefined()
    },
  )
})
