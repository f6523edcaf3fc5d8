import type { DrawnKind } from '../../src/domain/documents/kinds.ts'
import type { LocalDate } from '../../src/domain/localDate.ts'
import type { EffectOutcome } from '../../src/effects/registry.ts'
import { openRequesting, type Requesting } from './requesting.ts'
import type { Someone } from './visiting.ts'

/** What the billing has told of an account: the closing balances of October by kind; of the balance their sum when not said. */
interface Told {
  main: number
  capital?: number
  balance?: number
  at?: LocalDate
}

/** Residents with accounts that have been charged, and what they order. It is Tuesday, 10 November 2026, noon. */
export interface Ordering extends Requesting {
  /** An account of his of which the billing has told this. */
  charged(who: Someone, told: Told): Promise<number>
  /** Tells it anew. */
  tell(accountId: number, told: Told): Promise<void>
  issue(who: Someone, accountId: number, of?: DrawnKind): Promise<EffectOutcome<'issueDocument'>>
}

export const october = { from: '2026-10', to: '2026-10' } as const

export async function openOrdering(options: Parameters<typeof openRequesting>[0] = {}): Promise<Ordering> {
  const requesting = await openRequesting(options)
  const { sql, run, account } = requesting
  async function tell(accountId: number, { main, capital, balance, at = '2026-11-01' }: Told): Promise<void> {
    await sql('untold', 'DELETE FROM charge_month WHERE account_id = $1', [accountId])
    const kinds = { MAIN: main, ...(capital !== undefined && { CAPREM: capital }) }
    for (const [kind, closing] of Object.entries(kinds))
      await sql(
        'told',
        `INSERT INTO charge_month (account_id, period, kind, opening_kopecks, paid_kopecks, penalty_kopecks, closing_kopecks, digest, imported_from)
         VALUES ($1, '2026-10', $2, $3, 0, 0, $3, gen_random_uuid(), '20261101_001')`,
        [accountId, kind, closing],
      )
    await sql('balance', 'UPDATE account SET balance_kopecks = $2, balance_at = $3::date WHERE id = $1', [
      ...[accountId, balance ?? main + (capital ?? 0), at],
    ])
  }
  return {
    ...{ ...requesting, tell },
    async charged(who, told) {
      const id = await account(who)
      await tell(id, told)
      return id
    },
    issue: (who, accountId, of = 'debt') =>
      run(who, 'issueDocument', { accountId, of, language: 'ru', ...(of !== 'debt' && { months: october }) }),
  }
}

/** The number of a document that was issued. */
export function numberOf(outcome: EffectOutcome<'issueDocument'>): number {
  if (outcome.kind !== 'issued') throw new Error(`not issued: ${JSON.stringify(outcome)}`)
  return outcome.number
}
