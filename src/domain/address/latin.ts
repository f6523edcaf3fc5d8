import { fromLatin } from '../phrases/spelling.ts'
import { plainText } from '../plainText.ts'

/** An address in Latin letters, as it would be typed in Russian: «Lenina ave 5 apt 12» → «ленина проспект 5 кв 12»; nothing when it has none. */
export function inCyrillic(typed: string): string | undefined {
  const russian = english.reduce((text, [word, meant]) => text.replace(word, meant), plainText(typed))
  return fromLatin(russian)
}

const english: [RegExp, string][] = [
  [/\b(?:apartment|apt|flat|unit)\b\.?/g, 'кв'],
  [/\b(?:house|building|bldg|bld)\b\.?/g, 'д'],
  [/\b(?:street|str|st)\b\.?/g, 'ул'],
  [/\b(?:avenue|ave)\b\.?/g, 'проспект'],
  [/\b(?:lane|ln)\b\.?/g, 'переулок'],
  [/\b(?:boulevard|blvd)\b\.?/g, 'бульвар'],
  [/\broom\b/g, 'ком'],
]
