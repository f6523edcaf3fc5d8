import { expect, test } from 'vitest'
import type { Charges } from '../../../src/domain/charges/charges.ts'
import { layersOf, summaryOfLayers } from '../../../src/domain/charges/layers.ts'
import { month } from './months.ts'

const named = (charges: readonly Charges[]) =>
  layersOf(charges).layers.map(({ name, services, total }) => [name ?? services, total])

/** So many services, the first the largest, in one month. */
const services = (count: number, change: Partial<Charges> = {}) =>
  month(
    Array.from({ length: count }, (_, nth) => ({ service: `S${nth + 1}`, accrued: String(1000 - nth) })),
    change,
  )

test('services stand by their size, months in their order, and all of it adds up', () => {
  const charges = [
    month(
      [
        { service: 'HVS', accrued: '10' },
        { service: 'HEAT', accrued: '30' },
      ],
      { period: '2026-02' },
    ),
    month([{ service: 'HVS', accrued: '5' }], { period: '2026-01' }),
  ]
  expect(layersOf(charges)).toEqual({
    months: [
      { period: '2026-01', charged: 500 },
      { period: '2026-02', charged: 4000 },
    ],
    layers: [
      {
        name: 'HEAT',
        services: 1,
        total: 3000,
        months: [
          { added: 0, taken: 0 },
          { added: 3000, taken: 0 },
        ],
      },
      {
        name: 'HVS',
        services: 1,
        total: 1500,
        months: [
          { added: 500, taken: 0 },
          { added: 1000, taken: 0 },
        ],
      },
    ],
  })
})

test('what takes away stands beside what adds, and a service that only takes away is not among the last', () => {
  const lines = [
    { service: 'HEAT', accrued: '100' },
    { service: 'HEAT', recalculation: '-30' },
    { service: 'HVS', recalculation: '-500' },
  ]
  expect(layersOf([month(lines)])).toMatchObject({
    months: [{ charged: -43_000 }],
    layers: [
      { name: 'HVS', total: -50_000, months: [{ added: 0, taken: -50_000 }] },
      { name: 'HEAT', total: 7000, months: [{ added: 10_000, taken: -3000 }] },
    ],
  })
})

test('services past the sixth are one, with what they add and take away; a single one keeps its name', () => {
  expect(named([services(7)]).map(([name]) => name)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7'])
  expect(named([services(40)]).at(-1)).toEqual([
    34,
    services(40)
      .rows.slice(6)
      .reduce((sum, { total }) => sum + total, 0),
  ])
  const taken = month([
    ...services(7).rows.map(({ service }) => ({ service, accrued: '9' })),
    { service: 'X', benefit: '-1' },
  ])
  expect(layersOf([taken]).layers.at(-1)).toMatchObject({
    services: 2,
    total: 800,
    months: [{ added: 900, taken: -100 }],
  })
})

test('kinds are together in a month, and a service of each is one of its own, called as it was last', () => {
  const charges = [
    month([{ service: 'A', accrued: '1' }], { period: '2026-01' }),
    month([{ service: 'A', accrued: '2' }], { period: '2026-01', kind: 'CAPREM' }),
  ]
  expect(layersOf(charges).months).toEqual([{ period: '2026-01', charged: 300 }])
  expect(named(charges)).toEqual([
    ['A', 200],
    ['A', 100],
  ])
  const renamed = month([{ service: 'A', accrued: '1' }], { period: '2026-02' })
  const later = { ...renamed, rows: renamed.rows.map((row) => ({ ...row, name: 'Новое имя' })) }
  expect(named([later, month([{ service: 'A', accrued: '1' }], { period: '2026-01' })])).toEqual([['Новое имя', 200]])
})

test('a month without charges is a gap, and neither the least nor part of the average', () => {
  const charges = [services(1, { period: '2025-11' }), services(2, { period: '2026-02' })]
  const layers = layersOf(charges)
  expect(layers.months.map(({ charged }) => charged)).toEqual([100_000, undefined, undefined, 199_900])
  expect(summaryOfLayers(layers)).toEqual({
    ...{ months: 2, total: 299_900, average: 149_950 },
    most: { period: '2026-02', charged: 199_900 },
    least: { period: '2025-11', charged: 100_000 },
  })
})

test('of nothing there is nothing', () => {
  expect(layersOf([])).toEqual({ months: [], layers: [] })
  expect(summaryOfLayers(layersOf([]))).toBeUndefined()
})
