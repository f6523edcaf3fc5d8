import { otherWriting } from '../domain/address/key.ts'
import type { AddressKey } from '../domain/address/parts.ts'
import type { Sql } from '../infra/database.ts'
import { attempts } from './attempts.ts'
import { type EffectContext, residentOf } from './context.ts'
import { accountColumns, type FoundAccount, type Linked, link } from './links.ts'

/**
 * `noMatch` is the one answer to every pair that links nothing: no such account, another address, a closed account, one that only its
 * code links since somebody was denied there. `tooMany`: attempts are exhausted for this chat or this number; nothing was looked up.
 * `codeOnly`: only a code can link now, for attempts by address are exhausted for everybody, or it was this resident who was denied: he
 * alone is told so.
 */
export type LinkOutcome = Linked | { kind: 'noMatch' | 'tooMany' | 'codeOnly' }

/** Links an account (лицевой счёт) to the resident when the typed address and number belong together. */
export async function linkAccount(
  context: EffectContext,
  { number, address }: { number: string; address: AddressKey },
): Promise<LinkOutcome> {
  const attempt = attempts(context, 'address', number)
  const exhausted = await attempt.take()
  if (exhausted) return { kind: exhausted === 'all' ? 'codeOnly' : 'tooMany' }
  const account = await find(context.sql, residentOf(context), number, address)
  if (!account) return { kind: 'noMatch' }
  if ((account.denied || account.deniedToHim) && !account.linked)
    return { kind: account.deniedToHim ? 'codeOnly' : 'noMatch' }
  await attempt.giveBack()
  return link(context, account, 'address')
}

type Found = FoundAccount & { denied: boolean; linked: boolean; deniedToHim: boolean }

/**
 * One statement whatever was typed, so that its time tells nothing. A house in the other way of writing («177/2» for «177 корп. 2») is
 * taken unless there is a house of the way that was typed.
 */
async function find(
  sql: Sql,
  residentId: string,
  number: string,
  { street, house, korpus, flat, room }: AddressKey,
): Promise<Found | undefined> {
  const other = otherWriting({ house, korpus })
  const [found] = await sql<Found>(
    'account.find',
    `SELECT ${accountColumns},
            EXISTS (SELECT FROM denial d WHERE d.account_id = a.id) AS denied,
            EXISTS (SELECT FROM link l WHERE l.account_id = a.id AND l.resident_id = $9::uuid AND l.removed_at IS NULL) AS linked,
            EXISTS (SELECT FROM link l WHERE l.account_id = a.id AND l.resident_id = $9::uuid AND l.removed_why = 'denied') AS "deniedToHim"
     FROM account a WHERE a.number = $1 AND a.open AND a.street_key = $2 AND a.flat_key = $5 AND a.room_key = $6
       AND (a.house_key = $3 AND a.korpus_key = $4
            OR a.house_key = $7 AND a.korpus_key = $8
               AND NOT EXISTS (SELECT FROM account o WHERE o.street_key = $2 AND o.house_key = $3 AND o.korpus_key = $4))`,
    [number, street, house, korpus, flat, room, other?.house ?? null, other?.korpus ?? null, residentId],
  )
  return found
}
