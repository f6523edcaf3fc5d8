import type { Period } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import type { Drawn } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { ChargesFile } from '../queries/chargesFile.ts'

interface Months {
  from: Period
  to: Period
}

export const monthsText = ({ from, to }: Months): Text =>
  text(from === to ? 'chargesExport.oneMonth' : 'chargesExport.someMonths', { from, to })

/** The file of these months, as it is made when it is sent. */
export function fileOf(
  { number, version }: ChargesFile,
  { from, to, as }: Months & { as: 'pdf' | 'csv' },
  { accountId, language }: Pick<Here<unknown>, 'accountId' | 'language'>,
): Drawn {
  const kind = as === 'pdf' ? 'chargesPdf' : 'chargesCsv'
  // Of a number with other signs than these nothing is in the name: not every system takes them.
  const end = /[0-9A-Za-z]+$/.exec(number)?.[0]
  return {
    id: [kind, accountId, from, to, language, version].join(':'),
    as: 'document',
    drawn: { kind, accountId, from, to, version, language },
    name: text(`chargesExport.fileName.${as}`, { end: end === undefined ? '' : `${end}_`, from, to }),
    otherwise: [text('chargesExport.notDrawn')],
    denied: text('chargesPicture.denied'),
  }
}
