import { maskAccount } from './accountNumber.ts'
import { formatAddress } from './address/format.ts'
import type { AddressParts } from './address/parts.ts'
import { canonicalStreetType } from './address/streetTypes.ts'

/** An account as its resident knows it: by his own name for it, else by its address. */
export interface NamedAccount {
  address: AddressParts
  number: string
  name?: string | undefined
}

/** What an account is called. `label` fits a button; `line` stands in a text, the whole address with it. */
export interface AccountWords {
  label: string
  line: string
}

/** VK cuts a button's label here. */
const longestLabel = 40

/**
 * What a resident's accounts are called, in the order given, so that no two are called the same: the name, else street, house and flat
 * («8 Марта, 120-45»). Where two streets differ in type only the type is told, and where two accounts have one address the number's end.
 */
export function accountWords(accounts: readonly NamedAccount[]): AccountWords[] {
  const addresses = accounts.map(({ address }) => formatAddress(address))
  const short = accounts.map(({ address }) => home(address))
  return accounts.map((account, nth) => {
    const { name, number, address } = account
    const end = isOne(addresses, addresses[nth]) ? '' : `, ${maskAccount(number)}`
    const whole = `${addresses[nth]}${end}`
    if (name !== undefined) return { label: cut(name, ''), line: `${name}: ${whole}` }
    const street =
      isOne(short, short[nth]) || end !== '' ? address.street : `${typeOf(address)} ${address.street}`.trim()
    return { label: cut(street, `, ${building(address)}${end}`), line: whole }
  })
}

const isOne = <T>(all: readonly T[], one: T): boolean => all.filter((other) => other === one).length < 2

const home = (address: AddressParts): string => `${address.street}, ${building(address)}`

/** «177к2-31», «4 литера Б-9», «52А-101, комн. 2». */
function building({ house, korpus, flat, room }: AddressParts): string {
  const inHouse = !korpus ? house : /^\d/.test(korpus) ? `${house}к${korpus}` : `${house} ${korpus}`
  return `${inHouse}${flat ? `-${flat}` : ''}${room ? `, комн. ${room}` : ''}`
}

/** What tells two flats of one house apart stands at the end: a long street gives way, not the flat. */
function cut(street: string, rest: string): string {
  if (street.length + rest.length <= longestLabel) return `${street}${rest}`
  const end = rest.slice(-longestLabel + 2)
  return `${street.slice(0, longestLabel - end.length - 1).trimEnd()}…${end}`
}

function typeOf({ streetType }: AddressParts): string {
  const type = canonicalStreetType(streetType)
  return abbreviations[type] ?? type
}

const abbreviations: Record<string, string> = {
  ...{ улица: 'ул.', проспект: 'пр-т', переулок: 'пер.', бульвар: 'б-р', площадь: 'пл.', проезд: 'пр-д' },
  ...{ набережная: 'наб.', шоссе: 'ш.', микрорайон: 'мкр' },
}
