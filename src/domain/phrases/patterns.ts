import { distance } from 'fastest-levenshtein'
import { isEnding, slips } from './spelling.ts'

/**
 * Phrases by the words that make them: `сда* вод*` is any words that begin so, in any order, with any others between. `*` ends a stem,
 * `|` stands between words of which one is enough; `?` after a word says that alone it proves little.
 */
export interface PatternIndex {
  /** Every name that some phrase of is said in these words. `forgiving`: slips of fingers and lost spaces are forgiven too. */
  find(words: readonly string[], forgiving: boolean): Found
}

export interface Found {
  hits: Hit[]
  /** Which of the words mean something by themselves; known fillers do not. */
  content: ReadonlySet<number>
  /** Words by their numbers, those typed without spaces apart. */
  words: readonly string[]
}

export interface Meaning {
  part: 'urgent' | 'intents' | 'smallTalk' | 'topics'
  name: string
}

/** `words`: which of the words were of the phrase. `weight`: two for each of its words, one for a word that proves little. */
export interface Hit extends Meaning {
  weight: number
  words: ReadonlySet<number>
}

/** Built once for a vocabulary: a word is then found by itself and its beginnings, however many phrases there are. */
export function patternIndex(
  meanings: readonly (Meaning & { phrases: readonly string[] })[],
  fillers: readonly string[],
): PatternIndex {
  const tokens = new Tokens()
  const patterns = meanings.flatMap(({ part, name, phrases }) =>
    phrases.map((phrase) => {
      const sources = phrase.split(' ')
      const weight = sources.reduce((sum, source) => sum + (source.endsWith('?') ? 1 : 2), 0)
      return { part, name, weight, tokens: sources.map((source) => tokens.idOf(source.replace('?', ''))) }
    }),
  )
  const withToken = new Map<number, typeof patterns>()
  for (const pattern of patterns)
    for (const token of pattern.tokens) withToken.set(token, [...(withToken.get(token) ?? []), pattern])
  const filler = new Tokens()
  for (const source of fillers) filler.idOf(source)
  const isFiller = (word: string) => filler.of(word).length > 0
  const isWord = (word: string) => tokens.has(word) || filler.has(word)

  return {
    find(typed, forgiving) {
      const words = forgiving ? typed.flatMap((word) => (isWord(word) ? word : apart(word, isWord))) : typed
      const said = new Map<number, Set<number>>()
      let unknown = 0
      for (const [index, word] of words.entries()) {
        let known = tokens.of(word)
        if (known.length === 0 && forgiving && !isFiller(word) && unknown < mostUnknown) {
          unknown += 1
          known = tokens.nearest(word)
        }
        for (const token of known) said.set(token, (said.get(token) ?? new Set()).add(index))
      }
      const hits = [...new Set([...said.keys()].flatMap((token) => withToken.get(token) ?? []))]
        .filter((pattern) => pattern.tokens.every((token) => said.has(token)))
        .map(({ part, name, weight, tokens: own }) => ({
          ...{ part, name },
          weight,
          words: new Set(own.flatMap((token) => [...(said.get(token) ?? [])])),
          needs: own.length,
        }))
        // One word is not two of a phrase.
        .filter(({ words: of, needs }) => of.size >= needs)
      const content = new Set([...words.keys()].filter((index) => !isFiller(words[index] ?? '')))
      return { hits, content, words }
    },
  }
}

/** In a long message of unknown words only the first are looked at for slips. */
const mostUnknown = 10

/** Words and stems by number; a word of several meanings has several. */
class Tokens {
  private readonly ids = new Map<string, number>()
  private readonly exact = new Map<string, number[]>()
  private readonly stems = new Map<string, number[]>()
  private readonly forms: { form: string; stem: boolean; letters: number; ids: number[] }[] = []

  idOf(source: string): number {
    const known = this.ids.get(source)
    if (known !== undefined) return known
    const id = this.ids.size
    this.ids.set(source, id)
    for (const one of source.split('|')) {
      const stem = one.endsWith('*')
      const form = stem ? one.slice(0, -1) : one
      const map = stem ? this.stems : this.exact
      const ids = map.get(form)
      if (ids) ids.push(id)
      else {
        const fresh = [id]
        map.set(form, fresh)
        if (slipsForgiven(form.length) > 0) this.forms.push({ form, stem, letters: lettersOf(form), ids: fresh })
      }
    }
    return id
  }

  of(word: string): number[] {
    const found = [...(this.exact.get(word) ?? [])]
    for (let length = 1; length <= word.length; length += 1)
      found.push(...(this.stems.get(word.slice(0, length)) ?? []))
    return found
  }

  /** Whether it is a word of ours, or a stem of ours with no more than an ending after it. */
  has(word: string): boolean {
    if (this.exact.has(word)) return true
    for (let length = 1; length <= word.length; length += 1)
      if (this.stems.has(word.slice(0, length)) && isEnding(word.slice(length))) return true
    return false
  }

  /** The tokens whose form the word is with the fewest slips, if these are few enough. */
  nearest(word: string): number[] {
    if (slipsForgiven(word.length) === 0 || word.length > 24) return []
    const letters = lettersOf(word)
    let best = { apart: Number.POSITIVE_INFINITY, ids: [] as number[] }
    for (const { form, stem, letters: own, ids } of this.forms) {
      const forgiven = slipsForgiven(form.length)
      if (missing(own, letters) > forgiven) continue
      const apart = stem ? apartFromStem(word, form) : Math.abs(word.length - form.length) > 2 ? 3 : slipsOf(word, form)
      if (apart > forgiven) continue
      if (apart < best.apart) best = { apart, ids: [...ids] }
      else if (apart === best.apart) best.ids.push(...ids)
    }
    return best.ids
  }
}

/** A short word must be exact: «газ» is not «таз». */
const slipsForgiven = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2)

const slipsOf = (typed: string, meant: string): number => slips(typed, meant, distance)

/** The stem with a slip in it, then an ending. */
function apartFromStem(word: string, stem: string): number {
  const cuts = [stem.length - 1, stem.length, stem.length + 1].filter((cut) => cut <= word.length)
  return Math.min(3, ...cuts.filter((cut) => isEnding(word.slice(cut))).map((cut) => slipsOf(word.slice(0, cut), stem)))
}

/** The letters a word has, a bit each: words that lack too many of each other's need no comparing. */
const lettersOf = (word: string): number =>
  [...word].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) & 31)), 0)

function missing(wanted: number, there: number): number {
  let [bits, count] = [wanted & ~there, 0]
  for (; bits !== 0; bits &= bits - 1) count += 1
  return count
}

/** Words typed without spaces, «сдатьпоказания», if the whole of it falls into known ones; else the word as it is. */
function apart(word: string, isWord: (piece: string) => boolean): string[] {
  if (word.length < 7 || word.length > 40) return [word]
  /** The fewest words that end at each letter. */
  const best: (string[] | undefined)[] = [[]]
  for (let to = 1; to <= word.length; to += 1)
    for (let from = Math.max(0, to - 16); from < to; from += 1) {
      const before = best[from]
      const piece = word.slice(from, to)
      if (!before || before.length + 1 >= (best[to]?.length ?? 7)) continue
      if (piece.length > 1 ? isWord(piece) : piece === 'я') best[to] = [...before, piece]
    }
  return best[word.length] ?? [word]
}
