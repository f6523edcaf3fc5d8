import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { paymentCode, usualAgreement } from '../../../src/domain/payment/paymentCode.ts'
import { readPayload } from '../../../src/domain/payment/readPayload.ts'
import { requisites, vectors } from './vectors.ts'

const { bill } = vectors.utf8

const read = (...given: Parameters<typeof paymentCode>) => {
  const code = paymentCode(...given)
  if (!code.ok) throw new Error(JSON.stringify(code.problems))
  const payload = readPayload(code.bytes)
  if (!payload.ok) throw new Error(payload.why)
  return payload.fields
}

describe('a payment code', () => {
  it.each([
    ['UTF-8', 'utf8', vectors.utf8],
    ['windows-1251 with another separator', 'win1251', vectors.windows1251],
  ] as const)('is byte for byte the known one in %s', (_, encoding, vector) => {
    const code = paymentCode(vector.requisites, vector.bill, vector.agreement)
    if (!code.ok) throw new Error(JSON.stringify(code.problems))
    expect(iconv.decode(Buffer.from(code.bytes), encoding)).toBe(vector.text)
    expect(Buffer.from(code.bytes).equals(iconv.encode(vector.text, encoding))).toBe(true)
    expect(code.bytes.length).toBe(vector.bytes)
    expect(createHash('sha256').update(code.bytes).digest('hex')).toBe(vector.sha256)
  })

  it.each([
    [1, '1'],
    [100_000_000_000, '100000000000'],
  ])('tells %i kopecks as %s, without a point', (dueKopecks, sum) => {
    expect(read(requisites, { ...bill, dueKopecks }).Sum).toBe(sum)
  })

  it.each([0, -0])('tells no sum when nothing is due', (dueKopecks) => {
    const fields = read(requisites, { ...bill, dueKopecks })
    expect(fields).not.toHaveProperty('Sum')
    expect(fields.PersAcc).toBe('6601234567')
  })

  it('is not made for an overpaid account', () => {
    expect(paymentCode(requisites, { ...bill, dueKopecks: -1 })).toEqual({
      ok: false,
      problems: [{ field: 'Sum', why: 'overpaid' }],
    })
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e21])('is not made for %d kopecks', (dueKopecks) => {
    expect(paymentCode(requisites, { ...bill, dueKopecks })).toEqual({
      ok: false,
      problems: [{ field: 'Sum', why: 'shape' }],
    })
  })

  it('is not made of requisites with a wrong digit', () => {
    expect(paymentCode({ ...requisites, PersonalAcc: '40702810216000000043' }, bill)).toEqual({
      ok: false,
      problems: [{ field: 'PersonalAcc', why: 'control' }],
    })
  })

  it('leaves out what is not known of the payer', () => {
    const fields = read(requisites, { ...bill, further: { LastName: 'Иванов', MiddleName: ' ', Phone: '' } })
    expect(Object.keys(fields).slice(9)).toEqual(['LastName', 'PersAcc', 'PaymPeriod', 'TechCode'])
  })

  it.each([
    ['account', 'PersAcc'],
    ['purpose', 'Purpose'],
  ])('is not made without its %s', (name, field) => {
    expect(paymentCode(requisites, { ...bill, [name]: ' ' })).toEqual({
      ok: false,
      problems: [{ field, why: 'missing' }],
    })
  })

  it('has only the keys that the bank takes, in the order of the standard', () => {
    const fields = read(requisites, bill, { ...usualAgreement, keys: ['TechCode', 'PersAcc', 'Purpose'] })
    expect(Object.keys(fields).slice(5)).toEqual(['Sum', 'Purpose', 'PersAcc', 'TechCode'])
  })

  it.each([
    ['MMYYYY', '032026'],
    ['MM.YYYY', '03.2026'],
    ['MMYY', '0326'],
    ['YYYY-MM', '2026-03'],
  ])('spells the period as agreed: %s is %s', (period, spelt) => {
    expect(read(requisites, bill, { ...usualAgreement, period }).PaymPeriod).toBe(spelt)
  })
})
