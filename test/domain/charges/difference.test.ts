import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Charges, chargedFor } from '../../../src/domain/charges/charges.ts'
import { causes, type Difference, differenceOf, type Parts } from '../../../src/domain/charges/difference.ts'
import { anyMonth, type Line, month } from './months.ts'

const water = (volume: string, tariff = '52.63', more: Partial<Line> = {}): Line => ({
  ...{ service: 'HVS', unit: 'м³', volume, tariff },
  ...more,
})
const compare = (before: readonly Line[], after: readonly Line[]) => differenceOf([month(before)], [month(after)])
const notZero = (parts: Parts) => Object.fromEntries(Object.entries(parts).filter(([, kopecks]) => kopecks !== 0))

describe('why a month costs more than another', () => {
  it.each<[string, Line[], Line[], Partial<Parts>]>([
    ['nothing has changed', [water('6.335')], [water('6.335')], {}],
    ['more has run through', [water('6')], [water('8.5')], { volume: 44736 - 31578 }],
    ['less has run through', [water('8.5')], [water('6')], { volume: 31578 - 44736 }],
    ['the tariff has risen', [water('8.5')], [water('8.5', '59.41')], { tariff: 50499 - 44736 }],
    ['both', [water('6')], [water('8.5', '59.41')], { volume: 44736 - 31578, tariff: 50499 - 44736 }],
    ['more at a lower tariff', [water('6')], [water('8', '50')], { volume: 42104 - 31578, tariff: 40000 - 42104 }],
    ['after a month of nothing', [water('0')], [water('6', '59.41')], { volume: 31578, tariff: 35646 - 31578 }],
    ['a recalculation', [water('6')], [water('6', '52.63', { recalculation: '-64.12' })], { recalculation: -6412 }],
    ['a recalculation has ended', [water('6', '52.63', { recalculation: '-1' })], [water('6')], { recalculation: 100 }],
    ['a benefit', [water('6')], [water('6', '52.63', { benefit: '-250' })], { benefit: -25000 }],
    ['the multiplier', [water('6')], [water('6', '52.63', { multiplier: '631.56' })], { multiplier: 63156 }],
    ['the service has come', [], [water('6')], { other: 31578 }],
    ['the service has gone', [water('6')], [], { other: -31578 }],
    ['another unit', [water('6')], [{ ...water('5'), unit: 'чел.' }], { other: 26315 - 31578 }],
    ['no volume is told', [{ service: 'HVS', accrued: '100' }], [water('6')], { other: 21578 }],
    ['accrued is no product', [water('6')], [water('8', '52.63', { accrued: '400' })], { volume: 10526, other: -2104 }],
    [
      'a month that had two tariffs',
      [water('4'), water('4', '59.41')],
      [water('8', '59.41')],
      { tariff: 47528 - 21052 - 23764 },
    ],
    [
      'more than in a month that had two tariffs',
      [water('4'), water('4', '59.41')],
      [water('16', '59.41')],
      { volume: 44816, tariff: 95056 - 2 * 44816 },
    ],
    [
      'a tariff that is one again, the volume being the same, when kopecks were rounded line by line',
      [water('0.5', '2.01'), water('0.5', '4.03')],
      [water('1', '3.02')],
      { tariff: 302 - 101 - 202 },
    ],
    [
      'one line in place of two, with nothing changed but how kopecks are rounded',
      [water('0.5', '2.01'), water('0.5', '2.01')],
      [water('1', '2.01')],
      { other: 201 - 202 },
    ],
    ['volumes beyond any bill', [water('1', '999999999')], [water('999999999', '999999999', { accrued: '5' })], {}],
  ])('%s', (_, before, after, parts) => {
    const { services, difference } = compare(before, after)
    const found = services.map((each) => notZero(each.parts))
    if (Object.keys(parts).length > 0) expect(found).toEqual([parts])
    expect(found.flatMap((each) => Object.values(each)).reduce((all, each) => all + each, 0)).toBe(difference)
  })

  it('tells which service came and which went, with its name', () => {
    const { services } = compare([water('6')], [{ service: 'HEAT', accrued: '4160.73' }])
    expect(services.map(({ service, name, presence }) => [service, name, presence])).toEqual([
      ['HEAT', 'HEAT', 'came'],
      ['HVS', 'HVS', 'went'],
    ])
  })

  it('puts the largest first, whether more or less', () => {
    const before = month([water('6'), { service: 'HEAT', accrued: '4160.73' }, { service: 'TKO', accrued: '464.08' }])
    const after = month([water('8.5'), { service: 'HEAT', accrued: '100' }, { service: 'TKO', accrued: '464.08' }], {
      penalty: 20_000,
    })
    const { services, reasons, penalty } = differenceOf([before], [after])
    expect(services.map(({ service }) => service)).toEqual(['HEAT', 'HVS', 'TKO'])
    expect(reasons.map(({ cause, kopecks, of }) => [of?.service, cause, kopecks])).toEqual([
      ['HEAT', 'other', 10_000 - 416_073],
      [undefined, 'penalty', 20_000],
      ['HVS', 'volume', 13_158],
    ])
    expect(penalty).toBe(20_000)
  })

  it('keeps a service of capital repair apart from one of the same code in the main charges', () => {
    const line = { service: 'X', accrued: '10' }
    const { services } = differenceOf([month([line])], [month([line]), month([line], { kind: 'CAPREM' })])
    expect(services.map(({ kind, presence }) => [kind, presence])).toEqual([
      ['CAPREM', 'came'],
      ['MAIN', 'both'],
    ])
  })

  it('says nothing of two months without charges', () => {
    expect(differenceOf([], [])).toMatchObject({ difference: 0, services: [], reasons: [] })
  })
})

describe('whatever lines appear, vanish, change their unit or tariff', () => {
  const total = (parts: Parts) => causes.reduce((sum, cause) => sum + parts[cause], 0)
  const always = (holds: (found: Difference, before: Charges[], after: Charges[]) => void) =>
    fc.assert(
      fc.property(anyMonth, anyMonth, (before, after) => holds(differenceOf(before, after), before, after)),
      { numRuns: 1000 },
    )

  it('the parts add up to the difference to the kopeck: of each service, of all, and as reasons', () => {
    always(({ difference, services, parts, penalty, reasons }, before, after) => {
      const charged = (all: Charges[]) => all.reduce((sum, each) => sum + chargedFor(each) + each.penalty, 0)
      expect(difference).toBe(charged(after) - charged(before))
      for (const service of services) {
        expect(total(service.parts)).toBe(service.difference)
        expect(service.after - service.before).toBe(service.difference)
      }
      expect(total(parts)).toBe(difference)
      expect(services.reduce((sum, each) => sum + each.difference, penalty)).toBe(difference)
      expect(reasons.reduce((sum, each) => sum + each.kopecks, 0)).toBe(difference)
    })
  })

  it('all figures are whole kopecks, and the larger stands before the smaller', () => {
    always(({ services, reasons }) => {
      for (const all of [services.map((each) => each.difference), reasons.map((each) => each.kopecks)]) {
        expect(all.every(Number.isSafeInteger)).toBe(true)
        expect(all).toEqual(all.toSorted((a, b) => Math.abs(b) - Math.abs(a)))
      }
    })
  })

  it('the way back is the same with the other sign, service by service', () => {
    always(({ difference, services }, before, after) => {
      const back = differenceOf(after, before)
      expect(back.difference + difference).toBe(0)
      for (const one of services) {
        const other = back.services.find((each) => each.kind === one.kind && each.service === one.service)
        expect((other?.difference ?? Number.NaN) + one.difference).toBe(0)
      }
    })
  })
})
