import type { AddressParts } from './parts.ts'

/** «проспект Ленина, д. 24/8, кв. 15»: the form in which an address is shown. The city is left out: there is one. */
export function formatAddress(parts: AddressParts): string {
  const { streetType, street, house, korpus, flat, room } = parts
  const building = korpus && /^\d/.test(korpus) ? `корп. ${korpus}` : korpus
  const pieces = [
    formatStreet({ type: streetType, name: street }),
    house && `д. ${house}`,
    building,
    flat && `кв. ${flat}`,
    room && `комн. ${room}`,
  ]
  return pieces.filter(Boolean).join(', ')
}

/** «проспект Ленина»: the type first, as the billing writes it. */
export function formatStreet(street: { type: string; name: string }): string {
  return [street.type, street.name].filter(Boolean).join(' ')
}

/** «проспект Л•••, д. ••, кв. ••»: a hint for its owner, no way to the door for anybody else. */
export function maskAddress(parts: AddressParts): string {
  const hidden = (part: string | undefined) => (part ? '••' : '')
  return formatAddress({
    streetType: parts.streetType,
    street: `${[...parts.street][0] ?? ''}•••`,
    house: hidden(parts.house),
    flat: hidden(parts.flat),
  })
}
