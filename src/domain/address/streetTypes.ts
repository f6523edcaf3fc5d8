/**
 * The canonical words for what a resident or a billing file calls a street: `ул.` → [улица]. «пр» may be a проспект or a проезд, so several are
 * answered, the likelier first; nothing when the word is no type. Abbreviations by Минфин's order 171n and everyday use.
 */
export function streetTypesOf(text: string): string[] {
  const word = text.toLowerCase().replace(/[.\s]/g, '')
  return types.filter(([, spellings]) => spellings.includes(word)).map(([type]) => type)
}

/** One canonical word for a type, for the key of an address: an unknown type is kept as it is written, in lower case. */
export function canonicalStreetType(text: string): string {
  return streetTypesOf(text)[0] ?? text.trim().toLowerCase().replace(/\.$/, '')
}

/** Matches one type at the beginning of a text in lower case, with its full stop. */
export function typeAtStart(text: string): { length: number; types: string[] } | undefined {
  const word = /^\p{L}+(?:-\p{L}{1,2}(?!\p{L}))?/u.exec(text)?.[0]
  const found = word === undefined ? [] : streetTypesOf(word)
  if (word === undefined || found.length === 0) return undefined
  return { length: word.length + (text[word.length] === '.' ? 1 : 0), types: found }
}

const types: [type: string, spellings: string[]][] = [
  ['улица', ['улица', 'ул', 'street', 'st']],
  ['проспект', ['проспект', 'просп', 'пр-т', 'пр-кт', 'прт', 'пркт', 'пр', 'avenue', 'ave']],
  ['переулок', ['переулок', 'пер', 'lane']],
  ['бульвар', ['бульвар', 'бул', 'бульв', 'б-р']],
  ['шоссе', ['шоссе', 'ш']],
  ['тракт', ['тракт', 'тр-т', 'тр']],
  ['площадь', ['площадь', 'пл', 'пл-дь']],
  ['набережная', ['набережная', 'наб']],
  ['проезд', ['проезд', 'пр-д', 'прд', 'пр']],
  ['аллея', ['аллея', 'ал']],
  ['тупик', ['тупик', 'туп']],
  ['микрорайон', ['микрорайон', 'мкр', 'мкрн', 'мкр-н', 'м-н']],
  ['квартал', ['квартал', 'кв-л']],
  ['посёлок', ['посёлок', 'поселок', 'пос', 'п']],
]
