import { hundreds, tens, upToNineteen } from '../numerals.ts'
/**
 * A sum of money as receipts have it beside the figures: 993533 → «Девять тысяч девятьсот тридцать пять рублей 33 копейки». Kopecks, none
 * or more; every whole number that a `number` holds exactly can be written. Refuses (`RangeError`) what is no such number.
 */
export function sumInWords(kopecks: number): string {
  if (!Number.isSafeInteger(kopecks) || kopecks < 0)
    throw new RangeError('a sum in words is of whole kopecks, none or more')
  const [roubles, rest] = [Math.floor(kopecks / 100), kopecks % 100]
  const words = [...inWords(roubles), form(roubles, ['рубль', 'рубля', 'рублей'])].join(' ')
  const kopeckWord = form(rest, ['копейка', 'копейки', 'копеек'])
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${String(rest).padStart(2, '0')} ${kopeckWord}`
}

/** One, two to four, and the rest: «рубль, рубля, рублей». */
type Forms = readonly [string, string, string]

/** From the right, groups of three digits. Only thousands are feminine: «одна тысяча, два рубля». */
const classes: readonly { forms?: Forms; feminine?: boolean }[] = [
  {},
  { forms: ['тысяча', 'тысячи', 'тысяч'], feminine: true },
  { forms: ['миллион', 'миллиона', 'миллионов'] },
  { forms: ['миллиард', 'миллиарда', 'миллиардов'] },
  { forms: ['триллион', 'триллиона', 'триллионов'] },
]

function inWords(whole: number): string[] {
  if (whole === 0) return ['ноль']
  const groups = classes.map(({ forms, feminine = false }, index) => {
    const group = Math.floor(whole / 1000 ** index) % 1000
    return group === 0 ? [] : [...groupInWords(group, feminine), ...(forms ? [form(group, forms)] : [])]
  })
  return groups.reverse().flat()
}

/** 1 to 999. */
function groupInWords(group: number, feminine: boolean): string[] {
  const below = group % 100
  const [ten, unit] = below < 20 ? [0, below] : [Math.floor(below / 10), below % 10]
  const units = feminine ? ['', 'одна', 'две', ...small.slice(3)] : small
  return [hundreds[Math.floor(group / 100) - 1], tens[ten - 2], units[unit]].flatMap((word) => word || [])
}

const small = ['', ...upToNineteen]

function form(count: number, [one, few, many]: Forms): string {
  const [last, lastTwo] = [count % 10, count % 100]
  if (lastTwo >= 11 && lastTwo <= 14) return many
  if (last === 1) return one
  return last >= 2 && last <= 4 ? few : many
}
