import { foldLookalikes } from '../plainText.ts'

/** The part of an address after the street, letters as capitals. `korpus` as in `AddressParts`. */
export interface Building {
  house?: string
  korpus?: string
  flat?: string
  room?: string
  /** The flat was given by its word («кв.»), not only by its place. */
  flatNamed: boolean
  /** A number is left over that has no place in an address. */
  leftover: boolean
}

/** Reads house, корпус, строение, литера, flat and room off the text behind a street's name (as `plainText` leaves it). */
export function parseBuilding(text: string): Building {
  const found: Building = { flatNamed: false, leftover: false }
  let rest = takeHouse(text, found)
  if (found.house === undefined) return found
  while (rest !== '') rest = takePart(rest.replace(/^[\s,.;:-]+/, ''), found)
  return found
}

/** A house is digits, a corner house `24/8`, and a letter put close, after a space or after a dash; the letter is not «к 2» or «с 2». */
const housePattern =
  /^[\s,.;:-]*(?:(?:домовладение|владение|вл|дом|д|house)(?!\p{L})\.? ?)?(?:№ ?)?0*([1-9]\d{0,3})(?:\/0*([1-9]\d{0,3}))?(?!\d)/u
const houseLetter = /^(?:| | ?- ?)(?![кс][. ]*\d)([а-яa-z])(?![\p{L}\d.])(?:\/([1-9]\d{0,3})(?!\d))?/u

function takeHouse(text: string, found: Building): string {
  const match = housePattern.exec(text)
  if (!match) return text
  const behind = text.slice(match[0].length)
  const letter = houseLetter.exec(behind)
  const corner = match[2] ?? letter?.[2]
  const beforeSlash = `${match[1]}${match[2] === undefined ? capital(letter?.[1]) : ''}`
  const afterSlash = corner === undefined ? '' : `/${corner}${match[2] === undefined ? '' : capital(letter?.[1])}`
  found.house = beforeSlash + afterSlash
  return letter ? behind.slice(letter[0].length) : behind
}

type Take = (match: RegExpExecArray, found: Building) => void

const number = '(\\d{1,3}(?:[а-яa-z](?![\\p{L}]))?)(?!\\d)'
const flatNumber =
  '0*([1-9]\\d{0,4}(?:-?[а-яa-z](?![\\p{L}\\d])| [а-яa-z](?= ?(?:$|,)))?)(?:/(\\d{1,3}|[а-яa-z](?!\\p{L})))?(?![\\d\\p{L}])'

const parts: [pattern: RegExp, applies: (found: Building) => boolean, take: Take][] = [
  [
    pattern(`(?:корпус|корп|кор|к|bld)(?!\\p{L})\\.? ?№? ?${number}`),
    beforeFlat,
    (match, found) => addKorpus(found, capital(match[1])),
  ],
  [
    pattern('(?:корпус|корп)(?!\\p{L})\\.? ?([а-яa-z])(?!\\p{L})'),
    beforeFlat,
    (match, found) => addKorpus(found, capital(match[1])),
  ],
  [
    pattern(`(?:строение|стр|с)(?!\\p{L})\\.? ?№? ?${number}`),
    beforeFlat,
    (match, found) => addKorpus(found, `строение ${capital(match[1])}`),
  ],
  [
    pattern('(?:литера|литер|лит)(?!\\p{L})\\.? ?([а-яa-z]\\d?)(?![\\p{L}\\d])'),
    beforeFlat,
    (match, found) => addKorpus(found, `литера ${capital(match[1])}`),
  ],
  [pattern('(?:подъезд|под|этаж|эт)(?!\\p{L})\\.? ?№? ?\\d{1,2}(?!\\d)'), always, () => {}],
  [pattern('\\d{1,2}(?:-?[йи])? ?(?:подъезд|этаж|эт)(?!\\p{L})'), always, () => {}],
  [pattern('\\d{6}(?!\\d)'), always, () => {}],
  [
    pattern(`(?:квартира|кварт|кв-ра|кв|помещение|пом|офис|оф|flat|apartment|apt)(?!\\p{L})\\.? ?№? ?${flatNumber}`),
    beforeFlat,
    (match, found) => takeFlat(match, found, true),
  ],
  [pattern('(?:комната|комн|ком|room)(?!\\p{L})\\.? ?№? ?(\\d{1,3}|[а-я](?!\\p{L}))(?!\\d)'), always, takeRoom],
  [pattern('к(?!\\p{L})\\.? ?(\\d{1,3})(?!\\d)'), (found) => found.flat !== undefined, takeRoom],
  [pattern(`№? ?${flatNumber}`), beforeFlat, (match, found) => takeFlat(match, found, false)],
  [pattern('\\p{L}+'), always, () => {}],
]

function takePart(rest: string, found: Building): string {
  if (rest === '') return ''
  for (const [shape, applies, take] of parts) {
    const match = applies(found) ? shape.exec(rest) : null
    if (!match) continue
    take(match, found)
    return rest.slice(match[0].length)
  }
  if (/^\d/.test(rest)) found.leftover = true
  return rest.replace(/^\d+|^./su, '')
}

function pattern(source: string): RegExp {
  return new RegExp(`^${source}`, 'u')
}

function always(): boolean {
  return true
}

function beforeFlat(found: Building): boolean {
  return found.flat === undefined
}

function addKorpus(found: Building, text: string): void {
  found.korpus = found.korpus === undefined ? text : `${found.korpus}, ${text}`
}

function takeFlat(match: RegExpExecArray, found: Building, named: boolean): void {
  found.flat = capital(match[1]?.replace(/[ -]/, ''))
  found.flatNamed = named
  if (match[2] !== undefined) found.room = capital(match[2])
}

function takeRoom(match: RegExpExecArray, found: Building): void {
  found.room = capital(match[1])
}

function capital(text: string | undefined): string {
  return foldLookalikes(text ?? '').toUpperCase()
}
