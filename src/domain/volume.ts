import type { Language } from './language.ts'

/** An amount as an integer number of thousandths of its unit: 418.95 is 418950. Readings have no more decimals than three. */
export type Thousandths = number

/** The longest whole part that is taken; `10 ** 12` units are still exact in thousandths. */
const maxIntegerDigits = 12
/** Longer texts are no numbers; the bound also keeps the pattern from going over a flood of zeros again and again. */
const maxLength = 60

/** A plain decimal with a comma or a dot; decimals past the third are cut off, as a dial is read. Nothing when it is no such number. */
export function parseVolume(text: string): Thousandths | undefined {
  if (text.length > maxLength) return undefined
  const match = /^0*(\d+)(?:[.,](\d+))?$/.exec(text.trim())
  const [whole, decimals = ''] = [match?.[1], match?.[2]]
  if (whole === undefined || whole.length > maxIntegerDigits) return undefined
  return Number(whole) * 1000 + Number(decimals.slice(0, 3).padEnd(3, '0'))
}

/** `418950` → «418,95» (a dot in English), without needless zeros and without groups: a group space reads as a second number. */
export function formatVolume(thousandths: Thousandths, language: Language = 'ru'): string {
  const size = Math.abs(thousandths)
  const decimals = String(size % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  const sign = thousandths < 0 ? '−' : ''
  const point = language === 'ru' ? ',' : '.'
  return `${sign}${Math.floor(size / 1000)}${decimals === '' ? '' : point + decimals}`
}

/** Cut down to so many decimals (0-3), never rounded up: a dial shows a unit only when it is full. */
export function truncateVolume(thousandths: Thousandths, decimals: number): Thousandths {
  const step = 10 ** (3 - Math.min(3, Math.max(0, decimals)))
  return Math.floor(thousandths / step) * step
}
