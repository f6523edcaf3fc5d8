import { basename } from 'node:path'
import { maskAccount, normaliseAccount } from '../domain/accountNumber.ts'
import { type ChargeKind, chargeKinds } from '../domain/charges/charges.ts'
import { isPeriod, type Period } from '../domain/period.ts'
import { shapeOf } from './errorsFile.ts'

/** Whose receipt a file is, of which month and kind: `<account_no>_<YYYY-MM>_<KIND>.pdf`. */
export interface ReceiptName {
  account: string
  period: Period
  kind: ChargeKind
}

export function parseReceiptName(path: string): ReceiptName | undefined {
  const [, account = '', period = '', name = ''] = /^(.+)_(\d{4}-\d{2})_([a-z]+)\.pdf$/i.exec(basename(path)) ?? []
  const kind = chargeKinds.find((each) => each === name.toUpperCase())
  const number = normaliseAccount(account)
  return kind && number && isPeriod(period) ? { account: number, period, kind } : undefined
}

/** A file's name as it may be shown: `••••4567_2026-03_MAIN.pdf`; of any other name only its shape. */
export function maskedName(path: string): string {
  const name = parseReceiptName(path)
  return name ? `${maskAccount(name.account)}_${name.period}_${name.kind}.pdf` : shapeOf(basename(path))
}

/** A folder of receipts, `receipts_<YYYYMMDD>_<NNN>`; the stamp tells which of two is the newer. */
export const receiptFolderStamp = (path: string): string | undefined =>
  /^receipts_(\d{8}_\d{3})$/.exec(basename(path))?.[1]
