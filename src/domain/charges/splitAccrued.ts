import { type Kopecks, priceOf, roundedRatio, type TenThousandths } from '../money.ts'
import type { ChargeRow } from './charges.ts'

/** Parts of the difference between what one service accrued in two months; they add up to it exactly. */
export interface AccruedParts {
  volume: Kopecks
  tariff: Kopecks
  other: Kopecks
}

/**
 * `volume` is what the new volume costs at the old price less what the old one cost; `tariff` is what the new price adds to that. So
 * an equal volume has no part in it, nor has an equal tariff. A service of several lines (a tariff that changed within the month) has
 * the price at which the month's volume came out. What the billing accrued beside volume times tariff is `other`, as is everything
 * where there is nothing to multiply or the unit is another one.
 */
export function splitAccrued(before: readonly ChargeRow[], after: readonly ChargeRow[]): AccruedParts {
  const difference = accruedOf(after) - accruedOf(before)
  const [old, now] = [measured(before), measured(after)]
  if (!old || !now || old.unit !== now.unit) return { volume: 0, tariff: 0, other: difference }
  const between = newVolumeAtOldPrice(old, now)
  if (between === undefined) return { volume: 0, tariff: 0, other: difference }
  // Figures beyond any bill: no longer exact, so nothing is said of them.
  if (![between, old.price, now.price].every((price) => Math.abs(price) <= largestPrice)) {
    return { volume: 0, tariff: 0, other: difference }
  }
  const [volume, tariff] = [between - old.price, now.price - between]
  return { volume, tariff, other: difference - volume - tariff }
}

const largestPrice: Kopecks = 1e14

/** `price` is the sum of the lines' rounded prices, `exactPrice` of the unrounded ones (a 10⁻⁶ of a kopeck). */
interface Measured {
  unit: string
  volume: TenThousandths
  price: Kopecks
  exactPrice: bigint
  /** Where it is the same in all lines. */
  tariff: TenThousandths | undefined
}

/** Nothing when a line has no volume or no tariff, or the units differ. */
function measured(rows: readonly ChargeRow[]): Measured | undefined {
  const [first] = rows
  if (first?.unit === undefined) return undefined
  const all: Measured = { unit: first.unit, volume: 0, price: 0, exactPrice: 0n, tariff: first.tariff }
  for (const { unit, volume, tariff } of rows) {
    if (unit !== all.unit || volume === undefined || tariff === undefined) return undefined
    all.volume += volume
    all.price += priceOf(volume, tariff)
    all.exactPrice += BigInt(volume) * BigInt(tariff)
    if (tariff !== all.tariff) all.tariff = undefined
  }
  return all
}

/** Nothing when it cannot be told, or when neither has changed and what differs is how the lines were rounded. */
function newVolumeAtOldPrice(old: Measured, now: Measured): Kopecks | undefined {
  const sameTariff = old.tariff !== undefined && old.tariff === now.tariff
  if (now.volume === old.volume) return sameTariff ? undefined : old.price
  if (old.tariff !== undefined) return sameTariff ? now.price : priceOf(now.volume, old.tariff)
  if (old.volume <= 0) return undefined
  return roundedRatio(old.exactPrice * BigInt(now.volume), BigInt(old.volume) * 1_000_000n)
}

const accruedOf = (rows: readonly ChargeRow[]): Kopecks => rows.reduce((sum, row) => sum + row.accrued, 0)
