import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import type { ImportResult } from '../../src/exchange/importFile.ts'

/** A folder in which a test lays out billing files. */
export interface BillingFolder {
  path: string
  /** Writes rows of cells under a header and answers the file's path. */
  put(name: string, rows: readonly Cells[], options?: PutOptions): Promise<string>
  /** Writes a text as it is. */
  putText(name: string, text: string, encoding?: string): Promise<string>
  remove(): Promise<void>
}

export type Cells = Record<string, string>

interface PutOptions {
  encoding?: string
  /** A control file beside it; what is given here stands in it instead of the truth. */
  control?: { rows?: number; sum?: string; sha256?: string }
}

export async function billingFolder(): Promise<BillingFolder> {
  const path = await mkdtemp(join(tmpdir(), 'billing-'))
  const putText = async (name: string, text: string, encoding = 'utf8') => {
    await writeFile(join(path, name), iconv.encode(text, encoding))
    return join(path, name)
  }
  return {
    path,
    putText,
    async put(name, rows, { encoding = 'utf8', control } = {}) {
      const text = csv(rows)
      if (control) {
        const truth = {
          rows: rows.length,
          sha256: createHash('sha256').update(iconv.encode(text, encoding)).digest('hex'),
        }
        const lines = Object.entries({ ...truth, ...control }).map(([key, value]) => `${key}=${value}\n`)
        await putText(name.replace('.csv', '.ctl'), lines.join(''))
      }
      return putText(name, text, encoding)
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

export function csv(rows: readonly Cells[]): string {
  const header = Object.keys(rows[0] ?? {})
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(';')}\r\n`)
    .join('')
}

/** So many good accounts, numbered `66000000NN` from 1, at улица Мира, 5, flat by number. */
export function accountRows(count: number, change: Cells = {}): Cells[] {
  return Array.from({ length: count }, (_, index) => ({
    account_no: `66${String(index + 1).padStart(8, '0')}`,
    els: '',
    status: 'open',
    payer_name: `Кедрова Вера ${index + 1}`,
    street_type: 'улица',
    street: 'Мира',
    house: '5',
    korpus: '',
    flat: String(index + 1),
    room: '',
    district: 'KIR',
    area_m2: '54.30',
    registered: '3',
    living: '2',
    balance_kop: '100',
    balance_at: '2026-11-01',
    activation_code: `KX4M-${String(index + 1).padStart(4, '0')}`,
    paper_receipt: '1',
    ...change,
  }))
}

/** So many good cold-water meters `M1`…, each on the account of its number. */
export function meterRows(count: number, change: Cells = {}): Cells[] {
  return Array.from({ length: count }, (_, index) => ({
    meter_id: `M${index + 1}`,
    account_no: `66${String(index + 1).padStart(8, '0')}`,
    service: 'HVS',
    serial: String(10_000_000 + index),
    digits: '5',
    decimals: '3',
    zones: '1',
    ratio: '1',
    unit: 'м3',
    installed_at: '2022-05-12',
    verification_until: '2030-05-11',
    removed_at: '',
    last_t1: '412.615',
    last_t2: '',
    last_t3: '',
    last_at: '2026-10-20',
    norm: '4.85',
    avg6: '5.2',
    photo_required: '0',
    ...change,
  }))
}

/** So many good readings `R1`…, each of the meter of its number. */
export function readingRows(count: number, change: Cells = {}): Cells[] {
  return Array.from({ length: count }, (_, index) => ({
    reading_id: `R${index + 1}`,
    replaces_id: '',
    account_no: `66${String(index + 1).padStart(8, '0')}`,
    meter_id: `M${index + 1}`,
    serial: String(10_000_000 + index),
    period: '2026-10',
    read_date: '2026-10-20',
    t1: '412.615',
    t2: '',
    t3: '',
    submitted_at: '2026-10-20T08:15:00Z',
    ...change,
  }))
}

/** A good month of three lines for each of so many accounts: 300 kopecks of water, heat with a benefit, 20 of waste. */
export function chargeRows(count: number, change: Cells = {}): Cells[] {
  const month = {
    ...{ period: '2026-10', kind: 'MAIN', opening_kop: '1000', paid_kop: '900', penalty_kop: '5' },
    ...{ closing_kop: '815', due_date: '2026-11-15' },
  }
  const line = (service_code: string, cells: Cells): Cells => ({
    ...{ service_code, service_name: `Услуга ${service_code}`, supplier: 'Водоканал' },
    ...{ unit: 'м3', volume: '6.335', basis: 'ИПУ', tariff: '52.63', accrued_kop: '300', multiplier_kop: '' },
    ...{ recalc_kop: '', recalc_reason: '', benefit_kop: '', total_kop: '300' },
    ...cells,
  })
  return Array.from({ length: count }, (_, index) =>
    [
      line('HVS', {}),
      line('HEAT', { unit: 'Гкал', accrued_kop: '500', benefit_kop: '-110', total_kop: '390' }),
      line('TKO', { unit: '', volume: '', basis: '', tariff: '', accrued_kop: '20', total_kop: '20' }),
    ].map((cells) => ({ account_no: accountNo(index), ...cells, ...month, ...change })),
  ).flat()
}

/** So many good payments `P1`…, each to the account of its number. */
export function paymentRows(count: number, change: Cells = {}): Cells[] {
  return Array.from({ length: count }, (_, index) => ({
    payment_id: `P${index + 1}`,
    account_no: accountNo(index),
    paid_at: '2026-10-12',
    posted_at: '2026-10-14',
    amount_kop: '90000',
    channel: 'FRISBI',
    period: '2026-09',
    ...change,
  }))
}

const accountNo = (index: number) => `66${String(index + 1).padStart(8, '0')}`

/** The rows with one of them (counted from 0) changed. */
export function withRow(rows: readonly Cells[], index: number, change: Cells): Cells[] {
  return rows.map((row, each) => (each === index ? { ...row, ...change } : row))
}

/** What an outcome says in short. */
export function inShort({ rows, loaded, unchanged, older, bad, refused }: ImportResult) {
  return { rows, loaded, unchanged, older, bad, ...(refused && { refused: refused.code }) }
}

/** So many good offices `O1`…, open on weekdays, with two windows. */
export function officeRows(count: number, change: Cells = {}): Cells[] {
  return Array.from({ length: count }, (_, index) => ({
    office_id: `O${index + 1}`,
    name: `Отделение ${index + 1}`,
    district: 'KIR',
    address: `ул. Мира, ${index + 1}`,
    phone: '8 (343) 000-00-00',
    hours: 'mon-thu 08:00-17:00 break 12:00-12:48, fri 08:00-16:00',
    windows: '2',
    slot_min: '15',
    topics: 'account, meters',
    closed_from: '',
    closed_to: '',
    ...change,
  }))
}
