import type { ClientBase } from 'pg'
import type { LocalDate } from '../../domain/localDate.ts'
import type { BankAgreement } from '../../domain/payment/paymentCode.ts'
import type { CellType } from '../cell.ts'
import type { RowProblem } from '../problems.ts'

export type KindName =
  | 'accounts'
  | 'meters'
  | 'readings'
  | 'readings_result'
  | 'charges'
  | 'payments'
  | 'requisites'
  | 'offices'
  | 'slots_taken'
  | 'bookings_result'

export interface Column {
  name: string
  type: CellType
  /** An empty cell makes the row bad. */
  required?: true
  /** The file may come without this column. */
  mayBeAbsent?: true
  /** Read, but never put into the database (an activation code in clear). */
  notStaged?: true
  /** Says nothing of a person: shown as it is in the errors file. Everything else is masked there. */
  shown?: true
}

/** Rows of the staging table for which `where` (SQL over `staging s`) holds are bad. */
export interface Check {
  problem: RowProblem
  column: string
  where: string
}

/** `older`: rows which a newer file has already told of; they are left alone. */
export interface Merged {
  loaded: number
  unchanged: number
  older: number
}

/** When a file is loaded: the local day, and when residents are told of what it says to them; they are not told when that is left out. */
export interface Moment {
  today: LocalDate
  newsAt?: Date
}

/** A value that is computed from a row's cells and staged beside them; `sql` is its PostgreSQL type. */
interface Derived {
  name: string
  sql: 'text' | 'uuid' | 'boolean' | 'integer'
}

/** `hashKey` keys the hash of activation codes; requisites must fit a payment code by the bank's `agreement`. */
export interface ImportSettings {
  hashKey: string
  agreement: BankAgreement
}

/** What the importer must know of one kind of billing file (domain.md, section 10). */
export interface Kind {
  name: KindName
  columns: readonly Column[]
  /** The columns that identify a row: it may not come twice in one file. */
  key: readonly [string, ...string[]]
  /**
   * Rows that agree in these columns, the account's number first, are loaded together or not at all: a bad one keeps the others out.
   * A file holds them one after another.
   */
  whole?: readonly string[]
  /** The column whose sum the control file states. */
  sum?: string
  derived: readonly Derived[]
  derive(cell: (column: string) => string | null, settings: ImportSettings): (string | null)[]
  checks: readonly Check[]
  /** Rows that are loaded although something about them should be looked at; they are listed in the errors file too. */
  remarks?: readonly Check[]
  /** Brings the good rows of `staging` (those where `problem` is null) into the product's tables. */
  merge(client: ClientBase, stamp: string, moment: Moment): Promise<Merged>
}
