/** One word of a street's name in the form in which names are compared, and where it ends in the text. */
export interface NameWord {
  key: string
  end: number
}

/** A name's words run together with spaces: «XXII Партсъезда» → «22 партсъезда», «40-летия Октября» → «40 лет октября». Expects `plainText`. */
export function nameKey(name: string): string {
  return nameWords(name)
    .map(({ key }) => key)
    .join(' ')
}

/**
 * The first words of a text (as `plainText` leaves it) from `at`, made comparable: Roman numerals and ordinal words become digits, endings of
 * ordinals, «и» and «имени» are left out. A name has at most `maxNameWords` words.
 */
export function nameWords(text: string, at = 0): NameWord[] {
  const words: NameWord[] = []
  for (const match of text.slice(at, at + maxNameLength).matchAll(/\d+|\p{L}+/gu)) {
    const raw = match[0]
    const end = at + match.index + raw.length
    const last = words.at(-1)
    if (last && /^\d+$/.test(last.key) && ordinalEnding.test(raw) && end - raw.length - last.end <= 1) last.end = end
    else if (!ignored.test(raw)) words.push({ key: wordKey(raw), end })
    if (words.length > maxNameWords) break
  }
  return words
}

export const maxNameWords = 8
const maxNameLength = 120

const ignored = /^(?:и|им|имени)$/
const ordinalEnding = /^(?:го|ого|й|ый|ой|ий|я|ая|ья|е|ое|ье)$/

function wordKey(word: string): string {
  if (/^лети[яе]$/.test(word)) return 'лет'
  const ordinal = ordinals.find(([pattern]) => pattern.test(word))
  if (ordinal) return ordinal[1]
  const number = /^\d/.test(word) ? Number(word) : romanNumber(word)
  return number === undefined ? word : String(number)
}

const ending = '(?:ого|ое|ая|ый|ой|ий|ья|ье|ьего)$'
const ordinals: [RegExp, string][] = [
  ...['перв', 'втор', 'трет', 'четверт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят'].map(
    (stem, index): [RegExp, string] => [new RegExp(`^${stem}${ending}`), String(index + 1)],
  ),
  [/^двадцать$/, '20'],
  [/^тридцать$/, '30'],
  [/^сорок$/, '40'],
  [/^пятьдесят$/, '50'],
  [/^шестьдесят$/, '60'],
]

/** Up to 39; Cyrillic «х» and «і» are typed for the Latin ones. A lone «х» stays a letter. */
function romanNumber(word: string): number | undefined {
  const roman = word.replaceAll('х', 'x').replaceAll('і', 'i')
  const match = /^(x{0,3})(ix|iv|v?i{0,3})$/.exec(roman)
  if (!match || word === 'х') return undefined
  const [tens = '', ones = ''] = [match[1], match[2]]
  const small: Record<string, number> = { ix: 9, iv: 4 }
  return tens.length * 10 + (small[ones] ?? (ones.startsWith('v') ? 4 + ones.length : ones.length))
}
