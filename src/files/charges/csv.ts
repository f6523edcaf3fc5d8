import { formatKopecks, formatTenThousandths, type Kopecks } from '../../domain/money.ts'
import { type Cell, csvOf } from '../csv.ts'
import type { ChargesFacts, Say } from './facts.ts'

/** Charges line by line, below each month its balances, and below all of them the payments, as a spreadsheet reads them. */
export function chargesCsv({ months, payments }: ChargesFacts, say: Say): Uint8Array {
  const heads = columns.map((name) => say(`chargesExport.column.${name}`))
  const lines = months.flatMap((month): Row[] => {
    const period = say('chargesExport.oneMonth', { to: month.period })
    const { kind: code, opening, penalty, paid, closing } = month
    const kind = say(`chargesExport.kind.${code}`)
    const rows = month.rows.map((row): Row => {
      const { name: service, supplier, unit, basis, recalculationReason, volume, tariff } = row
      const { accrued, multiplier, recalculation, benefit, total } = row
      return {
        ...{ period, kind, service, supplier, unit, basis, recalculationReason },
        ...{ volume: tenThousandths(volume), tariff: tenThousandths(tariff), accrued: roubles(accrued) },
        ...{ multiplier: roubles(multiplier), recalculation: roubles(recalculation) },
        ...{ benefit: roubles(benefit), total: roubles(total) },
      }
    })
    const balances: Row = {
      ...{ period, kind, service: say('chargesExport.balances') },
      ...{ opening: roubles(opening), penalty: roubles(penalty), paid: roubles(paid), closing: roubles(closing) },
    }
    return [...rows, balances]
  })
  return csvOf([
    heads,
    ...lines.map((row) => columns.map((name) => row[name] ?? '')),
    [],
    [say('chargesExport.payments.title')],
    paymentColumns.map((name) => say(`chargesExport.payments.${name}`)),
    ...payments.map(({ paidAt, postedAt, channel, period, kopecks }): Cell[] => [
      dotted(paidAt),
      postedAt ? dotted(postedAt) : '',
      channel ? say(`chargesExport.payments.by.${channel}`) : '',
      period ? say('chargesExport.oneMonth', { to: period }) : '',
      roubles(kopecks),
    ]),
  ])
}

/** The balances are no line of the bill: their columns are empty elsewhere, and they have no total, so that a column adds up. */
const columns = [
  ...(['period', 'kind', 'service', 'supplier', 'unit', 'volume', 'basis', 'tariff', 'accrued', 'multiplier'] as const),
  ...(['recalculation', 'recalculationReason', 'benefit', 'total', 'opening', 'penalty', 'paid', 'closing'] as const),
] as const

const paymentColumns = ['paidAt', 'postedAt', 'channel', 'period', 'sum'] as const

type Row = { [Name in (typeof columns)[number]]?: Cell | undefined }

/** As a sum is written, without what a spreadsheet would not take for a number. */
const decimal = (written: string): Cell => ({ decimal: written.replace('−', '-').replace(/[^\d,-]/g, '') })

const roubles = (kopecks: Kopecks): Cell => decimal(formatKopecks(kopecks))

const tenThousandths = (value: number | undefined): Cell =>
  value === undefined ? '' : decimal(formatTenThousandths(value))

const dotted = (date: string): string => date.split('-').toReversed().join('.')
