/** Words typed with the other keyboard layout on («gjrfpfybz»), as they were meant; `undefined` when no key of it was pressed. */
export function otherLayout(typed: string): string | undefined {
  const changed = typed.replace(/[^\s\d]/g, (key) => layout.get(key) ?? key)
  return changed === typed ? undefined : changed
}

/** Russian words in Latin letters («pokazaniya»), as they sound. Signs that have no letter of their own are lost: a soft sign is. */
export function fromLatin(typed: string): string | undefined {
  if (!/[a-z]/.test(typed)) return undefined
  return sounds.reduce((text, [latin, letter]) => text.replace(latin, letter), typed)
}

/** «Щётчик» is heard the same. */
export const asItSounds = (word: string): string => word.replace(/^щет/, 'счет')

/** What may follow a stem in Russian, none included: a slip of the fingers is forgiven only before one of these. */
export const isEnding = (rest: string): boolean => endings.test(rest)

/** How many slips there are between two words: a letter too many, too few, wrong, or two that changed places. */
export function slips(typed: string, meant: string, distance: (a: string, b: string) => number): number {
  const apart = distance(typed, meant)
  return apart === 2 && typed.length === meant.length && changedPlaces(typed, meant) ? 1 : apart
}

function changedPlaces(typed: string, meant: string): boolean {
  const at = [...typed].findIndex((letter, index) => letter !== meant[index])
  return typed[at] === meant[at + 1] && typed[at + 1] === meant[at] && typed.slice(at + 2) === meant.slice(at + 2)
}

const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const russianKeys = 'йцукенгшщзхъфывапролджэячсмитьбюе'
const layout = new Map([
  ...[...latinKeys].map((key, index): [string, string] => [key, russianKeys[index] ?? key]),
  ...[...russianKeys].map((key, index): [string, string] => [key, latinKeys[index] ?? key]),
  ['е', 't'],
])

const sounds: [RegExp, string][] = [
  [/shch|sch(?=[ieu])(?!et)/g, 'щ'],
  [/sch/g, 'сч'],
  [/zh/g, 'ж'],
  [/kh/g, 'х'],
  [/ch/g, 'ч'],
  [/sh/g, 'ш'],
  [/ts|tc/g, 'ц'],
  [/ya|ja/g, 'я'],
  [/yu|ju/g, 'ю'],
  [/yo|jo|ye|je/g, 'е'],
  [/[iy]y(?![a-z])/g, 'ый'],
  [/(?<=[aeiou])[yj]/g, 'й'],
  [/c(?=[ieya])/g, 'ц'],
  ...Object.entries({
    ...{ a: 'а', b: 'б', c: 'к', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'х', i: 'и', j: 'й', k: 'к', l: 'л', m: 'м' },
    ...{ n: 'н', o: 'о', p: 'п', q: 'к', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'в', x: 'х', y: 'ы', z: 'з' },
  }).map(([latin, letter]): [RegExp, string] => [new RegExp(latin, 'g'), letter]),
  [/'/g, 'ь'],
]

const endings =
  /^(?:[аяиыуюеойьт]|ть|т[ие]|[оеи]?[йме]|[аяоеыи][ейхмюя]|ами|ями|ов|ев|ого|его|ому|ему|ыми|ими|ать|ять|ить|еть|уть|ут|ют|ат|ят|ет|ит|ешь|ишь|[аияуео]?л[аио]?|ну?т[ьа]?|ени[еяюй]|ение[мй]|ания?|ание|анию|ке|ка|ку|ки|кой|ок|ия|ии|ию|ие|ий|ией|иями|иям|ся|сь|лся|лась|ться|тся|e?s|ed|ing)?$/
