import { z } from 'zod'
import { kindOfNumber } from '../domain/accountNumber.ts'
import { plainlyCode } from '../domain/activationCode.ts'
import { formatAddress, formatStreet } from '../domain/address/format.ts'
import { addressKey } from '../domain/address/key.ts'
import { wordsToDigits } from '../domain/address/numberWords.ts'
import { parseAddress } from '../domain/address/parse.ts'
import { accountAlone, accountBesideAddress } from '../domain/numberBesideAddress.ts'
import { maxTypedLength, plainText } from '../domain/plainText.ts'
import type { EffectInput } from '../effects/registry.ts'
import type { Here } from '../engine/dialog.ts'
import { again, finish, goTo, perform, type Step, stay, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { linkedOne } from './accountNames.ts'
import { type Address, address, asAnswer, parts } from './typedAddress.ts'

/** The account's number, when it was typed before the whole address was known. */
const number = z.string().optional()

export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('ways') }),
  z.object({ at: z.literal('code') }),
  z.object({ at: z.literal('address'), number }),
  z.object({ at: z.literal('street'), streets: z.array(z.string()), rest: z.string(), number }),
  z.object({ at: z.literal('house'), street: z.string(), number }),
  z.object({ at: z.literal('flat'), address, alternative: address.optional(), number }),
  z.object({ at: z.literal('number'), address }),
])
export type Place = z.infer<typeof place>

/** Tries an activation code; one that links nothing is asked for again. */
export const tryCode = (input: EffectInput<'linkByCode'>, from?: 'code'): Step<Place> =>
  perform({ effect: 'linkByCode', input }, async (outcome, fresh) => {
    if (outcome.kind === 'linked') return finish(await linkedText(outcome.accountId, fresh))
    const problem = text(`linking.${outcome.kind}`)
    return from ? again(problem) : goTo({ at: 'code' }, problem)
  })

/** Whoever has several accounts now is told that each may have a name. */
export async function linkedText(accountId: number, fresh: Here<unknown>): Promise<Text> {
  const several = (fresh.resident?.accounts.length ?? 0) > 1
  const address = (await linkedOne(fresh, accountId))?.address ?? ''
  return text(several ? 'linking.linkedAnother' : 'linking.linked', { address })
}

/** Words and a number: an address, and not the number of a button. */
const hasStreet = (typed: string): boolean => /\p{L}{3}/u.test(typed) && /\d/.test(typed)

/** Whether a street of ours stands in it, with a number in digits or words. */
export async function isAddress(typed: string, { queries }: Here<unknown>): Promise<boolean> {
  const digits = wordsToDigits(plainText(typed.slice(0, maxTypedLength)))
  return hasStreet(digits) && parseAddress(typed, await queries.streets.directory()).result !== 'unknown_street'
}

/** Whether it is for `readAddress`: an address, or a number to be kept until there is one. */
export const isAddressOrNumber = async (typed: string, here: Here<unknown>): Promise<boolean> =>
  hasStreet(typed) || accountAlone(typed, here.rules.accountPattern) !== undefined || (await isAddress(typed, here))

/**
 * What a typed address leads to: to the account when its number is known too, be it from the same message, else to the number when the
 * address is whole, else to the one thing that is missing. A number alone is kept until the address is known.
 */
export async function readAddress(typed: string, here: Here<Place>): Promise<Step<Place>> {
  const { rules, place, queries } = here
  const alone = accountAlone(typed, rules.accountPattern)
  if (alone !== undefined) return keepNumber(alone, place)
  const both = accountBesideAddress(typed, rules.accountPattern)
  const known = both?.account ?? ('number' in place ? place.number : undefined)
  const parsed = parseAddress(both?.address ?? typed, await queries.streets.directory())
  const kept = known === undefined ? {} : { number: known }
  switch (parsed.result) {
    case 'ok':
      return wholeAddress(asAnswer(parsed.address), known)
    case 'need_flat':
      return goTo({
        at: 'flat',
        address: asAnswer(parsed.address),
        ...(parsed.alternative && { alternative: asAnswer(parsed.alternative) }),
        ...kept,
      })
    case 'need_house':
      return goTo({ at: 'house', street: formatStreet(parsed.street), ...kept })
    case 'ambiguous':
      return goTo({ at: 'street', streets: parsed.streets.map(formatStreet), rest: parsed.rest, ...kept })
    case 'unknown_street': {
      // A code is typed wherever a receipt is at hand, and so are its other numbers.
      const code = plainlyCode(typed)
      if (code !== undefined) return tryCode({ code })
      const kind = kindOfNumber(typed)
      if (kind) return again(text(`linking.not.${kind}`))
      const streets = parsed.nearest.map(formatStreet)
      if (streets.length > 0) return goTo({ at: 'street', streets, rest: parsed.rest, ...kept })
      if (both) return goTo({ at: 'address', number: both.account }, text('linking.unknownStreet'))
      return again(text('linking.unknownStreet'))
    }
  }
}

/** The number is remembered, and what is still missing of the address is asked for. */
export const keepNumber = (number: string, place: Place, notice = text('linking.numberKept')): Step<Place> =>
  place.at === 'street' || place.at === 'house' || place.at === 'flat'
    ? stay({ ...place, number }, notice)
    : goTo({ at: 'address', number }, notice)

/** Asks for the number, or tries the pair when it is known. */
export const wholeAddress = (address: Address, number: string | undefined): Step<Place> =>
  number === undefined ? goTo({ at: 'number', address }) : tryPair(address, number, 'before')

/** Tries an address and a number. Whatever is wrong, the answer is one and the same, and the number is asked for (again). */
export const tryPair = (known: Address, number: string, typed: 'now' | 'before'): Step<Place> =>
  perform(
    { effect: 'linkAccount', input: { number, address: addressKey(parts(known)) } },
    async (outcome, fresh): Promise<Step<Place>> => {
      if (outcome.kind === 'linked') return finish(await linkedText(outcome.accountId, fresh))
      const problem = text(`linking.${outcome.kind}`)
      return typed === 'now' ? again(problem) : goTo({ at: 'number', address: known }, problem)
    },
  )

/** The answer to «which flat»: a number, in digits or words, or the whole address again. */
export async function readFlat(typed: string, known: Address, here: Here<Place>): Promise<Step<Place>> {
  const isNumber = accountAlone(typed, here.rules.accountPattern) !== undefined
  const whole = parseAddress(typed, await here.queries.streets.directory())
  if (isNumber || whole.result !== 'unknown_street') return readAddress(typed, here)
  const flat = wordsToDigits(plainText(typed.slice(0, maxTypedLength))).replace(/^\s*(кв(артира)?\.?)\s*/, '')
  return /\d/.test(flat) ? readAddress(`${formatAddress({ ...parts(known), flat: '' })}, кв. ${flat}`, here) : unclear
}
