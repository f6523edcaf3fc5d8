import { capacity, type Meter } from '../meter.ts'
import { parseVolume, type Thousandths, truncateVolume } from '../volume.ts'
import type { NumberToken } from './tokens.ts'

/**
 * The values to choose from when numbers given for one meter may be grouped by thousands: «418.950» or «418 950» on a dial of whole numbers
 * is 418 and a fraction, or 418950. Nothing when they can be read in one way only. Domain rules, §2, E_NOT_NUMBER.
 */
export function groupedVolumes(numbers: NumberToken[], meter: Meter): Thousandths[][] | undefined {
  const [first, second] = numbers
  if (meter.zones === 1 && first && second && isSpacedPair(numbers, meter)) {
    const whole = isGroupHead(first.text) ? parseVolume(first.text + second.text) : undefined
    const asDecimal = truncateVolume(parseVolume(`${first.text}.${second.text}`) ?? first.value, meter.decimals)
    const canBeWhole = whole !== undefined && (meter.decimals === 0 || whole < capacity(meter.digits))
    return canBeWhole ? [[asDecimal], [whole]] : [[asDecimal]]
  }
  if (!numbers.some((number) => isGroupedNumber(number, meter))) return undefined
  const asDecimals = numbers.map(({ value }) => truncateVolume(value, meter.decimals))
  const asWhole = numbers.map((number) =>
    isGroupedNumber(number, meter) ? (parseVolume(number.text.replace(/[.,]/, '')) ?? number.value) : number.value,
  )
  return [asDecimals, asWhole]
}

/** Two numbers for one register that may be one: «418 950» with groups of thousands, or «00418 950» as the black and red digits of a dial. */
export function isSpacedPair(numbers: NumberToken[], meter: Meter): boolean {
  const [first, second, third] = numbers
  if (!first || !second || third || !second.spaced || !/^\d{3}$/.test(second.text)) return false
  return (
    isGroupHead(first.text) || (meter.decimals === 3 && /^\d+$/.test(first.text) && first.text.length <= meter.digits)
  )
}

/** A comma is the decimal sign in Russian; it may group thousands only where the dial has room for such a number. */
function isGroupedNumber({ text }: NumberToken, meter: Meter): boolean {
  const match = /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(text)
  if (!match || meter.decimals >= 3) return false
  const whole = parseVolume(`${match[1]}${match[3]}`)
  return (match[2] === '.' && meter.decimals === 0) || (whole !== undefined && whole < capacity(meter.digits))
}

function isGroupHead(text: string): boolean {
  return /^[1-9]\d{0,2}$/.test(text)
}
