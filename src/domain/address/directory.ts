import { plainText } from '../plainText.ts'
import { maxNameWords, type NameWord, nameKey } from './streetName.ts'
import { canonicalStreetType } from './streetTypes.ts'

/** A street of the centre's directory: `type` «проспект» (or as the billing abbreviates it), `name` «Ленина». */
export interface StreetName {
  id: number
  type: string
  name: string
}

/** Streets by every name they are typed under. `keys` are the full names, to look for the nearest one. */
export interface StreetDirectory {
  keys: [key: string, streets: StreetName[]][]
  names: Map<string, StreetName[]>
  /** Surnames alone («Люксембург»): weaker than a street's own name of the same length. */
  surnames: Map<string, StreetName[]>
  places: string[]
}

export interface DirectoryOptions {
  aliases?: { alias: string; streetId: number }[]
  /** Names of the city as residents put it before the street; dropped. */
  places?: string[]
}

/** Builds the index that `parseAddress` looks streets up in. Two rows of one type and name count as one street, the first. */
export function streetDirectory(streets: StreetName[], options: DirectoryOptions = {}): StreetDirectory {
  const names = new Map<string, StreetName[]>()
  const surnames = new Map<string, StreetName[]>()
  const full = new Map<string, StreetName[]>()
  for (const street of streets) {
    const key = nameKey(plainText(street.name))
    add(full, key, street)
    add(names, key, street)
    const [first = '', ...rest] = key.split(' ')
    if (rest.length === 0 || !/^\p{L}{2,}$/u.test(first)) continue
    add(names, [first[0], ...rest].join(' '), street)
  }
  for (const [key, found] of full) {
    const words = key.split(' ')
    const surname = words.at(-1) ?? ''
    if (words.length > 1 && words.every((word) => !/\d/.test(word)) && surname.length >= 5) {
      for (const street of found) add(surnames, surname, street)
    }
  }
  for (const { alias, streetId } of options.aliases ?? []) {
    const street = streets.find(({ id }) => id === streetId)
    if (street) add(names, nameKey(plainText(alias)), street)
  }
  return { keys: [...full], names, surnames, places: (options.places ?? defaultPlaces).map(plainText) }
}

const defaultPlaces = ['екатеринбург', 'екб', 'ебург', 'ekaterinburg', 'yekaterinburg']

/** The streets under the longest beginning of the words that is a name and that `accepts` (given where it ends). */
export function longestName(
  words: NameWord[],
  directory: StreetDirectory,
  accepts: (end: number) => boolean,
): { streets: StreetName[]; end: number } | undefined {
  for (let length = Math.min(words.length, maxNameWords); length > 0; length--) {
    const key = words
      .slice(0, length)
      .map((word) => word.key)
      .join(' ')
    const streets = directory.names.get(key) ?? directory.surnames.get(key)
    const end = words[length - 1]?.end ?? 0
    if (streets && accepts(end)) return { streets, end }
  }
  return undefined
}

function add(index: Map<string, StreetName[]>, key: string, street: StreetName): void {
  const found = index.get(key) ?? []
  const known = found.some((other) => other.id === street.id || isSame(other, street))
  if (key !== '' && !known) index.set(key, [...found, street])
}

function isSame(a: StreetName, b: StreetName): boolean {
  return (
    canonicalStreetType(a.type) === canonicalStreetType(b.type) &&
    nameKey(plainText(a.name)) === nameKey(plainText(b.name))
  )
}
