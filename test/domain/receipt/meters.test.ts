import { expect, test } from 'vitest'
import type { MonthlyDial } from '../../../src/domain/consumption.ts'
import type { Meter } from '../../../src/domain/meter.ts'
import { metersOfReceipt } from '../../../src/domain/receipt/meters.ts'

const dial = (period: MonthlyDial['period'], ...values: number[]): MonthlyDial => ({
  period,
  values,
  readAt: `${period}-20`,
})

function inMarch(dials: MonthlyDial[], more: Partial<Meter> = {}) {
  const meter: Meter & { dials: MonthlyDial[] } = {
    ...{ id: 'm', service: 'HVS', serial: '1', digits: 5, decimals: 3, zones: 1, ratio: 1, unit: 'м³', dials },
    ...more,
  }
  return metersOfReceipt([meter], '2026-03').map(({ previous, current, used }) => ({ previous, current, used }))
}

test.each<[string, MonthlyDial[], Partial<Meter>, unknown[]]>([
  [
    'read this month and last',
    [dial('2026-02', 100), dial('2026-03', 106)],
    {},
    [{ previous: [100], current: [106], used: [6] }],
  ],
  ['not read this month', [dial('2026-02', 100)], {}, [{ previous: [100], current: undefined, used: undefined }]],
  [
    'read after a silence',
    [dial('2026-01', 100), dial('2026-03', 106)],
    {},
    [{ previous: [100], current: [106], used: [6] }],
  ],
  [
    'read later too, which is another month’s',
    [dial('2026-03', 106), dial('2026-04', 120)],
    {},
    [{ previous: undefined, current: [106], used: undefined }],
  ],
  [
    'past zero',
    [dial('2026-02', 99_999_000), dial('2026-03', 1_000)],
    {},
    [{ previous: [99_999_000], current: [1_000], used: [2_000] }],
  ],
  [
    'with a transformation ratio',
    [dial('2026-02', 100), dial('2026-03', 106)],
    { ratio: 20 },
    [{ previous: [100], current: [106], used: [120] }],
  ],
  ['taken out before', [dial('2026-01', 100)], { removedAt: '2026-02-20' }, []],
  [
    'taken out within the month',
    [dial('2026-02', 100)],
    { removedAt: '2026-03-20' },
    [{ previous: [100], current: undefined, used: undefined }],
  ],
  ['put in later', [dial('2026-04', 1)], {}, []],
  ['that was never read', [], {}, [{ previous: undefined, current: undefined, used: undefined }]],
])('a meter %s', (_, dials, more, wanted) => {
  expect(inMarch(dials, more)).toEqual(wanted)
})
