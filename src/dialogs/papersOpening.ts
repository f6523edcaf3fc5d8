import { formatAddress, formatStreet } from '../domain/address/format.ts'
import { parseAddress } from '../domain/address/parse.ts'
import { claimants } from '../domain/papers/progress.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { again, type Choice, choice, goTo, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { keepDetails } from './papersDraft.ts'
import type { At, Next, Place } from './papersPlaces.ts'
import { type Address, asAnswer, parts } from './typedAddress.ts'

// «Нет лицевого счёта»: where the flat is, and who asks. A new house is in no directory: what was typed can be kept as it is.

export const addressPlace: PlaceRules<At<'address'>, Place> = {
  ask: () => screen(text('papers.askAddress')),
  answer: (here): Next | Promise<Next> => (here.said.kind === 'text' ? readAddress(here.said.text, here) : unclear),
  example: text('linking.exampleAddress'),
}

export const streetPlace: PlaceRules<At<'street'>, Place> = {
  ask: ({ place: { streets, typed } }) =>
    screen(text(streets.length > 0 ? 'papers.whichStreet' : 'papers.unknownStreet', { typed }), [
      ...streets.map((street): Choice => choice(text('common.words', { words: street }), street)),
      choice('papers.asTyped', { asTyped: true }),
    ]),
  answer: (here): Next | Promise<Next> => {
    const { said, place } = here
    if (said.kind === 'text') return readAddress(said.text, here)
    if (said.kind !== 'choice') return unclear
    return typeof said.value === 'string'
      ? readAddress(`${said.value}, ${place.rest}`, here)
      : keepDetails('account', { address: place.typed, parts: null })
  },
  example: text('linking.exampleAddress'),
}

export const flatPlace: PlaceRules<At<'flat'>, Place> = {
  takesNumbers: true,
  ask: ({ place }) =>
    screen(text('papers.askFlat', { address: formatAddress(parts(place.address)) }), [
      choice('linking.privateHouse', 'house'),
    ]),
  answer: (here): Next | Promise<Next> => {
    const { said, place } = here
    if (said.kind === 'choice') return keepAddress(place.address)
    if (said.kind !== 'text') return unclear
    const [, flat] = /^\s*(?:кв(?:артира)?\.?|flat|№)?\s*(\d{1,4}\s*\p{L}?)\s*$/iu.exec(said.text) ?? []
    return flat === undefined
      ? readAddress(said.text, here)
      : keepAddress({ ...place.address, flat: flat.replace(/\s/g, '') })
  },
  example: text('linking.exampleFlat'),
}

export const claimantPlace: PlaceRules<At<'claimant'>, Place> = {
  ask: () =>
    screen(
      text('papers.askClaimant'),
      claimants.map((claimant) => choice(text(`papers.claimant.${claimant}`), claimant)),
    ),
  answer: ({ said }): Next => {
    const claimant = claimants.find((one) => said.kind === 'choice' && said.value === one)
    return claimant ? keepDetails('account', { claimant }) : unclear
  },
  example: text('papers.exampleClaimant'),
}

async function readAddress(said: string, { queries }: Here<Place>): Promise<Next> {
  const typed = said.trim().slice(0, 300)
  if (!/\p{L}{3}/u.test(typed)) return unclear
  const parsed = parseAddress(typed, await queries.streets.directory())
  switch (parsed.result) {
    case 'ok':
      return keepAddress(asAnswer(parsed.address))
    case 'need_flat':
      return goTo({ at: 'flat', address: asAnswer(parsed.address) })
    case 'need_house':
      return again(text('papers.needHouse', { street: formatStreet(parsed.street) }))
    case 'ambiguous':
      return goTo({ at: 'street', streets: parsed.streets.map(formatStreet), rest: parsed.rest, typed })
    case 'unknown_street':
      if (!/\d/.test(typed)) return again(text('linking.unknownStreet'))
      return goTo({ at: 'street', streets: parsed.nearest.map(formatStreet), rest: parsed.rest, typed })
  }
}

const keepAddress = (address: Address): Next =>
  keepDetails('account', { address: formatAddress(parts(address)), parts: { ...address } })
