import type { Language } from './language.ts'

/** Money as an integer number of kopecks: 9935.33 ₽ is 993533. Plus is a debt (долг), minus an overpayment (переплата). */
export type Kopecks = number

/** A volume or a tariff as an integer number of ten-thousandths of its unit: 6.335 м³ is 63350, 52.63 ₽ is 526300. */
export type TenThousandths = number

const mostDigits = 60

/**
 * A decimal as an integer number of its last places, exactly: `scaledDecimal('6,335', 4)` is 63350. Takes a comma or a dot, a sign
 * and groups parted by spaces. Nothing when it is no such number, has more places, or is too large to be exact.
 */
export function scaledDecimal(text: string, places: number): number | undefined {
  if (text.length > mostDigits) return undefined
  const match = /^([+−-]?)(\d+|\d{1,3}(?:\s\d{3})+)(?:[.,](\d+))?$/.exec(text.trim())
  const [, sign, whole = '', decimals = ''] = match ?? []
  const kept = decimals.replace(/0+$/, '')
  if (!match || kept.length > places) return undefined
  const value = Number(`${whole.replace(/\s/g, '')}${kept.padEnd(places, '0')}`)
  if (!Number.isSafeInteger(value)) return undefined
  return value === 0 || sign === '' || sign === '+' ? value : -value
}

/** Roubles as they are written, `9 935,33` or `9935.33`, in kopecks; nothing when it is no sum to the kopeck. */
export const parseRoubles = (text: string): Kopecks | undefined => scaledDecimal(text.replace(/\s?₽$/, ''), 2)

/**
 * Volume times tariff, to the kopeck, half away from zero (domain rules, §3). In floating point 0.5 × 2.01 is a kopeck short.
 */
export function priceOf(volume: TenThousandths, tariff: TenThousandths): Kopecks {
  return roundedRatio(BigInt(volume) * BigInt(tariff), 1_000_000n)
}

/** The nearest integer to a fraction, half away from zero; `divisor` is positive. */
export function roundedRatio(dividend: bigint, divisor: bigint): number {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (2n * size + divisor) / (2n * divisor)
  return Number(dividend < 0n ? -rounded : rounded)
}

/** `993533` → «9 935,33 ₽» («9,935.33 ₽» in English). Its spaces do not break; a minus is a real one. */
export function formatKopecks(kopecks: Kopecks, language: Language = 'ru'): string {
  const { sign, whole, decimals } = written(kopecks, 2, language)
  return `${sign}${whole}${decimals}\u00a0₽`
}

/** `63350` → «6,335»: a volume or a tariff without needless zeros, at least so many places (2 for a tariff in roubles). */
export function formatTenThousandths(value: TenThousandths, language: Language = 'ru', leastPlaces = 0): string {
  const { sign, whole, decimals } = written(value, 4, language)
  const kept = decimals.slice(1).replace(/0+$/, '').padEnd(leastPlaces, '0')
  return `${sign}${whole}${kept && decimals.slice(0, 1) + kept}`
}

function written(value: number, places: number, language: Language) {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const [group, point] = language === 'ru' ? ['\u00a0', ','] : [',', '.']
  return {
    sign: value < 0 ? '−' : '',
    whole: digits.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, group),
    decimals: point + digits.slice(-places),
  }
}
