import { hundreds, tens, upToNineteen } from '../numerals.ts'

/** Stems of the ordinals from the first to the nineteenth. */
const ordinals = [
  ...['перв', 'втор', 'трет', 'четверт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят'],
  ...upToNineteen.slice(10).map((word) => word.slice(0, -1)),
]

const cardinals = new Map<string, number>([
  ...upToNineteen.map((word, index) => [word, index + 1] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
  ...hundreds.map((word, index) => [word, (index + 1) * 100] as const),
  ...(['одна', 'одно'] as const).map((word) => [word, 1] as const),
  ['две', 2],
])

const ordinalEnding = '(?:ого|его|ьего|ое|ье|ая|ья|ый|ий|ой|ую|ью)'
const word = `(?:${[...cardinals.keys()].join('|')}|(?:${ordinals.join('|')})${ordinalEnding})`
const runs = new RegExp(`(?<!\\p{L})${word}(?:[ -]+${word})*(?!\\p{L})`, 'gu')
const run = new RegExp(`^${word}(?!\\p{L})`, 'u')

/**
 * Numbers that are written out («дом сто двадцать квартира сорок пять») as digits, everything else as it was. Numbers that follow each
 * other stay apart: «пять двенадцать» is «5 12». Up to 999, as houses and flats have them. Expects `plainText`.
 */
export function wordsToDigits(text: string): string {
  return text.replace(runs, (words) => numbersOf(words.split(/[ -]+/)).join(' '))
}

/** Whether a text begins with such a number. */
export const beginsWithNumberWord = (text: string): boolean => run.test(text)

/** After hundreds comes less than a hundred, after tens less than ten; anything else begins a number of its own. */
function numbersOf(words: string[]): number[] {
  const numbers: number[] = []
  let below = 0
  for (const value of words.map(numberOf)) {
    if (value < below) numbers.push((numbers.pop() ?? 0) + value)
    else numbers.push(value)
    below = value >= 100 ? 100 : value >= 20 ? 10 : 0
  }
  return numbers
}

/** «пят» begins «пятнадцат» too: the longer stems stand last. */
const numberOf = (word: string): number =>
  cardinals.get(word) ?? ordinals.findLastIndex((stem) => word.startsWith(stem)) + 1
