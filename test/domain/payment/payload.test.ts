import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Encoding } from '../../../src/domain/payment/encoding.ts'
import { type OptionalKey, optionalKeys, type PaymentFields } from '../../../src/domain/payment/fields.ts'
import { type PayloadStyle, writePayload } from '../../../src/domain/payment/payload.ts'
import { readPayload } from '../../../src/domain/payment/readPayload.ts'
import { requisites } from './vectors.ts'

const { Name, PersonalAcc, BankName, BIC, CorrespAcc } = requisites
const least: PaymentFields = { Name, PersonalAcc, BankName, BIC, CorrespAcc }
const usual: PayloadStyle = { encoding: 'utf-8', keyCase: 'capital' }

const write = (fields: PaymentFields, style = usual): Uint8Array => {
  const payload = writePayload(fields, style)
  if (!payload.ok) throw new Error(JSON.stringify(payload.problems))
  return payload.bytes
}
const textOf = (fields: PaymentFields, style = usual) => Buffer.from(write(fields, style)).toString()
const problemsOf = (fields: PaymentFields, style = usual) => {
  const payload = writePayload(fields, style)
  return payload.ok ? [] : payload.problems.map(({ field, why }) => `${field} ${why}`)
}
const separatorsInOrder = '|#;:^_~{}!$%&()*+,/@'

describe('a payment code that is written', () => {
  it('has the payee first and then the rest in the order of the standard, whatever order it came in', () => {
    const text = textOf({ TechCode: '02', UIN: '1', Sum: '5', CorrespAcc, BIC, BankName, PersonalAcc, Name })
    expect(text.split('|').map((item) => item.split('=')[0])).toEqual([
      ...['ST00012', 'Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc', 'Sum', 'UIN', 'TechCode'],
    ])
  })

  it('writes the keys of the payer with a small letter where the bank wants it, the others never', () => {
    const fields = { ...least, Sum: '1', PayeeINN: '6699000017', LastName: 'И', PersAcc: '1', UIN: '2', TechCode: '02' }
    const text = textOf(fields, { ...usual, keyCase: 'small' })
    expect(text).toMatch(/\|BIC=.*\|Sum=1\|PayeeINN=6699000017\|lastName=И\|persAcc=1\|UIN=2\|techCode=02$/)
  })

  it('takes the first separator that no value holds, for all its fields', () => {
    for (const [index, separator] of [...separatorsInOrder].entries()) {
      const [taken, PersAcc] = [separatorsInOrder.slice(0, index), `1${separatorsInOrder.slice(0, index)}`]
      const text = textOf({ ...least, Name: 'X', BankName: 'Y', PersAcc, TechCode: '02' })
      expect(text.charAt(7), taken).toBe(separator)
      expect(text.endsWith(`=${PersAcc}${separator}TechCode=02`)).toBe(true)
    }
    expect(problemsOf({ ...least, PersAcc: separatorsInOrder })).toEqual(['all separator'])
  })

  // The keys and the numbers take 94 bytes, so that 206 are left for the names of the payee and the bank.
  it.each<[Encoding, string, string, string[]]>([
    ['utf-8', 'Ж'.repeat(60), 'Б'.repeat(43), []],
    ['utf-8', 'Ж'.repeat(60), `${'Б'.repeat(43)}.`, ['all mandatory']],
    ['windows-1251', 'Ж'.repeat(160), 'Б'.repeat(45), []],
  ])('has room for the payee in 300 bytes, and for the payer after them (%s)', (encoding, Name, BankName, problems) => {
    const fields = { ...least, Name, BankName, Purpose: 'Ж'.repeat(160), LastName: 'Ж'.repeat(200) }
    expect(problemsOf(fields, { ...usual, encoding })).toEqual(problems)
  })

  it.each<[string, Partial<PaymentFields>]>([
    ['Name missing', { Name: '  ' }],
    ['Name tooLong', { Name: 'N'.repeat(161) }],
    ['BankName tooLong', { BankName: 'N'.repeat(46) }],
    ['PersonalAcc shape', { PersonalAcc: '4070281021600000004' }],
    ['BIC shape', { BIC: '04659999' }],
    ['CorrespAcc missing', { CorrespAcc: '' }],
    ['CorrespAcc shape', { CorrespAcc: '00' }],
    ['Sum shape', { Sum: '9935.33' }],
    ['Sum shape', { Sum: '0' }],
    ['Sum shape', { Sum: '1'.repeat(19) }],
    ['Purpose tooLong', { Purpose: 'N'.repeat(161) }],
    ['PayeeINN shape', { PayeeINN: '66990000170' }],
    ['KPP shape', { KPP: '66990100' }],
    ['TechCode shape', { TechCode: '16' }],
    ['LastName encoding', { LastName: 'Иванов\ud800' }],
  ])('is refused: %s', (problem, wrong) => {
    expect(problemsOf({ ...least, ...wrong })).toEqual([problem])
  })

  it.each<[string, Partial<PaymentFields>]>([
    ['characters are counted, not what they are stored in', { Name: 'N', Purpose: '𝄞'.repeat(160) }],
    ['a bank may have no correspondent account', { CorrespAcc: '0' }],
    ['a sum may have 18 digits', { Sum: '9'.repeat(18) }],
  ])('is taken: %s', (_, fields) => {
    expect(problemsOf({ ...least, ...fields })).toEqual([])
  })

  it('is refused rather than given other characters than it has', () => {
    const fields = { ...least, LastName: 'Әлиев', FirstName: 'Иван', PayerAddress: 'ул. 8 Марта \u0098' }
    expect(problemsOf(fields, { ...usual, encoding: 'windows-1251' })).toEqual([
      'LastName encoding',
      'PayerAddress encoding',
    ])
    expect(problemsOf(fields)).toEqual([])
  })

  it('is refused when no picture holds it', () => {
    const rest = 2331 - write({ ...least, ServiceName: '' }).length
    expect(write({ ...least, ServiceName: 'x'.repeat(rest) }).length).toBe(2331)
    expect(problemsOf({ ...least, ServiceName: 'x'.repeat(rest + 1) })).toEqual(['all capacity'])
  })
})

