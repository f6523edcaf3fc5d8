import { z } from 'zod'
import { plainlyCode } from '../domain/activationCode.ts'
import { formatAddress, formatStreet } from '../domain/address/format.ts'
import { parseAddress } from '../domain/address/parse.ts'
import type { EffectInput } from '../effects/registry.ts'
import { again, finish, goTo, type Here, perform, type Said, type Step, unclear } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import { linkedOne } from './accountNames.ts'

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

export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('ways') }),
  z.object({ at: z.literal('code') }),
  z.object({ at: z.literal('address') }),
  z.object({ at: z.literal('street'), streets: z.array(z.string()), rest: z.string() }),
  z.object({ at: z.literal('house'), street: z.string() }),
  z.object({ at: z.literal('flat'), address, alternative: address.optional() }),
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
export const hasStreet = (typed: string): boolean => /\p{L}{3}/u.test(typed) && /\d/.test(typed)

/** Whether a street of ours stands in it. */
export const isAddress = async (typed: string, { queries }: Here<unknown>): Promise<boolean> =>
  hasStreet(typed) && parseAddress(typed, await queries.streets.directory()).result !== 'unknown_street'

/** What a typed address leads to: the number when it is whole, else the one thing that is missing. */
export async function readAddress(typed: string, { queries }: Here<unknown>): Promise<Step<Place>> {
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
      // A code is typed wherever a receipt is at hand.
      const code = plainlyCode(typed)
      if (code !== undefined) return tryCode({ code })
      const streets = parsed.nearest.map(formatStreet)
      if (streets.length === 0) return again(text('linking.unknownStreet'))
      return goTo({ at: 'street', streets, rest: parsed.rest })
    }
  }
}

/** The answer to «which flat»: a number, or the whole address again. */
export async function readFlat(
  typed: string,
  known: Address,
  here: Here<unknown> & { said: Said },
): Promise<Step<Place>> {
  const whole = parseAddress(typed, await here.queries.streets.directory())
  if (whole.result !== 'unknown_street') return readAddress(typed, here)
  const said = formatAddress({ ...parts(known), flat: '' })
  return /\d/.test(typed) ? readAddress(`${said}, кв. ${typed.replace(/^\s*(кв(артира)?\.?)\s*/i, '')}`, here) : unclear
}

/** An answer's parts without the empty ones that JSON cannot tell from missing. */
export const parts = ({ streetType, street, house, korpus = '', flat = '', room = '' }: Address) => ({
  ...{ streetType, street, house, korpus, flat, room },
})

const asAnswer = ({ streetType, street, house, korpus, flat, room }: Parameters<typeof formatAddress>[0]): Address => ({
  ...{ streetType, street, house },
  ...(korpus && { korpus }),
  ...(flat && { flat }),
  ...(room && { room }),
})
