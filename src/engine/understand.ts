import { languages } from '../domain/language.ts'
import { type Found, type Hit, type PatternIndex, patternIndex } from '../domain/phrases/patterns.ts'
import { plainText } from '../domain/plainText.ts'
import { namedBesideNumbers } from '../domain/readings/looksLike.ts'
import type { SmallTalk, Words } from './text.ts'
import { spellingsOf, wordsOf } from './typedWords.ts'

/**
 * What free words are about. `opens`: one dialog, beyond doubt (`dialog` or `dialog:opening`); `doubt`: one to three that they may be about,
 * the likeliest first; `smallTalk`: no matter at all, yet a person would answer.
 */
export type Understood =
  | { kind: 'opens'; dialog: string }
  | { kind: 'doubt'; dialogs: string[] }
  | { kind: 'smallTalk'; about: SmallTalk }

/** Understands slips of fingers, the other keyboard layout, Latin letters for Russian ones and lost spaces, where nothing else fits. */
export function understood(said: string, words: Words): Understood | undefined {
  const [text = '', ...otherwise] = spellingsOf(said)
  const typed = wordsOf(text)
  if (typed.length === 0) return undefined
  const known = knownOf(words)
  const exactly = decide(known, known.index.find(typed, false))
  if (exactly && exactly.kind !== 'doubt') return exactly
  const nearly = decide(known, known.index.find(typed, true)) ?? exactly
  if (nearly) return nearly
  for (const spelling of otherwise) {
    const meant = decide(known, known.index.find(wordsOf(spelling), true))
    if (meant) return meant
  }
  return undefined
}

/** The dialog of a danger (gas, fire, water pouring in) that these words are plainly about: it is told of whatever is being asked. */
export function danger(said: string, words: Words): string | undefined {
  if (said.length > longestPlea) return undefined
  const known = knownOf(words)
  const found = known.index.find(wordsOf(plainText(said)), false)
  const danger = sureDanger(known, found)
  return danger && !givesReading(said, danger, found) ? danger.name : undefined
}

/** A number beside a service's name («хвс 310, капает кран») is a reading, unless the name is what the danger is of («запах газа 5 подъезд»). */
function givesReading(said: string, danger: Hit, { words }: Found): boolean {
  const its = new Set([...danger.words].map((index) => words[index]))
  return namedBesideNumbers(said).some((name) => name === undefined || !its.has(name))
}

/** A longer message is no cry for help but an answer or a letter. */
const longestPlea = 120

const mostChoices = 3

interface Known {
  index: PatternIndex
  negations: ReadonlySet<string>
}

/** Made once for a vocabulary, of all languages: a person writes in whichever comes to mind. */
const everKnown = new WeakMap<Words, Known>()

function knownOf(words: Words): Known {
  const before = everKnown.get(words)
  if (before) return before
  const all = languages.map((language) => words.vocabulary(language))
  const phrases = (['urgent', 'intents', 'smallTalk'] as const).flatMap((part) =>
    all.flatMap((one) =>
      Object.entries<readonly string[]>(one[part]).map(([name, list]) => ({ part, name, phrases: list })),
    ),
  )
  const fillers = all.flatMap(({ fillers }) => fillers)
  const known = {
    index: patternIndex(phrases, fillers),
    negations: new Set(all.flatMap(({ negations }) => negations)),
  }
  everKnown.set(words, known)
  return known
}

function decide(known: Known, found: Found): Understood | undefined {
  const matters = best(found.hits, 'urgent', 'intents')
  const [top] = matters
  const [talk] = best(found.hits, 'smallTalk')
  if (!top || (talk && talk.weight > top.weight && isWithin(top.words, talk.words)))
    return talk && isSmallTalk(talk, found) ? { kind: 'smallTalk', about: talk.name as SmallTalk } : undefined
  const danger = sureDanger(known, found)
  if (danger) return { kind: 'opens', dialog: danger.name }
  const rivals = matters.filter((one) => one !== top && isRival(one, top))
  if (rivals.length === 0 && isSure(top, found, known)) return { kind: 'opens', dialog: top.name }
  if (top.weight === 1 && restOf(top, found) > 1) return undefined
  return { kind: 'doubt', dialogs: [top, ...rivals].map(({ name }) => name).slice(0, mostChoices) }
}

function sureDanger(known: Known, found: Found): Hit | undefined {
  return best(found.hits, 'urgent').find((one) => isSure(one, found, known) && !isOutweighed(one, found))
}

/** A longer phrase that holds the very words of a danger says something else: «прорвало терпение», «соседей плохо топят». */
function isOutweighed(danger: Hit, { hits }: Found): boolean {
  return hits.some((one) => one.part !== 'urgent' && one.weight > danger.weight && isWithin(danger.words, one.words))
}

/** The best phrase of every name, the best of all first. */
function best(hits: Hit[], ...parts: Hit['part'][]): Hit[] {
  const byName = new Map<string, Hit>()
  for (const hit of hits) {
    const before = byName.get(hit.name)
    if (parts.includes(hit.part) && (!before || hit.weight > before.weight)) byName.set(hit.name, hit)
  }
  return [...byName.values()].sort((a, b) => b.weight - a.weight)
}

const isWithin = (inner: ReadonlySet<number>, outer: ReadonlySet<number>): boolean =>
  [...inner].every((word) => outer.has(word))

/** Says about as much, in words that the best one leaves or in the very same; a word that proves little is no rival to one that does. */
function isRival(one: Hit, top: Hit): boolean {
  if (one.weight === top.weight) return !isWithin(one.words, top.words) || isWithin(top.words, one.words)
  return one.weight > 1 && one.weight === top.weight - 1 && !isWithin(one.words, top.words)
}

/** How many words mean something else. Greetings and thanks, and words of lesser guesses, are none of these. */
function restOf(hit: Hit, { hits, content }: Found): number {
  const told = new Set([...hit.words, ...hits.flatMap(({ words }) => [...words])])
  return [...content].filter((word) => !told.has(word)).length
}

/** A word that proves little must stand alone; others bear some company, but no «not» that is not theirs. */
function isSure(hit: Hit, found: Found, { negations }: Known): boolean {
  if (found.words.some((word, index) => negations.has(word) && !hit.words.has(index))) return false
  return restOf(hit, found) <= (hit.weight === 1 ? 0 : hit.weight < 4 ? 3 : 8)
}

function isSmallTalk(talk: Hit, found: Found): boolean {
  const most = { rude: Number.POSITIVE_INFINITY, question: 0, ok: 0, no: 0 }[talk.name as string] ?? 3
  return restOf(talk, found) <= most
}
