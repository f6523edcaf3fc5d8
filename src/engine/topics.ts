import { languages } from '../domain/language.ts'
import { type Found, type PatternIndex, patternIndex } from '../domain/phrases/patterns.ts'
import { plainText } from '../domain/plainText.ts'
import type { Words } from './text.ts'
import { spellingsOf, wordsOf } from './typedWords.ts'

const mostTopics = 3

/**
 * The topics of help that typed words are about, the likeliest first, three at most: those that the most of the words belong to, by a topic's
 * title, its phrases and its keywords, and at least half of them. Slips and other spellings are forgiven as everywhere.
 */
export function topicsAbout(said: string, words: Words): string[] {
  const { index, names } = knownOf(words)
  const [typed = [], ...otherwise] = spellingsOf(said).map(wordsOf)
  const tries = [index.find(typed, false), ...[typed, ...otherwise].map((spelling) => index.find(spelling, true))]
  return tries.map((found) => best(found, names)).find((topics) => topics.length > 0) ?? []
}

/** `names`: the topics in their order. */
interface Known {
  index: PatternIndex
  names: string[]
}

/** Made once for a vocabulary, of all languages. */
const everKnown = new WeakMap<Words, Known>()

function knownOf(words: Words): Known {
  const before = everKnown.get(words)
  if (before) return before
  const all = languages.map((language) => words.vocabulary(language))
  const fillers = all.flatMap((one) => one.fillers)
  const saysNothing = new Set(fillers.flatMap((some) => some.split('|')))
  const meanings = all.flatMap(({ topics, intents, names: titles }) =>
    Object.entries(topics).map(([name, keywords]) => {
      const title = wordsOf(plainText(titles[name] ?? '')).filter((word) => !saysNothing.has(word))
      return { part: 'topics' as const, name, phrases: [...keywords, ...(intents[name] ?? []), ...title] }
    }),
  )
  const known = { index: patternIndex(meanings, fillers), names: [...new Set(meanings.map(({ name }) => name))] }
  everKnown.set(words, known)
  return known
}

function best({ hits, content }: Found, names: readonly string[]): string[] {
  const topics = names.map((name) => {
    const own = hits.filter((hit) => hit.name === name)
    const words = new Set(own.flatMap((hit) => [...hit.words]))
    return { name, words: words.size, weight: Math.max(0, ...own.map(({ weight }) => weight)) }
  })
  const most = Math.max(0, ...topics.map(({ words }) => words))
  if (most === 0 || most * 2 < content.size) return []
  return topics
    .filter(({ words }) => words === most)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostTopics)
    .map(({ name }) => name)
}
