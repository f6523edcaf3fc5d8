import { activationCodeHash } from '../infra/activationCode.ts'
import { attempts } from './attempts.ts'
import type { EffectContext } from './context.ts'
import { accountColumns, type FoundAccount, type Linked, link } from './links.ts'

/**
 * `noCode` is the one answer to every code that links nothing: none such, or of a closed account. `expired`: it was a code once.
 * `tooManyCodes`: attempts are exhausted, for this chat, for this code or for everybody; nothing was looked up.
 */
export type CodeOutcome = Linked | { kind: 'noCode' | 'expired' | 'tooManyCodes' }

/**
 * Links an account (лицевой счёт) by the activation code from its receipt, as typed or as the hash that a deep link was made into. One
 * code serves all residents of a household until it expires (domain.md, section 9): after its last day, or so many days after it first came.
 */
export async function linkByCode(
  context: EffectContext,
  given: { code: string } | { hash: string },
): Promise<CodeOutcome> {
  const { sql, hashKey, today, rules, log } = context
  const hash = 'hash' in given ? given.hash : activationCodeHash(given.code, hashKey)
  const attempt = attempts(context, 'code', hash)
  if (await attempt.take()) return { kind: 'tooManyCodes' }
  const found = await sql<FoundAccount & { expired: boolean | null }>(
    'account.findByCode',
    `SELECT ${accountColumns}, coalesce(a.activation_code_until, a.activation_code_since + $2::int) < $3::date AS expired FROM account a
     WHERE a.activation_code_hash = $1 AND a.open LIMIT 2`,
    [hash, rules.activationCodeDays, today],
  )
  const [account, another] = found
  if (another) log.warn({ accounts: found.length }, 'one activation code belongs to several accounts and links none')
  if (!account || another) return { kind: 'noCode' }
  if (account.expired) return { kind: 'expired' }
  await attempt.giveBack()
  return link(context, account, 'code')
}
