import { z } from 'zod'
import { accountNumber } from '../domain/accountNumber.ts'
import { formatAddress, formatStreet } from '../domain/address/format.ts'
import { addressKey } from '../domain/address/key.ts'
import { parseAddress } from '../domain/address/parse.ts'
import {
  again,
  choice,
  defineDialog,
  finish,
  goTo,
  type Here,
  opens,
  perform,
  type Said,
  type Step,
  screen,
  unclear,
} from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

/** What the resident typed, as it was understood. */
const address = z.object({
  streetType: z.string(),
  street: z.string(),
  house: z.string(),
  korpus: z.string().optional(),
  flat: z.string().optional(),
  room: z.string().optional(),
})
type Address = z.infer<typeof address>

const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('ways') }),
  z.object({ at: z.literal('address') }),
  z.object({ at: z.literal('street'), streets: z.array(z.string()), rest: z.string() }),
  z.object({ at: z.literal('house'), street: z.string() }),
  z.object({ at: z.literal('flat'), address, alternative: address.optional() }),
  z.object({ at: z.literal('number'), address }),
])
type Place = z.infer<typeof place>

/**
 * Links an account (лицевой счёт) by address and number: the address is asked first, then the number. Whether such a flat or
 * such a number exists is not told before both are right: one and the same refusal answers every wrong pair.
 */
export const linking = defineDialog<Place>({
  id: 'linking',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening }) => goTo({ at: opening === 'address' ? 'address' : 'ways' }),
  places: {
    ways: {
      ask: ({ resident }) => {
        const first = !resident?.accounts.length
        return screen(
          text(first ? 'linking.first' : 'linking.another'),
          [
            choice('linking.byAddress', 'address'),
            opens('linking.byCode', 'elsewhere', 'code'),
            opens('linking.noAccount', 'elsewhere', 'noAccount'),
            opens('linking.haveCabinet', 'elsewhere', 'cabinet'),
            ...(first ? [opens('menu.help', 'help'), opens('menu.settings', 'settings')] : []),
          ],
          { nav: first ? 'none' : 'menu' },
        )
      },
      answer: async (here) => {
        if (here.said.kind === 'choice') return goTo({ at: 'address' })
        // An address may be typed at once, without choosing the way first.
        return here.said.kind === 'text' && hasStreet(here.said.text) ? readAddress(here.said.text, here) : unclear
      },
      example: text('linking.exampleWays'),
    },
    address: {
      ask: () => screen(text('linking.askAddress')),
      answer: async (here) => (here.said.kind === 'text' ? readAddress(here.said.text, here) : unclear),
      example: text('linking.exampleAddress'),
    },
    street: {
      ask: ({ place: { streets } }) =>
        screen(
          text('linking.whichStreet'),
          streets.map((street) => choice(text('common.words', { words: street }), street)),
        ),
      answer: async (here) => {
        const { said, place } = here
        if (said.kind === 'choice' && typeof said.value === 'string')
          return readAddress(`${said.value}, ${place.rest}`, here)
        return said.kind === 'text' && hasStreet(said.text) ? readAddress(said.text, here) : unclear
      },
      example: text('linking.exampleAddress'),
    },
    house: {
      ask: ({ place: { street } }) => screen(text('linking.askHouse', { street })),
      answer: async (here) => {
        if (here.said.kind !== 'text') return unclear
        const typed = here.said.text
        const whole = parseAddress(typed, await here.queries.streets.directory())
        return readAddress(whole.result === 'unknown_street' ? `${here.place.street}, ${typed}` : typed, here)
      },
      example: text('linking.exampleHouse'),
    },
    flat: {
      ask: ({ place }) => {
        const found = text('linking.askFlat', { address: formatAddress(parts(place.address)) })
        const other = place.alternative
        return screen(found, [
          choice('linking.privateHouse', 'house'),
          ...(other ? [choice(text('common.words', { words: formatAddress(parts(other)) }), 'alternative')] : []),
        ])
      },
      answer: async (here) => {
        const { said, place } = here
        if (said.kind === 'choice') {
          const chosen = said.value === 'alternative' ? place.alternative : place.address
          return goTo({ at: 'number', address: chosen ?? place.address })
        }
        return said.kind === 'text' ? readFlat(said.text, place.address, here) : unclear
      },
      example: text('linking.exampleFlat'),
    },
    number: {
      ask: ({ place }) =>
        screen(text('linking.askNumber', { address: formatAddress(parts(place.address)) }), [
          choice('linking.whereNumber', 'where'),
          choice('linking.otherAddress', 'address'),
        ]),
      answer: async (here) => {
        const { said, place, rules, queries } = here
        if (said.kind === 'choice')
          return said.value === 'where' ? again(text('help.accountNumber')) : goTo({ at: 'address' })
        if (said.kind !== 'text') return unclear
        const read = accountNumber(said.text, rules.accountPattern)
        if (!read.ok) {
          const isAddress =
            hasStreet(said.text) &&
            parseAddress(said.text, await queries.streets.directory()).result !== 'unknown_street'
          if (isAddress) return readAddress(said.text, here)
          return /\d/.test(said.text) ? again(text(`linking.not.${read.problem.kind ?? 'account'}`)) : unclear
        }
        const input = { number: read.account, address: addressKey(parts(place.address)) }
        return perform({ effect: 'linkAccount', input }, (outcome) => {
          if (outcome.kind === 'linked')
            return finish(text('linking.linked', { address: formatAddress(parts(place.address)) }))
          return again(text(`linking.${outcome.kind}`))
        })
      },
      example: text('linking.exampleNumber'),
    },
  },
})

