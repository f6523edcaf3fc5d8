import { type ChargeRow, type Charges, chargedFor, chargeKinds } from '../../domain/charges/charges.ts'
import type { Language } from '../../domain/language.ts'
import { formatTenThousandths, type Kopecks, type TenThousandths } from '../../domain/money.ts'
import type { Column, Row } from '../pdf/table.ts'
import type { ChargesFacts, Say } from './facts.ts'

interface Table {
  /** Stands above. */
  title?: string
  columns: Column[]
  rows: Row[]
}

/** What the charges come to by kind, the months line by line, the payments. */
export function tables(facts: ChargesFacts, say: Say, language: Language): Table[] {
  const inside = { ...facts, say, language }
  return [byKind(inside), byMonth(inside), paymentsOf(inside)]
}

type Inside = ChargesFacts & { say: Say; language: Language }

function byKind({ months, say }: Inside): Table {
  const rows = chargeKinds.flatMap((code): Row[] => {
    const own = months.filter((month) => month.kind === code)
    const [first, last] = [own.at(0), own.at(-1)]
    if (!first || !last) return []
    const come = [chargedFor, (month: Charges) => month.penalty, (month: Charges) => month.paid]
    const sums = come.map((of) => roubles(sum(own, of), say))
    const name = say(`chargesExport.kind.${code}`)
    return [{ cells: [name, balance(first.opening, say), ...sums, balance(last.closing, say)] }]
  })
  return { columns: columnsOf(kindColumns, say), rows }
}

function byMonth({ months, say, language }: Inside): Table {
  const rows = months.flatMap((month): Row[] => [
    { heading: monthHead(month, say) },
    ...month.rows.map((row): Row => ({ cells: serviceCells(row, say, language) })),
    { cells: [say('chargesExport.all'), '', '', '', ...sumsOf(month.rows, say)], bold: true },
    { note: flowOf(month, say) },
    ...(month.mismatches.length > 0 ? [{ note: say('chargesExport.mismatch') }] : []),
  ])
  return { columns: columnsOf(serviceColumns, say), rows }
}

function paymentsOf({ payments, say }: Inside): Table {
  const rows = payments.map(({ paidAt, postedAt, channel, period, kopecks }): Row => {
    const posted = postedAt ? say('chargesExport.day', { at: postedAt }) : ''
    const where = channel ? say(`chargesExport.payments.by.${channel}`) : ''
    const month = period ? say('chargesExport.oneMonth', { to: period }) : ''
    return { cells: [say('chargesExport.day', { at: paidAt }), posted, where, month, roubles(kopecks, say)] }
  })
  const all = roubles(
    sum(payments, ({ kopecks }) => kopecks),
    say,
  )
  return {
    title: say('chargesExport.payments.title'),
    columns: columnsOf(paymentColumns, say),
    rows: [
      ...rows,
      rows.length > 0
        ? { cells: [say('chargesExport.all'), '', '', '', all], bold: true }
        : { note: say('chargesExport.payments.none') },
    ],
  }
}

/** Heads of columns with their shares of the width; what has a sum in it stands to the right. */
type Columns = readonly (readonly [head: string, share: number, align?: 'right'])[]

const kindColumns: Columns = [
  ['chargesExport.summary.kind', 190],
  ['chargesExport.summary.opening', 125, 'right'],
  ['chargesExport.summary.charged', 110, 'right'],
  ['chargesExport.summary.penalty', 100, 'right'],
  ['chargesExport.summary.paid', 110, 'right'],
  ['chargesExport.summary.closing', 125, 'right'],
]
const serviceColumns: Columns = [
  ['chargesExport.column.service', 220],
  ['chargesExport.column.volume', 72, 'right'],
  ['chargesExport.column.basis', 66],
  ['chargesExport.column.tariff', 58, 'right'],
  ['chargesExport.column.accrued', 72, 'right'],
  ['chargesExport.column.multiplier', 76, 'right'],
  ['chargesExport.column.recalculation', 70, 'right'],
  ['chargesExport.column.benefit', 62, 'right'],
  ['chargesExport.column.total', 74, 'right'],
]
const paymentColumns: Columns = [
  ['chargesExport.payments.paidAt', 150],
  ['chargesExport.payments.postedAt', 150],
  ['chargesExport.payments.channel', 170],
  ['chargesExport.payments.period', 150],
  ['chargesExport.payments.sum', 140, 'right'],
]

const columnsOf = (columns: Columns, say: Say): Column[] =>
  columns.map(([head, share, align]) => ({ head: say(head), share, ...(align && { align }) }))

function monthHead({ period, kind: code }: Charges, say: Say): string {
  const words = say('chargesExport.monthOf', { period, kind: say(`chargesExport.kind.${code}`) })
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** The supplier and the reason of a recalculation stand below the service. */
function serviceCells(row: ChargeRow, say: Say, language: Language): string[] {
  const amount = (value: TenThousandths | undefined, leastPlaces = 0) =>
    value === undefined ? '' : formatTenThousandths(value, language, leastPlaces)
  const { name, supplier, recalculationReason: reason, unit = '', basis = '' } = row
  const below = [...(supplier ? [supplier] : []), ...(reason ? [say('chargesExport.recalculated', { reason })] : [])]
  const volume = `${amount(row.volume)}\u00a0${unit}`.trim()
  return [[name, ...below].join('\n'), volume, basis, amount(row.tariff, 2), ...sumsOf([row], say)]
}

/** A zero is told where there is always a sum; elsewhere it would only be in the way. */
const sumsOf = (rows: readonly ChargeRow[], say: Say): string[] =>
  (['accrued', 'multiplier', 'recalculation', 'benefit', 'total'] as const).map((name) => {
    const all = sum(rows, (row) => row[name])
    return all === 0 && name !== 'accrued' && name !== 'total' ? '' : roubles(all, say)
  })

/** From the balance at the month's beginning to that at its end. */
const flowOf = (month: Charges, say: Say): string =>
  say('chargesExport.flow', {
    ...{ opening: balance(month.opening, say), charged: chargedFor(month), penalty: month.penalty },
    ...{ paid: month.paid, closing: balance(month.closing, say) },
  })

const roubles = (kopecks: Kopecks, say: Say): string => say('chargesExport.sum', { sum: kopecks })

/** In words: never a bare minus (domain rules, §1). */
function balance(kopecks: Kopecks, say: Say): string {
  if (kopecks === 0) return say('chargesExport.balance.none')
  return kopecks > 0
    ? say('chargesExport.balance.debt', { sum: kopecks })
    : say('chargesExport.balance.overpaid', { sum: -kopecks })
}

const sum = <Each>(all: readonly Each[], of: (each: Each) => Kopecks): Kopecks =>
  all.reduce((total, each) => total + of(each), 0)
