import { type ChargeRow, rowTotal } from '../../src/domain/charges/charges.ts'
import { priceOf, roundedRatio, type TenThousandths } from '../../src/domain/money.ts'
import type { Month } from './calendar.ts'
import type { Chance } from './random.ts'
import { type SampleService, services, tariffIn } from './tariffs.ts'
import type { SampleAccount } from './town.ts'
import { type Used, used } from './used.ts'

/** Lines of a month's receipts, of both kinds, for a flat in which everything runs as its meters say. */
export function linesOf(account: SampleAccount, month: Month, by: Chance): { main: ChargeRow[]; capital: ChargeRow[] } {
  const area = account.areaHundredths * 100
  const house = account.flat === ''
  const line = lineMaker(account, month, by)
  const water = waterOf(account, month)
  const main = [
    !house && line(services.housing, area, 'площадь'),
    !house && line(services.commonWater, share(area, 30), 'норматив'),
    water.cold && line(services.cold, water.cold.volume, water.cold.basis, water.cold),
    water.hot && line(services.hot, water.hot.volume, water.hot.basis, water.hot),
    water.hot && line(services.hotHeat, share(water.hot.volume, 599), water.hot.basis),
    line(services.drainage, (water.cold?.volume ?? 0) + (water.hot?.volume ?? 0), (water.cold ?? water.hot)?.basis),
    heatLine(),
    line(services.waste, account.people * 1695, 'проживающие'),
    ...powerLines(used(account, 'EL', month)),
    gasLine(),
  ]
  return {
    main: main.filter((each) => each !== false && each !== undefined),
    capital: house ? [] : [line(services.capitalRepair, area, 'площадь')],
  }

  function heatLine(): ChargeRow | undefined {
    const season = [10, 11, 12, 1, 2, 3, 4].includes((month % 12) + 1)
    const counted = used(account, 'HEAT', month)
    if (counted) return total(counted) > 0 ? line(services.heat, total(counted) * 10, counted.basis) : undefined
    return season && !house ? line(services.heat, share(area, 263), 'общедомовой прибор') : undefined
  }

  function gasLine(): ChargeRow | undefined {
    const counted = used(account, 'GAS', month)
    return (
      counted && line(services.gas, total(counted) * 10, counted.basis, { corrected: total(counted, 'corrected') * 10 })
    )
  }

  function powerLines(counted: Used | undefined): ChargeRow[] {
    const zones: SampleService[][] = [
      [services.power],
      [services.powerDay, services.powerNight],
      [services.powerPeak, services.powerNight, services.powerHalfPeak],
    ]
    return (zones[(counted?.zones.length ?? 0) - 1] ?? []).map((service, zone) =>
      line(service, (counted?.zones[zone] ?? 0) * 10, counted?.basis, {
        corrected: (counted?.corrected[zone] ?? 0) * 10,
      }),
    )
  }
}

interface Water {
  volume: TenThousandths
  basis: string
  corrected: TenThousandths
  /** So many times the price is added where a meter could hang and does not. */
  multiplied?: bigint
}

/** By meters; in a flat that has none, by the norm. Where only cold water runs in, it is warmed at home. */
function waterOf(account: SampleAccount, month: Month): { cold?: Water; hot?: Water } {
  const of = (service: 'HVS' | 'GVS'): Water | undefined => {
    const counted = used(account, service, month)
    return counted && { volume: total(counted) * 10, basis: counted.basis, corrected: total(counted, 'corrected') * 10 }
  }
  const norm = (perPerson: TenThousandths, multiplied: bigint): Water => ({
    ...{ volume: account.people * perPerson, basis: 'норматив', corrected: 0, multiplied },
  })
  const has = (service: string) => account.meters.some(({ pattern }) => pattern.service === service)
  if (!has('HVS') && !has('GVS')) return { cold: norm(48_500, 4n), hot: norm(33_600, 1n) }
  const [cold, hot] = [of('HVS') ?? norm(48_500, 0n), has('GVS') ? (of('GVS') ?? norm(33_600, 0n)) : undefined]
  return { cold, ...(hot && { hot }) }
}

function lineMaker({ privileged }: SampleAccount, month: Month, by: Chance) {
  return (
    service: SampleService,
    volume: TenThousandths,
    basis = 'норматив',
    { corrected = 0, multiplied = 0n } = {},
  ): ChargeRow => {
    const tariff = tariffIn(month, service)
    const accrued = priceOf(volume, tariff)
    const without = service.code === 'GVS_WATER' && by.oneIn(12)
    const recalculation = without ? -roundedRatio(BigInt(accrued), 6n) : priceOf(corrected, tariff)
    const sums = {
      ...{ accrued, recalculation },
      multiplier: roundedRatio(BigInt(accrued) * multiplied, 2n),
      benefit: privileged && service.code === 'CAPREM' ? -roundedRatio(BigInt(accrued), 2n) : 0,
    }
    return {
      ...{
        service: service.code,
        name: service.name,
        supplier: service.supplier,
        unit: service.unit,
        volume,
        basis,
        tariff,
      },
      ...sums,
      ...(recalculation !== 0 && {
        recalculationReason: without ? 'перерыв в подаче горячей воды' : 'показания после расчёта по среднему',
      }),
      total: rowTotal(sums),
    }
  }
}

const total = (counted: Used, of: 'zones' | 'corrected' = 'zones') => counted[of].reduce((sum, zone) => sum + zone, 0)
/** So many ten-thousandths of a volume. */
const share = (volume: TenThousandths, part: number): TenThousandths =>
  roundedRatio(BigInt(volume) * BigInt(part), 10_000n)
