import { distance } from 'fastest-levenshtein'
import { maxTypedLength, plainText } from '../plainText.ts'
import { type Building, parseBuilding } from './building.ts'
import { longestName, type StreetDirectory, type StreetName } from './directory.ts'
import { addressKey } from './key.ts'
import { inCyrillic } from './latin.ts'
import { beginsWithNumberWord, wordsToDigits } from './numberWords.ts'
import type { AddressKey, AddressParts } from './parts.ts'
import { nameWords } from './streetName.ts'
import { canonicalStreetType, typeAtStart } from './streetTypes.ts'

/** An address of a street in the directory. `typeMismatch`: the resident called the street by another type («ул. Ленина» for the проспект). */
export interface FoundAddress extends AddressParts {
  streetId: number
  key: AddressKey
  typeMismatch: boolean
}

/**
 * What an address came to. `need_flat` has the house, so that a private house can be taken as it is; `alternative` when «5/12» may be a corner
 * house or house 5, flat 12. `ambiguous`: streets of one name and several types. `unknown_street`: the nearest names, three at most; never a guess.
 * `rest` is what stood behind the street: with the chosen street before it, it can be parsed again.
 */
export type ParsedAddress =
  | { result: 'ok'; address: FoundAddress }
  | { result: 'need_flat'; address: FoundAddress; alternative?: FoundAddress }
  | { result: 'need_house'; street: StreetName; typeMismatch: boolean }
  | { result: 'ambiguous'; streets: StreetName[]; rest: string }
  | { result: 'unknown_street'; nearest: StreetName[]; rest: string }

/**
 * Reads an address as people type it, in Latin letters too. It knows streets, not houses: whether the house and the flat exist is
 * for the caller to see. Domain rules, §11.
 */
export function parseAddress(text: string, directory: StreetDirectory): ParsedAddress {
  if (text.length > maxTypedLength) return { result: 'unknown_street', nearest: [], rest: '' }
  const read = parseRussian(text, directory)
  const heard = read.result === 'unknown_street' ? inCyrillic(text) : undefined
  if (heard === undefined) return read
  const again = parseRussian(heard, directory)
  return again.result === 'unknown_street' && again.nearest.length === 0 ? read : again
}

function parseRussian(text: string, directory: StreetDirectory): ParsedAddress {
  const typed = plainText(text)
    .replace(/["'«»“”„`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?\/ ?/g, '/')
  const read = parseTyped(typed, directory)
  // A street may be called by a number itself: only one that is not found so is looked for with its numbers as digits.
  const digits = read.result === 'unknown_street' ? wordsToDigits(typed) : typed
  return digits === typed ? read : parseTyped(digits, directory)
}

function parseTyped(typed: string, directory: StreetDirectory): ParsedAddress {
  const before = skipPlaces(typed, 0, directory)
  const name = longestName(nameWords(typed, before.at), directory, (end) =>
    endsName(typed.slice(skipPlaces(typed, end, directory).at)),
  )
  if (!name) return unknownStreet(typed, before.at, directory)
  const after = skipPlaces(typed, name.end, directory)
  const types = [...before.types, ...after.types]
  const ofType = name.streets.filter(({ type }) => types.includes(canonicalStreetType(type)))
  const streets = ofType.length > 0 ? ofType : name.streets
  const rest = wordsToDigits(typed.slice(after.at).trim())
  const [street, another] = streets
  if (!street || another) return { result: 'ambiguous', streets, rest }
  return withBuilding(street, types.length > 0 && ofType.length === 0, parseBuilding(rest))
}

function withBuilding(street: StreetName, typeMismatch: boolean, building: Building): ParsedAddress {
  const { house, korpus, flat, room } = building
  if (house === undefined) return { result: 'need_house', street, typeMismatch }
  const found = (parts: Omit<AddressParts, 'streetType' | 'street'>): FoundAddress => {
    const address = { streetType: street.type, street: street.name, ...parts }
    return { ...address, streetId: street.id, key: addressKey(address), typeMismatch }
  }
  const inHouse = { house, ...(korpus === undefined ? {} : { korpus }) }
  // A third number of unknown meaning makes the second one doubtful too.
  if (flat !== undefined && (building.flatNamed || !building.leftover)) {
    return { result: 'ok', address: found({ ...inHouse, flat, ...(room === undefined ? {} : { room }) }) }
  }
  const [number = '', slashed] = house.split('/')
  const address = found(inHouse)
  if (slashed === undefined || korpus !== undefined || building.leftover) return { result: 'need_flat', address }
  return { result: 'need_flat', address, alternative: found({ house: number, flat: slashed }) }
}

/** Steps over postcode, country, region, city and the types of a street, and tells which types those were. */
function skipPlaces(text: string, from: number, directory: StreetDirectory): { at: number; types: string[] } {
  const types: string[] = []
  let at = from
  for (;;) {
    at += /^[\s,.;:-]*/.exec(text.slice(at))?.[0].length ?? 0
    const rest = text.slice(at, at + 120)
    const place = placeLength(rest, directory)
    const type = place > 0 ? undefined : typeAtStart(rest)
    if (place === 0 && !type) return { at, types }
    types.push(...(type?.types ?? []))
    at += place || (type?.length ?? 0)
  }
}

const placePatterns = [
  /^\d{6}(?!\d)/,
  /^(?:россия|российская федерация|рф)(?!\p{L})/u,
  /^\p{L}+ (?:обл|область|край|респ|республика|р-н|район)(?!\p{L})/u,
  /^(?:обл|область|респ|республика|р-н|район)\.? \p{L}+/u,
  /^(?:город|гор|г)(?:\. ?| )\p{L}{3,}(?=,|$| (?:ул|пр|пер|бул|б-р|наб|пл|тр|ш)(?!\p{L}{3}))/u,
  /^(?:город|гор|г)(?![\p{L}\d])/u,
]

function placeLength(rest: string, directory: StreetDirectory): number {
  const own = directory.places.find((place) => rest.startsWith(place) && !/^\p{L}/u.test(rest.slice(place.length)))
  if (own !== undefined) return own.length
  for (const pattern of placePatterns) {
    const length = pattern.exec(rest)?.[0].length
    if (length !== undefined) return length
  }
  return 0
}

/** A name ends before a number, in digits or words, the word for a house or the text's end: «Новая» is not the street of «Новая Заря 5». */
function endsName(rest: string): boolean {
  return (
    !/^\p{L}/u.test(rest) ||
    beginsWithNumberWord(rest) ||
    /^(?:домовладение|владение|вл|дом|д|house|корпус|корп|строение|стр|квартира|кв)(?!\p{L})/u.test(rest)
  )
}

function unknownStreet(typed: string, at: number, directory: StreetDirectory): ParsedAddress {
  const words = nameWords(typed, at)
  const number = words.findIndex(({ key }, index) => index > 0 && /^\d/.test(key))
  const named = number < 0 ? words : words.slice(0, number)
  const key = named.map((word) => word.key).join(' ')
  const allowed = key.length <= 4 ? 1 : 2
  const near = directory.keys
    .filter(([known]) => Math.abs(known.length - key.length) <= allowed)
    .map(([known, streets]) => ({ streets, away: distance(known, key) }))
    .filter(({ away }) => away <= allowed)
    .sort((a, b) => a.away - b.away)
  const rest = typed.slice(named.at(-1)?.end ?? at).replace(/^[\s,.;:-]+/, '')
  return { result: 'unknown_street', nearest: near.flatMap(({ streets }) => streets).slice(0, 3), rest }
}
