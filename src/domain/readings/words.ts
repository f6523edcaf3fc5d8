import { distance } from 'fastest-levenshtein'
import type { Service } from '../meter.ts'

/** What a word among readings says: a service, a register of an electricity meter (0-based), nothing worth knowing, or something unknown. */
export type WordMeaning =
  | { kind: 'service'; service: Service }
  | { kind: 'zone'; zone: 0 | 1 | 2 }
  | { kind: 'noise' }
  | { kind: 'unknown' }

/** Expects one word of letters only, as `plainText` leaves it. A slip of a letter or two in a long service name is forgiven. */
export function meaningOf(word: string): WordMeaning {
  for (const [service, pattern] of servicePatterns) if (pattern.test(word)) return { kind: 'service', service }
  for (const [zone, pattern] of zonePatterns) if (pattern.test(word)) return { kind: 'zone', zone }
  if (noise.test(word)) return { kind: 'noise' }
  const meant = word.length < 6 || word.length > 20 ? undefined : fullNames.find(([name]) => isSlipOf(word, name))
  return meant ? { kind: 'service', service: meant[1] } : { kind: 'unknown' }
}

/** A number that is written out: «триста двадцать», «twenty». Only digits are taken: a misheard word would be a wrong reading. */
export function isNumberWord(word: string): boolean {
  return numberWord.test(word)
}

const numberWord = new RegExp(
  `^(?:${[
    'ноль|нуль|один|одна|одно|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять',
    '(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцать|двадцать|тридцать|сорок|(?:пять|шесть|семь|восемь)десят|девяносто',
    'сто|двести|триста|четыреста|(?:пять|шесть|семь|восемь|девять)сот|тысяч[аиу]?|целых|целая|десятых|сотых|тысячных',
    'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen',
    '(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|point',
  ].join('|')})$`,
)

/** Phrases and spellings with signs inside, rewritten to plain words before the text is cut up; greetings hold the word «день». */
export function plainPhrases(text: string): string {
  return phrases.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text)
}

const months =
  'январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]'

/** Stands for «не изменилось» in a text made plain; nobody can type it. */
export const sameMark = '\uE010'

const same = [
  'не (?:измен(?:[ия]л[аои]?с[ья]|яется|яются)|(?:по)?менял[аои]?с[ья]|меня[ею]тся|крутил[аои]?с[ья])',
  'без (?:изменений|изменения|перемен)',
  'как (?:и )?(?:в )?(?:прошл\\p{L}+ (?:раз|месяце?)|раньше|было)',
  '(?:остал(?:ось|ись|ся|ась) )?(?:прежн(?:ее|ие|яя|ий|им|ими)|то же(?: самое)?|те же(?: самые)?|та же(?: самая)?|так же|такие же|столько же)',
  '(?:вс[её] )?по[- ]?старому|вс[её] как (?:и )?было',
  '(?:the )?same(?: as (?:last time|last month|before))?|no changes?|unchanged|as (?:last time|before)',
  '(?:has|have|did|does)(?: ?not|n.?t) changed?|not changed|without changes?',
].join('|')

const phrases: [RegExp, string][] = [
  [new RegExp(`(?<!\\p{L})(?:${same})(?!\\p{L})`, 'gu'), ` ${sameMark} `],
  // A date is said of readings, not read off a dial.
  [/(?<![\d.,])\d{1,2}\.\d{1,2}\.\d{4}(?!\d)(?: ?г(?:ода|\.)?(?!\p{L}))?/gu, ' '],
  [
    new RegExp(`(?<![\\d.,])\\d{1,2} (?:${months})(?!\\p{L})(?: 20\\d{2}(?!\\d))?(?: ?г(?:ода|\\.)?(?!\\p{L}))?`, 'gu'),
    ' ',
  ],
  [new RegExp(`(?<!\\p{L})(?:${months}) 20\\d{2}(?!\\d)(?: ?г(?:ода|\\.)?(?!\\p{L}))?`, 'gu'), ' '],
  [/добр(?:ый|ого) (?:день|дня|вечер|вечера)|доброе утро|good (?:day|morning|evening)/g, ' '],
  [/сегодняшний день|текущий день/g, ' '],
  [/(?<!\p{L})х[./]в(?:[./]с)?(?!\p{L})\.?/gu, ' хвс '],
  [/(?<!\p{L})г[./]в(?:[./]с)?(?!\p{L})\.?/gu, ' гвс '],
  [/(?<!\p{L})(?:э[./]э|эл[./-] ?(?:эн\p{L}*|во|ва))(?!\p{L})\.?/gu, ' эл '],
  [/(?<!\p{L})с\/у(?!\p{L})/gu, ' '],
  [/half[ -]?peak|полу-пик/g, ' полупик '],
  [/(?<!\p{L})(?:тариф|tariff|зона|zone) ?-?([123])(?!\d)/gu, ' т$1 '],
  [
    /(?<=[\d ()])(?:м3|m3|м\^3|м[²³]|куб(?:а|ов|ы|ометр\p{L}*|ических)?\.?(?: ?м(?:етр\p{L}*)?(?!\p{L}))?|квт ?[-*·./]? ?ч(?:ас\p{L}*)?|квт|kwh|kw|гкал|gcal|м)(?![\p{L}\d])/gu,
    ' ',
  ],
]

