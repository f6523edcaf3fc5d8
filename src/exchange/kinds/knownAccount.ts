import type { Check } from './kind.ts'

/** What is told of an account is taken only when the account itself is known. */
export const knownAccount: Check = {
  problem: 'UNKNOWN_ACCOUNT',
  column: 'account_no',
  where: 'NOT EXISTS (SELECT FROM account a WHERE a.number = s.account_no)',
}
