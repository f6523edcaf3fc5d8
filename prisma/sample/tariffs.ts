import { roundedRatio, type TenThousandths } from '../../src/domain/money.ts'
import { type Month, monthOf } from './calendar.ts'

/** A service of the receipt. Suppliers are invented; tariffs are near to real ones in the year before October 2026, then they grow. */
export interface SampleService {
  code: string
  name: string
  supplier: string
  /** As windows-1251 can write it. */
  unit: string
  tariff: TenThousandths
  /** Hundredths of a percent that are added each year, in this month (1 to 12). */
  growth: number
  grows: number
}

const manager = { supplier: 'УК «Верхний город» (пример)', unit: 'м2', growth: 450, grows: 1 }
const waterworks = { supplier: 'МУП «Водоснабжение» (пример)', unit: 'м3', growth: 1288, grows: 10 }
const heating = { supplier: 'ТЭК «Тепло» (пример)', unit: 'Гкал', growth: 980, grows: 10 }
const power = { supplier: 'АО «Энергосбыт» (пример)', unit: 'кВт·ч', growth: 1150, grows: 10 }

export const services = {
  housing: { ...manager, code: 'HOUSING', name: 'Содержание жилого помещения', tariff: 35_8700 },
  commonWater: {
    ...waterworks,
    code: 'SOI_HVS',
    name: 'Холодная вода на содержание общего имущества',
    tariff: 52_6300,
  },
  cold: { ...waterworks, code: 'HVS', name: 'Холодное водоснабжение', tariff: 52_6300 },
  hot: { ...waterworks, code: 'GVS_WATER', name: 'Горячее водоснабжение: вода', tariff: 52_6300 },
  hotHeat: { ...heating, code: 'GVS_HEAT', name: 'Горячее водоснабжение: тепло', tariff: 2913_4700 },
  drainage: { ...waterworks, code: 'KAN', name: 'Водоотведение', tariff: 31_4600 },
  heat: { ...heating, code: 'HEAT', name: 'Отопление', tariff: 2913_4700 },
  waste: {
    ...{ code: 'TKO', name: 'Обращение с ТКО', supplier: 'Спецавтобаза (пример)', unit: 'м3' },
    ...{ tariff: 912_6400, growth: 700, grows: 1 },
  },
  gas: {
    ...{ code: 'GAS', name: 'Газоснабжение', supplier: 'АО «Горгаз» (пример)', unit: 'м3' },
    ...{ tariff: 7_3500, growth: 1060, grows: 10 },
  },
  power: { ...power, code: 'EL', name: 'Электроснабжение', tariff: 5_3400 },
  powerDay: { ...power, code: 'EL_DAY', name: 'Электроснабжение, день', tariff: 6_1400 },
  powerNight: { ...power, code: 'EL_NIGHT', name: 'Электроснабжение, ночь', tariff: 2_9400 },
  powerPeak: { ...power, code: 'EL_PEAK', name: 'Электроснабжение, пик', tariff: 6_9400 },
  powerHalfPeak: { ...power, code: 'EL_HALFPEAK', name: 'Электроснабжение, полупик', tariff: 5_3400 },
  capitalRepair: {
    ...{ code: 'CAPREM', name: 'Взнос на капитальный ремонт', supplier: 'Региональный фонд (пример)', unit: 'м2' },
    ...{ tariff: 18_8100, growth: 620, grows: 1 },
  },
} as const satisfies Record<string, SampleService>

/** The tariff of a month, to the kopeck. */
export function tariffIn(month: Month, { tariff, growth, grows }: SampleService): TenThousandths {
  const known = monthOf('2026-09-01')
  const since = (of: Month) => Math.floor((of - (grows - 1)) / 12)
  let [now, years] = [tariff, since(month) - since(known)]
  for (; years > 0; years--) now = toKopecks(BigInt(now) * BigInt(10_000 + growth), 10_000n)
  for (; years < 0; years++) now = toKopecks(BigInt(now) * 10_000n, BigInt(10_000 + growth))
  return now
}

const toKopecks = (dividend: bigint, divisor: bigint) => roundedRatio(dividend, divisor * 100n) * 100