/** Words and a number: an address, and not the number of a button. */
const hasStreet = (typed: string): boolean => /\p{L}{3}/u.test(typed) && /\d/.test(typed)

/** What a typed address leads to: the number when it is whole, else the one thing that is missing. */
async function readAddress(typed: string, { queries }: Here<unknown>): Promise<Step<Place>> {
  const parsed = parseAddress(typed, await queries.streets.directory())
  switch (parsed.result) {
    case 'ok':
      return goTo({ at: 'number', address: asAnswer(parsed.address) })
    case 'need_flat':
      return goTo({
        at: 'flat',
        address: asAnswer(parsed.address),
        ...(parsed.alternative && { alternative: asAnswer(parsed.alternative) }),
      })
    case 'need_house':
      return goTo({ at: 'house', street: formatStreet(parsed.street) })
    case 'ambiguous':
      return goTo({ at: 'street', streets: parsed.streets.map(formatStreet), rest: parsed.rest })
    case 'unknown_street': {
      const streets = parsed.nearest.map(formatStreet)
      if (streets.length === 0) return again(text('linking.unknownStreet'))
      return goTo({ at: 'street', streets, rest: parsed.rest })
    }
  }
}

/** The answer to «which flat»: a number, or the whole address again. */
async function readFlat(typed: string, known: Address, here: Here<unknown> & { said: Said }): Promise<Step<Place>> {
  const whole = parseAddress(typed, await here.queries.streets.directory())
  if (whole.result !== 'unknown_street') return readAddress(typed, here)
  const said = formatAddress({ ...parts(known), flat: '' })
  return /\d/.test(typed) ? readAddress(`${said}, кв. ${typed.replace(/^\s*(кв(артира)?\.?)\s*/i, '')}`, here) : unclear
}

/** An answer's parts without the empty ones that JSON cannot tell from missing. */
const parts = ({ streetType, street, house, korpus = '', flat = '', room = '' }: Address) => ({
  ...{ streetType, street, house, korpus, flat, room },
})

const asAnswer = ({ streetType, street, house, korpus, flat, room }: Parameters<typeof formatAddress>[0]): Address => ({
  ...{ streetType, street, house },
  ...(korpus && { korpus }),
  ...(flat && { flat }),
  ...(room && { room }),
})
