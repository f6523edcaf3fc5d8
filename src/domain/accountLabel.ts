import { maskAccount } from './accountNumber.ts'
import { formatAddress } from './address/format.ts'
import type { AddressParts } from './address/parts.ts'
import { canonicalStreetType } from './address/streetTypes.ts'
import { type ChannelPolicy, showsPayer } from './channelPolicy.ts'

/** An account as its resident knows it: by his own name for it, else by its address. */
export interface NamedAccount {
  address: AddressParts
  number: string
  name?: string | undefined
}

/**
 * What an account is called where a policy holds. `label` fits a button; `line` stands in a text, the address with it; `address` is that
 * alone. `heard`: what else its resident may call it, for understanding him and never for showing.
 */
export interface AccountWords {
  label: string
  line: string
  address: string
  heard: readonly string[]
}

/** VK cuts a button's label here. */
const longestLabel = 40

/**
 * What a resident's accounts are called, in the order given, so that no two are called the same: the name, else street, house and flat
 * («8 Марта, 120-45»), as far as the policy shows them. Where two streets differ in type only the type is told, and where two accounts
 * have one address the number's end. This is the one place where a policy decides over addresses.
 */
export function accountWords(accounts: readonly NamedAccount[], policy: ChannelPolicy): AccountWords[] {
  const shown = words(accounts.map((account) => ({ ...account, address: carried(account.address, policy) })))
  if (showsPayer(policy)) return shown.map((one) => ({ ...one, heard: [] }))
  const whole = words(accounts.map(({ address, number }) => ({ address, number })))
  return shown.map((one, nth) => ({ ...one, heard: [whole[nth]?.label ?? '', whole[nth]?.address ?? ''] }))
}

/** The address of an account that a resident has lost, alone: its number's end says which of the house when the flat may not be shown. */
export function lostAddress({ address, number }: NamedAccount, policy: ChannelPolicy): string {
  const shown = formatAddress(carried(address, policy))
  return showsPayer(policy) ? shown : `${shown}, ${maskAccount(number)}`
}

/** Without what leads to the door, where the policy forbids that: the flat, and of a private house the house. */
function carried(address: AddressParts, policy: ChannelPolicy): AddressParts {
  if (showsPayer(policy)) return address
  return address.flat || address.room
    ? { ...address, flat: '', room: '' }
    : { streetType: address.streetType, street: address.street, house: '' }
}

function words(accounts: readonly NamedAccount[]): Omit<AccountWords, 'heard'>[] {
  const addresses = accounts.map(({ address }) => formatAddress(address))
  const short = accounts.map(({ address }) => home(address))
  return accounts.map((account, nth) => {
    const { name, number, address } = account
    const end = isOne(addresses, addresses[nth]) ? '' : `, ${maskAccount(number)}`
    const whole = `${addresses[nth]}${end}`
    if (name !== undefined) return { label: cut(name, ''), line: `${name}: ${whole}`, address: whole }
    const street =
      isOne(short, short[nth]) || end !== '' ? address.street : `${typeOf(address)} ${address.street}`.trim()
    return { label: cut(street, `${building(address)}${end}`), line: whole, address: whole }
  })
}

const isOne = <T>(all: readonly T[], one: T): boolean => all.filter((other) => other === one).length < 2

const home = (address: AddressParts): string => `${address.street}${building(address)}`

/** «, 177к2-31», «, 4 литера Б-9», «, 52А-101, комн. 2»; nothing without a house. */
function building({ house, korpus, flat, room }: AddressParts): string {
  if (house === '') return ''
  const inHouse = !korpus ? house : /^\d/.test(korpus) ? `${house}к${korpus}` : `${house} ${korpus}`
  return `, ${inHouse}${flat ? `-${flat}` : ''}${room ? `, комн. ${room}` : ''}`
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
