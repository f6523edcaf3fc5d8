import type { Chance } from './random.ts'

type Service = 'HVS' | 'GVS' | 'HEAT' | 'EL' | 'GAS'

/** What a meter is before it has run. `monthly` is a typical month in thousandths of the unit, zone by zone. */
export interface Pattern {
  service: Service
  digits: number
  decimals: number
  unit: string
  norm: string
  monthly: number[]
  ratio: number
}

/** windows-1251 has no «³»: real files write «м3». */
const water = { digits: 5, decimals: 3, unit: 'м3', ratio: 1 }

export const cold: Pattern = { ...water, service: 'HVS', norm: '4.8500', monthly: [4200] }
export const hot: Pattern = { ...water, service: 'GVS', norm: '3.3600', monthly: [2900] }
export const heat: Pattern = {
  service: 'HEAT',
  digits: 5,
  decimals: 3,
  unit: 'Гкал',
  norm: '',
  monthly: [900],
  ratio: 1,
}
export const gas: Pattern = {
  service: 'GAS',
  digits: 5,
  decimals: 3,
  unit: 'м3',
  norm: '10.2000',
  monthly: [11_000],
  ratio: 1,
}

const power = { service: 'EL', digits: 6, decimals: 0, unit: 'кВт·ч', norm: '69.0000', ratio: 1 } as const
export const oneZone: Pattern = { ...power, digits: 5, decimals: 1, monthly: [170_000] }
export const twoZones: Pattern = { ...power, monthly: [142_000, 61_000] }
export const threeZones: Pattern = { ...power, monthly: [75_000, 58_000, 64_000] }

/** What hangs in an ordinary flat: mostly two water meters, often electricity, sometimes heat, gas or a second riser. */
export function ordinaryFlat(by: Chance): Pattern[] {
  const dice = by.between(1, 100)
  if (dice <= 6) return []
  if (dice <= 62) return [cold, hot]
  if (dice <= 78) return [cold, hot, by.pick([oneZone, oneZone, twoZones, threeZones])]
  if (dice <= 86) return [cold, cold, hot, hot]
  return dice <= 94 ? [cold, hot, heat] : [cold, gas]
}
