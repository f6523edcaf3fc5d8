import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { RefusedFile } from './problems.ts'

/**
 * What is said of a file in the `.ctl` beside it: by the billing of its own, by us of those that we hand out (`accounts_20261101_001.ctl`), a line each:
 *
 *     rows=200              data rows, bad ones included
 *     sum=-1530042          Σ balance_kop of accounts, t1 of readings, total_kop of charges, amount_kop of payments; none for meters
 *     sha256=5f3c…          of the file's bytes, hexadecimal
 *
 * Any of the three may be left out; what is there must hold.
 */
export interface Control {
  rows?: number
  sum?: string
  sha256?: string
}

/** Undefined when there is no control file; refuses one that cannot be read. A file of a few lines, so it is read at once. */
export async function readControl(dataPath: string): Promise<Control | undefined> {
  const text = await readFile(controlPath(dataPath), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new RefusedFile('BAD_CONTROL')
  })
  if (text === undefined) return undefined
  const control: Control = {}
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.trim() === '') continue
    const [, key, value = ''] = /^\s*(rows|sum|sha256)\s*=\s*(\S+)\s*$/i.exec(line) ?? []
    const name = key?.toLowerCase()
    if (name === 'rows' && /^\d{1,12}$/.test(value)) control.rows = Number(value)
    else if (name === 'sum' && /^-?\d{1,20}([.,]\d{1,4})?$/.test(value)) control.sum = value.replace(',', '.')
    else if (name === 'sha256' && /^[0-9a-f]{64}$/i.test(value)) control.sha256 = value.toLowerCase()
    else throw new RefusedFile('BAD_CONTROL')
  }
  return control
}

/** The text of a control file, as `readControl` takes it. */
export function controlText(control: Control): string {
  return Object.entries(control)
    .map(([key, value]) => `${key}=${value}\r\n`)
    .join('')
}

export const controlPath = (dataPath: string) => dataPath.replace(/\.csv$/i, '.ctl')

/** Counts what the control file states while the file streams by. */
export class Tally {
  rows = 0
  private sum = 0n
  private readonly hash = createHash('sha256')

  bytes(chunk: Uint8Array): void {
    this.hash.update(chunk)
  }

  /** A cell of the summed column as `cell.ts` reads it: an integer, or a decimal with three places. */
  row(summed: string | null | undefined): void {
    this.rows++
    if (summed) this.sum += BigInt(summed.replace('.', ''))
  }

  /** What a control file states of all this. `places` are the summed column's decimals; without them there is no sum. */
  control(places?: number): Control & { rows: number } {
    const sum = places === undefined ? undefined : this.stated(places)
    return { rows: this.rows, ...(sum !== undefined && { sum }), sha256: this.hash.copy().digest('hex') }
  }

  private stated(places: number): string {
    const digits = String(this.sum < 0n ? -this.sum : this.sum).padStart(places + 1, '0')
    const cut = digits.length - places
    const fraction = places > 0 ? `.${digits.slice(cut)}` : ''
    return `${this.sum < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction}`
  }

  /** Refuses the file when the control file says otherwise. `places` are the summed column's decimals. */
  check(control: Control, places: number): void {
    if (control.rows !== undefined && control.rows !== this.rows) {
      throw new RefusedFile('ROWS_MISMATCH', { stated: control.rows, found: this.rows })
    }
    if (control.sum !== undefined && scaled(control.sum, places) !== this.sum) throw new RefusedFile('SUM_MISMATCH')
    if (control.sha256 !== undefined && control.sha256 !== this.hash.copy().digest('hex')) {
      throw new RefusedFile('HASH_MISMATCH')
    }
  }
}

/** Undefined when a stated sum has more decimals than the column can: it can only be wrong. */
function scaled(sum: string, places: number): bigint | undefined {
  const [whole = '0', digits = ''] = sum.split('.')
  const fraction = digits.replace(/0+$/, '')
  return fraction.length > places ? undefined : BigInt(`${whole}${fraction.padEnd(places, '0')}`)
}