describe('a payment code that is read', () => {
  const code = (text: string) => readPayload(Buffer.from(text))
  const plain = textOf({ ...least, PersAcc: '6601234567', Category: '7' })
  const plainFields = { ...least, PersAcc: '6601234567', Category: '7' }

  it.each([
    ['keys in small letters', plain.replace(/(?<=\|)\w+(?==)/g, (key) => key.toLowerCase())],
    ['keys in capitals', plain.replace(/(?<=\|)\w+(?==)/g, (key) => key.toUpperCase())],
    ['one separator at the end', `${plain}|`],
    ['another separator', plain.replaceAll('|', '\u001d')],
  ])('may have %s', (_, text) => {
    expect(code(text)).toMatchObject({ ok: true, encoding: 'utf-8', fields: plainFields })
  })

  it('keeps keys that are not known, and signs of equality inside values', () => {
    const read = code(`${plain}|Fine=0|__proto__=x|purpose=a=b=`)
    expect(read).toMatchObject({ ok: true, fields: { ...plainFields, Purpose: 'a=b=' } })
    expect(read.ok && [...read.others]).toEqual([
      ['Fine', '0'],
      ['__proto__', 'x'],
    ])
  })

  it.each([
    ['nothing', '', 'head'],
    ['a head without a separator', 'ST00012', 'head'],
    ['another version', plain.replace('ST0001', 'ST0002'), 'head'],
    ['a letter as the separator', plain.replaceAll('|', 'x'), 'head'],
    ['a separator of two bytes', plain.replaceAll('|', '§'), 'head'],
    ['the sign of equality as the separator', plain.replaceAll('|', '='), 'head'],
    ['an encoding we do not read', plain.replace('ST00012', 'ST00013'), 'encoding'],
    ['two separators at the end', `${plain}||`, 'item'],
    ['a key without a value', `${plain}|Phone`, 'item'],
    ['a value without a key', `${plain}|=1`, 'item'],
    ['a key twice', `${plain}|persacc=2`, 'twice'],
    ['a payee without a bank', plain.replace(/BIC=\d+\|/, ''), 'order'],
    ['a payee in another order', plain.replace(/(BIC=\d+)\|(CorrespAcc=\d+)/, '$2|$1'), 'order'],
    ['no payee', 'ST00012|PersAcc=1', 'order'],
  ])('is refused: %s', (_, text, why) => {
    expect(code(text)).toEqual({ ok: false, why })
  })

  it('is refused when its bytes are not of the encoding it names', () => {
    const windows = write(plainFields, { ...usual, encoding: 'windows-1251' }).with(6, '2'.charCodeAt(0))
    expect(readPayload(windows)).toEqual({ ok: false, why: 'encoding' })
  })

  it('says what was written, whatever characters and separators the values hold', () => {
    const reasons = new Set<string>()
    fc.assert(
      fc.property(anyCode, ({ fields, style }) => {
        const payload = writePayload(fields, style)
        const values = Object.values(fields).join('')
        const separator = [...separatorsInOrder].find((one) => !values.includes(one))
        reasons.add(separator ?? 'none')
        const read = payload.ok ? readPayload(payload.bytes) : payload
        expect(read).toEqual(
          separator === undefined
            ? { ok: false, problems: [{ field: 'all', why: 'separator' }] }
            : { ok: true, encoding: style.encoding, separator, fields, others: new Map() },
        )
      }),
      { numRuns: 1000 },
    )
    expect(reasons.size).toBeGreaterThan(5)
    expect(reasons).toContain('none')
  })

  it('never fails, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('', 'ST00011|', 'ST00012|Name='), (bytes, head) => {
        expect(readPayload(Buffer.concat([Buffer.from(head), bytes])).ok).toBe(false)
      }),
    )
  })
})

