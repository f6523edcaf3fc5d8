import type { Charges } from '../../domain/charges/charges.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { Kopecks } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import type { Text } from '../../engine/text.ts'

/** What a file of charges and payments from one month to another is made of. `number` shows the end of the account's number only. */
export interface ChargesFacts {
  from: Period
  to: Period
  number: string
  months: readonly Charges[]
  payments: readonly {
    paidAt: LocalDate
    postedAt?: LocalDate
    kopecks: Kopecks
    channel?: 'FRISBI' | 'BANK' | 'POST' | 'ONLINE'
    period?: Period
  }[]
}

/** Words of `locales/` in the language of the file. */
export type Say = (key: string, values?: Text['values']) => string
