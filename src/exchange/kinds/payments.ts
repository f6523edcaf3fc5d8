import type { Kind } from './kind.ts'
import { knownAccount } from './knownAccount.ts'
import { mergeRows } from './mergeRows.ts'

/** Payments the billing has received. A reversal is a payment of its own with a minus; none is ever taken away. */
export const payments: Kind = {
  name: 'payments',
  key: ['payment_id'],
  sum: 'amount_kop',
  columns: [
    { name: 'payment_id', type: { is: 'text', max: 64 }, required: true, shown: true },
    { name: 'account_no', type: { is: 'account' }, required: true },
    { name: 'paid_at', type: { is: 'date' }, required: true, shown: true },
    { name: 'posted_at', type: { is: 'date' }, shown: true },
    { name: 'amount_kop', type: { is: 'integer', from: -1e12, to: 1e12 }, required: true, shown: true },
    {
      ...{ name: 'channel', shown: true },
      type: { is: 'word', words: { frisbi: 'FRISBI', bank: 'BANK', post: 'POST', online: 'ONLINE' } },
    },
    { name: 'period', type: { is: 'period' }, shown: true },
  ],
  derived: [],
  derive: () => [],
  checks: [knownAccount],
  merge: (client, stamp) =>
    mergeRows(
      client,
      {
        table: 'payment',
        key: 'id',
        columns: ['account_id', 'paid_at', 'posted_at', 'amount_kopecks', 'channel', 'period'],
        source: `SELECT payment_id AS id, a.id AS account_id, paid_at, posted_at, amount_kop AS amount_kopecks, channel, period
                   FROM staging JOIN account a ON a.number = account_no WHERE problem IS NULL`,
      },
      stamp,
    ),
}