/** Fields of any characters the encoding has, separators among them more often than by chance. */
const anyCode = fc.constantFrom<Encoding>('utf-8', 'windows-1251').chain((encoding) => {
  const any = encoding === 'utf-8' ? fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) : windowsCharacter
  const character = fc.oneof(any, fc.constantFrom(...separatorsInOrder.slice(0, 5), '=', 'ё', ' '), any)
  const text = (maxLength: number) => fc.string({ unit: character, maxLength })
  const said = (maxLength: number) => text(maxLength).map((value) => `${value}Ю`)
  const optional = optionalKeys.filter((key) => !(key in numbers))
  return fc.record({
    style: fc.record({
      encoding: fc.constant(encoding),
      keyCase: fc.constantFrom('capital' as const, 'small' as const),
    }),
    fields: fc
      .record(
        {
          ...{ Name: said(20), BankName: said(20) },
          ...{
            PersonalAcc: fc.constant(PersonalAcc),
            BIC: fc.constant(BIC),
            CorrespAcc: fc.constantFrom(CorrespAcc, '0'),
          },
          ...numbers,
          ...Object.fromEntries(optional.map((key) => [key, fc.oneof(said(30), everySeparator(key))])),
        },
        { requiredKeys: ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'] },
      )
      .map((fields): PaymentFields => ({ ...least, ...fields })),
  })
})

const numbers: Partial<Record<OptionalKey, fc.Arbitrary<string>>> = {
  Sum: fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }).map(String),
  PayeeINN: fc.constantFrom('6699000017', '669900000043'),
  KPP: fc.constantFrom('669901001', '6699AZ001'),
  TechCode: fc.constantFrom('01', '02', '15'),
}

const windowsCharacter = fc
  .integer({ min: 0, max: 255 })
  .filter((code) => code !== 0x98)
  .map((code) => new TextDecoder('windows-1251').decode(Uint8Array.of(code)))

/** A run of separators from the first on; in one field of many even all of them. */
const everySeparator = (key: OptionalKey) =>
  fc
    .integer({ min: 0, max: key === 'Contract' ? separatorsInOrder.length : 8 })
    .map((length) => `Ю${separatorsInOrder.slice(0, length)}`)