const servicePatterns: [Service, RegExp][] = [
  ['HVS', /^(?:хвс|хв|х|хол|холод|холодн\p{L}*|cold|cw)$/u],
  ['GVS', /^(?:гвс|гв|гор|горяч\p{L}*|hot|hw)$/u],
  ['HEAT', /^(?:отопл|отоплен\p{L}*|тепло|тепла|теплов\p{L}*|теплоэнерг\p{L}*|теплосч\p{L}*|heat|heating)$/u],
  ['EL', /^(?:эл|ээ|э|элво|электр\p{L}*|электроэн\p{L}*|свет|света|свету|light|lights|electric\p{L}*|power)$/u],
  ['GAS', /^(?:газ|газа|газу|газов\p{L}*|газоснабж\p{L}*|gas)$/u],
]

const zonePatterns: [0 | 1 | 2, RegExp][] = [
  [2, /^(?:полупик\p{L}*)$/u],
  [0, /^(?:день|дн|днем|днев|дневн\p{L}*|пик|пиков\p{L}*|day|peak)$/u],
  [1, /^(?:ночь|ноч|ночью|ночн\p{L}*|night)$/u],
]

const fullNames: [string, Service][] = [
  ['холодная', 'HVS'],
  ['холодной', 'HVS'],
  ['горячая', 'GVS'],
  ['горячей', 'GVS'],
  ['отопление', 'HEAT'],
  ['электричество', 'EL'],
  ['электроэнергия', 'EL'],
]

function isSlipOf(word: string, name: string): boolean {
  const allowed = name.length >= 8 ? 2 : 1
  return Math.abs(word.length - name.length) <= allowed && distance(word, name) <= allowed
}

/** Rooms are noise: a meter carries no room, so «кухня» and «ванна» only follow the order in which the meters are shown. */
const noise = new RegExp(
  `^(?:${[
    'показани\\p{L}*|показател\\p{L}*|счетчик\\p{L}*|сч|пу|ипу|прибор\\p{L}*|учет\\p{L}*|номер|зав|заводской',
    'вода|воды|воду|водой|водоснабжени\\p{L}*|энерги\\p{L}*|снабжени\\p{L}*',
    'за|на|и|по|в|во|с|у|я|а|это|равно|все|всего|итого|от',
    'кухн\\p{L}*|ванн\\p{L}*|туалет\\p{L}*|санузел|санузле|сан|узел|коридор\\p{L}*',
    'сегодня|мои|мой|моя|наши|наш|новые|новое|текущ\\p{L}*|последн\\p{L}*|переда\\p{L}*|отправ\\p{L}*|прошу|примите|вот',
    'здравствуйте|привет|пожалуйста|спасибо|большое|месяц\\p{L}*',
    'январ\\p{L}*|феврал\\p{L}*|марта?|апрел\\p{L}*|ма[йя]|июн\\p{L}*|июл\\p{L}*|август\\p{L}*|сентябр\\p{L}*|октябр\\p{L}*|ноябр\\p{L}*|декабр\\p{L}*',
    'м|кв|ч|куб\\p{L}*|квт|квтч|гкал',
    'readings?|meters?|water|the|is|are|my|our|and|for|of|in|kitchen|bath|bathroom|toilet|please|hello|hi|thanks|kwh|units?|cubic|gcal|m|no',
  ].join('|')})$`,
  'u',
)
