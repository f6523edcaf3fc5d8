import type { MeterOnHand } from '../../../src/domain/meter.ts'

/** Meters of a sample flat; each test takes those it speaks of. */
export const cold = meter({ id: 'cold', service: 'HVS', serial: '10203041', previous: 412.615 })
export const hot = meter({ id: 'hot', service: 'GVS', serial: '10203042', previous: 240 })
export const cold2 = meter({ id: 'cold2', service: 'HVS', serial: '10203043', previous: 100 })
export const light: MeterOnHand = {
  ...meter({ id: 'light', service: 'EL', serial: 'АВ-778899', digits: 6, decimals: 0, unit: 'кВт·ч' }),
  zones: 2,
  previous: { values: [5_000_000, 3_000_000], readAt: '2026-02-20' },
}
export const plainLight = meter({
  id: 'plainLight',
  service: 'EL',
  serial: '55667788',
  decimals: 0,
  previous: 4200,
  unit: 'кВт·ч',
})
export const heat = meter({ id: 'heat', service: 'HEAT', serial: '900100', digits: 4, unit: 'Гкал' })
export const gas = meter({ id: 'gas', service: 'GAS', serial: '333444', previous: 8 })

type Sample = {
  id: string
  service: MeterOnHand['service']
  serial: string
  digits?: number
  decimals?: number
  previous?: number
  unit?: string
}

function meter({ id, service, serial, digits = 5, decimals = 3, previous, unit = 'м³' }: Sample): MeterOnHand {
  return {
    ...{ id, service, serial, digits, decimals, zones: 1, ratio: 1, unit },
    ...(previous === undefined
      ? {}
      : { previous: { values: [Math.round(previous * 1000)], readAt: '2026-02-20' as const } }),
  }
}
