import { z } from 'zod'
import { accountNumber, kindOfNumber } from '../domain/accountNumber.ts'
import { activationCode, plainlyCode } from '../domain/activationCode.ts'
import { formatAddress } from '../domain/address/format.ts'
import { parseAddress } from '../domain/address/parse.ts'
import { accountAlone } from '../domain/numberBesideAddress.ts'
import { defineDialog } from '../engine/dialog.ts'
import { again, choice, goTo, opens, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { asksWhere } from './asksWhere.ts'
import {
  isAddress,
  isAddressOrNumber,
  keepNumber,
  type Place,
  place,
  readAddress,
  readFlat,
  tryCode,
  tryPair,
  wholeAddress,
} from './linkingSteps.ts'
import { address, parts } from './typedAddress.ts'

/** A deep link's code, hashed before anything was kept of it. */
const broughtCode = z.object({ code: z.string().regex(/^[0-9a-f]{64}$/) })

/** An account that was opened for him: the address that he gave, and the number that he was told. */
const opened = z.object({ address, number: z.string() })

/**
 * Links an account (лицевой счёт) by address and number, the address first, or by the activation code from its receipt. Whether such
 * a flat, number or code exists is not told before all is right: one and the same refusal answers whatever is wrong.
 */
export const linking = defineDialog<Place>({
  id: 'linking',
  version: 2,
  needs: 'consent',
  place,
  upgrade: (saved) => place.safeParse(saved).data,
  begin: ({ opening }) => {
    const brought = broughtCode.safeParse(opening)
    if (brought.success) return tryCode({ hash: brought.data.code })
    const told = opened.safeParse(opening)
    if (told.success) return tryPair(told.data.address, told.data.number, 'before')
    return goTo({ at: opening === 'address' || opening === 'code' ? opening : 'ways' })
  },
  places: {
    ways: {
      ask: async ({ resident, queries }) => {
        const first = !resident?.accounts.length
        const hasAsked = first && resident !== undefined && (await queries.requests.all(resident.id)).length > 0
        return screen(
          text(first ? 'linking.first' : 'linking.another'),
          [
            choice('linking.byAddress', 'address'),
            choice('linking.byCode', 'code'),
            opens('linking.noAccount', 'papers', 'account'),
            opens('linking.haveCabinet', 'elsewhere', 'cabinet'),
            ...(hasAsked ? [opens('affairs.show', 'affairs')] : []),
            ...(first ? [opens('menu.help', 'help'), opens('menu.settings', 'settings')] : []),
          ],
          { nav: first ? 'none' : 'menu' },
        )
      },
      answer: async (here) => {
        const { said } = here
        if (said.kind === 'choice') return goTo({ at: said.value === 'code' ? 'code' : 'address' })
        if (said.kind !== 'text') return unclear
        // An address, a number or a code may be typed at once, without choosing the way first.
        const known = plainlyCode(said.text) ?? kindOfNumber(said.text)
        const isTyped = known !== undefined || (await isAddressOrNumber(said.text, here))
        return isTyped ? readAddress(said.text, here) : unclear
      },
      example: text('linking.exampleWays'),
      // Whoever has no account yet stands here as others do at the menu.
      asksNothing: true,
    },
    code: {
      ask: () =>
        screen(text('linking.askCode'), [choice('linking.whereCode', 'where'), choice('linking.byAddress', 'address')]),
      answer: async (here) => {
        const { said, rules, place } = here
        if (said.kind === 'choice')
          return said.value === 'where' ? stay(place, text('linking.codeHelp')) : goTo({ at: 'address' })
        if (said.kind !== 'text') return unclear
        if (asksWhere(said.text)) return stay(place, text('linking.codeHelp'))
        const kind = kindOfNumber(said.text)
        if (kind) return again(text(`linking.notCode.${kind}`))
        const number = accountAlone(said.text, rules.accountPattern)
        if (number !== undefined) return keepNumber(number, place, text('linking.notCode.account'))
        if (await isAddress(said.text, here)) return readAddress(said.text, here)
        const code = activationCode(said.text)
        if (code !== undefined) return tryCode({ code }, 'code')
        return /\d/.test(said.text) ? again(text('linking.notCode.code')) : unclear
      },
      example: text('linking.exampleCode'),
      takesNumbers: true,
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
        return said.kind === 'text' && (await isAddressOrNumber(said.text, here))
          ? readAddress(said.text, here)
          : unclear
      },
      example: text('linking.exampleAddress'),
    },
    house: {
      ask: ({ place: { street } }) => screen(text('linking.askHouse', { street })),
      answer: async (here) => {
        if (here.said.kind !== 'text') return unclear
        const typed = here.said.text
        if (accountAlone(typed, here.rules.accountPattern) !== undefined) return readAddress(typed, here)
        const whole = parseAddress(typed, await here.queries.streets.directory())
        return readAddress(whole.result === 'unknown_street' ? `${here.place.street}, ${typed}` : typed, here)
      },
      example: text('linking.exampleHouse'),
      takesNumbers: true,
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
          return wholeAddress(chosen ?? place.address, place.number)
        }
        return said.kind === 'text' ? readFlat(said.text, place.address, here) : unclear
      },
      example: text('linking.exampleFlat'),
      takesNumbers: true,
    },
    number: {
      ask: ({ place }) =>
        screen(text('linking.askNumber', { address: formatAddress(parts(place.address)) }), [
          choice('linking.whereNumber', 'where'),
          choice('linking.otherAddress', 'address'),
          choice('linking.byCode', 'code'),
        ]),
      answer: async (here) => {
        const { said, place, rules } = here
        if (said.kind === 'choice') {
          if (said.value === 'where') return stay(place, text('help.accountNumber'))
          return goTo({ at: said.value === 'code' ? 'code' : 'address' })
        }
        if (said.kind !== 'text') return unclear
        if (asksWhere(said.text)) return stay(place, text('help.accountNumber'))
        const read = accountNumber(said.text, rules.accountPattern)
        if (!read.ok) {
          if (await isAddress(said.text, here)) return readAddress(said.text, here)
          const code = read.problem.kind ? undefined : plainlyCode(said.text)
          if (code !== undefined) return tryCode({ code })
          return /\d/.test(said.text) ? again(text(`linking.not.${read.problem.kind ?? 'account'}`)) : unclear
        }
        return tryPair(place.address, read.account, 'now')
      },
      example: text('linking.exampleNumber'),
      takesNumbers: true,
    },
  },
})
