import { foldLookalikes, plainText } from '../plainText.ts'
import { parseBuilding } from './building.ts'
import type { AddressKey, AddressParts } from './parts.ts'
import { nameKey } from './streetName.ts'
import { canonicalStreetType } from './streetTypes.ts'

/**
 * The forms in which two addresses are compared, whether typed by a resident or read from the billing's columns: «пр-т» and «проспект», «36 А» and
 * «36-а», «корп. 2» and «2» are the same. A house column may hold its корпус too («177 корп. 2»); a house that cannot be read is compared as written.
 */
export function addressKey(parts: AddressParts): AddressKey {
  const typed = plainText(parts.house)
  const read = parseBuilding(typed)
  const clean = read.house !== undefined && read.flat === undefined && read.room === undefined && !read.leftover
  const korpus = [clean ? read.korpus : undefined, parts.korpus].filter(Boolean).join(' ')
  return {
    street: `${canonicalStreetType(plainText(parts.streetType))} ${nameKey(plainText(parts.street))}`.trim(),
    house: clean ? squeeze(read.house ?? '') : typed.replace(/\s/g, ''),
    korpus: korpusKey(plainText(korpus)),
    flat: unitKey(parts.flat, /^(?:квартира|кв|помещение|пом|офис|оф)(?!\p{L})/u),
    room: unitKey(parts.room, /^(?:комната|комн|ком|к)(?!\p{L})/u),
  }
}

/**
 * The same house written the other way, where people and billings differ: «177/2» for «177 корп. 2», «4б» for «4 литера Б», and back.
 * Two houses may well stand under the two: whether the other one is meant is for the caller to see.
 */
export function otherWriting({
  house,
  korpus,
}: Pick<AddressKey, 'house' | 'korpus'>): Pick<AddressKey, 'house' | 'korpus'> | undefined {
  const whole = korpus === '' ? /^(\d+)(?:\/(\d+\p{L}?)|(\p{L}))$/u.exec(house) : null
  if (whole) return { house: whole[1] ?? '', korpus: whole[2] ?? whole[3] ?? '' }
  if (!/^\d+$/.test(house)) return undefined
  if (/^\p{L}$/u.test(korpus)) return { house: `${house}${korpus}`, korpus: '' }
  return /^\d+\p{L}?$/u.test(korpus) ? { house: `${house}/${korpus}`, korpus: '' } : undefined
}

/** A letter is the same whether it is called литера or корпус; a строение is not: «2», «б», «с3», «2с1». */
function korpusKey(text: string): string {
  return squeeze(
    text
      .replace(/(?<!\p{L})(?:корпус|корп|кор|к|литера|литер|лит)(?!\p{L})/gu, ' ')
      .replace(/(?<!\p{L})(?:строение|стр|с)(?=[. ]*\d)/gu, ' с'),
  )
}

function unitKey(text: string | undefined, word: RegExp): string {
  return squeeze(
    plainText(text ?? '')
      .trim()
      .replace(word, ''),
  )
}

/** Without spaces, signs and leading zeros; Latin look-alikes as Cyrillic. */
function squeeze(text: string): string {
  return foldLookalikes(text.toLowerCase())
    .replace(/[^\p{L}\d/]/gu, '')
    .replace(/(?<!\d)0+(?=\d)/g, '')
}
