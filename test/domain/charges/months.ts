import fc from 'fast-check'
import { type ChargeRow, type Charges, chargeKinds, closingOf, rowTotal } from '../../../src/domain/charges/charges.ts'
import { parseRoubles, priceOf, scaledDecimal } from '../../../src/domain/money.ts'

/** A line as a table writes it; `accrued` is volume times tariff where nothing is said of it. */
export interface Line {
  service: string
  volume?: string
  unit?: string
  tariff?: string
  accrued?: string
  multiplier?: string
  recalculation?: string
  benefit?: string
}

const kopecks = (text = '0') => parseRoubles(text) ?? Number.NaN

export function row(line: Line): ChargeRow {
  const { service, unit } = line
  const [volume, tariff] = [line.volume, line.tariff].map((text) => text && scaledDecimal(text, 4))
  const measured = typeof volume === 'number' && typeof tariff === 'number' ? { volume, tariff } : undefined
  const sums = {
    accrued: line.accrued === undefined && measured ? priceOf(measured.volume, measured.tariff) : kopecks(line.accrued),
    multiplier: kopecks(line.multiplier),
    recalculation: kopecks(line.recalculation),
    benefit: kopecks(line.benefit),
  }
  return { service, name: service, ...(unit && { unit }), ...measured, ...sums, total: rowTotal(sums) }
}

export function month(lines: readonly Line[], change: Partial<Charges> = {}): Charges {
  const open = { rows: lines.map(row), opening: 0, paid: 0, penalty: 0, ...change }
  return { period: '2026-03', kind: 'MAIN', ...open, closing: closingOf(open), mismatches: [], ...change }
}

/** The worked example of the domain rules, §3: March 2026, 54.30 м², three persons. */
export const workedLines: readonly (Line & { accrued: string; total: string })[] = [
  { service: 'HOUSING', volume: '54.30', unit: 'м²', tariff: '35.87', accrued: '1947.74', total: '1947.74' },
  {
    ...{ service: 'CAPREM', volume: '54.30', unit: 'м²', tariff: '18.81', accrued: '1021.38' },
    ...{ benefit: '−250.00', total: '771.38' },
  },
  { service: 'HVS', volume: '6.335', unit: 'м³', tariff: '52.63', accrued: '333.41', total: '333.41' },
  {
    ...{ service: 'GVS_WATER', volume: '3.284', unit: 'м³', tariff: '52.63', accrued: '172.84' },
    ...{ recalculation: '−64.12', total: '108.72' },
  },
  { service: 'GVS_HEAT', volume: '0.1967', unit: 'Гкал', tariff: '2913.47', accrued: '573.08', total: '573.08' },
  { service: 'KAN', volume: '9.619', unit: 'м³', tariff: '31.46', accrued: '302.61', total: '302.61' },
  { service: 'HEAT', volume: '1.4281', unit: 'Гкал', tariff: '2913.47', accrued: '4160.73', total: '4160.73' },
  { service: 'TKO', volume: '0.5085', unit: 'м³', tariff: '912.64', accrued: '464.08', total: '464.08' },
  { service: 'EL_DAY', volume: '142', unit: 'кВт·ч', tariff: '6.14', accrued: '871.88', total: '871.88' },
  { service: 'EL_NIGHT', volume: '61', unit: 'кВт·ч', tariff: '2.94', accrued: '179.34', total: '179.34' },
  { service: 'SOI_HVS', volume: '0.1630', unit: 'м³', tariff: '52.63', accrued: '8.58', total: '8.58' },
]

const anySum = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -100_000, max: 100_000 }),
  fc.integer({ min: -1e12, max: 1e12 }),
)
const some = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 4 })
const volumes = some(fc.oneof(fc.integer({ min: -50_000, max: 500_000 }), fc.integer({ min: -1e13, max: 1e13 })))
const tariffs = some(fc.oneof(fc.constantFrom(526_300, 594_100), fc.integer({ min: 0, max: 1e13 })))
const units = some(fc.constantFrom('м³', 'Гкал', 'чел.'))
const anyRow: fc.Arbitrary<ChargeRow> = fc
  .record({
    service: fc.constantFrom('HVS', 'HEAT', 'TKO', 'EL_DAY'),
    ...{ volume: volumes, tariff: tariffs, unit: units },
    ...{ accrued: anySum, multiplier: anySum, recalculation: anySum, benefit: anySum, total: anySum },
  })
  .map(({ volume, tariff, unit, ...sums }) => ({
    ...{ ...sums, name: sums.service },
    ...(volume !== undefined && { volume }),
    ...(tariff !== undefined && { tariff }),
    ...(unit !== undefined && { unit }),
  }))
const anyCharges: fc.Arbitrary<Charges> = fc
  .record({ kind: fc.constantFrom(...chargeKinds), rows: fc.array(anyRow, { maxLength: 8 }), penalty: anySum })
  .map((some) => ({ ...month([]), ...some }))
/** All that was charged for a month: whatever lines of whatever kinds. */
export const anyMonth = fc.array(anyCharges, { maxLength: 2 })
