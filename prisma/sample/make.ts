import { createHash } from 'node:crypto'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import iconv from 'iconv-lite'
import { type LocalDate, parseLocalDate } from '../../src/domain/localDate.ts'
import { controlText } from '../../src/exchange/control.ts'
import { monthOf, periodText } from './calendar.ts'
import { chargeRows, paymentRows } from './chargeRows.ts'
import { balanceOf, chargedIn, ledger, type SampleLedger } from './charges.ts'
import { officeRows, slotsTakenRows } from './offices.ts'
import { requisiteRows } from './requisites.ts'
import { type SampleAccount, type SampleMeter, town } from './town.ts'

export interface SampleFile {
  name: string
  bytes: Buffer
}

/** The sample town in the billing's own format, with control files. The same day always gives the same bytes. */
export function sampleFiles(today: LocalDate): SampleFile[] {
  const accounts = town(today)
  const ledgers = accounts.map((account) => ledger(account, monthOf(today)))
  const stamp = `${periodText(monthOf(today)).replace('-', '')}01_001`
  const worthTrying = accounts
    .filter((account) => account.note !== '')
    .map(({ number, note }) => ({ account_no: number, note }))
  return [
    ...withControl(
      `accounts_${stamp}`,
      'utf8',
      accountRows(accounts, ledgers, today),
      sumOf(ledgers.map(balanceOf), 0),
    ),
    ...withControl(`meters_${stamp}`, 'windows-1251', meterRows(accounts)),
    ...withControl(`readings_${stamp}`, 'utf8', readingRows(accounts), sumOf(firstZones(accounts), 3)),
    ...withControl(`charges_${stamp}`, 'windows-1251', chargeRows(accounts, ledgers), String(chargedIn(ledgers))),
    ...withControl(
      `payments_${stamp}`,
      'utf8',
      paymentRows(accounts, ledgers),
      sumOf(
        ledgers.flatMap(({ payments }) => payments.map(({ kopecks }) => kopecks)),
        0,
      ),
    ),
    ...withControl(`requisites_${stamp}`, 'windows-1251', requisiteRows()),
    ...withControl(`offices_${stamp}`, 'windows-1251', officeRows()),
    ...withControl(`slots_taken_${stamp}`, 'utf8', slotsTakenRows(today)),
    { name: 'worthTrying.json', bytes: Buffer.from(`${JSON.stringify(worthTrying, undefined, 2)}\n`) },
  ]
}

function accountRows(accounts: readonly SampleAccount[], ledgers: readonly SampleLedger[], today: string): string[][] {
  const header =
    'account_no els status payer_name street_type street house korpus flat room district area_m2 registered living balance_kop balance_at activation_code paper_receipt'
  return [
    header.split(' '),
    ...accounts.map((account, index) => [
      account.number,
      account.els,
      account.open ? 'open' : 'closed',
      account.payer,
      account.house.streetType,
      account.house.street,
      account.house.house,
      account.house.korpus,
      account.flat,
      account.room,
      account.house.district,
      decimal(account.areaHundredths, 2),
      String(account.people),
      String(account.people),
      String(balanceOf(ledgers[index] ?? { charges: [], payments: [] })),
      `${periodText(monthOf(today))}-01`,
      account.code,
      account.paperReceipt ? '1' : '0',
    ]),
  ]
}

function meterRows(accounts: readonly SampleAccount[]): string[][] {
  const header =
    'meter_id account_no service serial digits decimals zones ratio unit installed_at verification_until removed_at last_t1 last_t2 last_t3 last_at norm avg6 photo_required'
  return [header.split(' '), ...accounts.flatMap((account) => account.meters.map((meter) => meterRow(account, meter)))]
}

function meterRow(account: SampleAccount, meter: SampleMeter): string[] {
  const { pattern } = meter
  const last = meter.shown.at(-1)
  return [
    meter.id,
    account.number,
    pattern.service,
    meter.serial,
    String(pattern.digits),
    String(pattern.decimals),
    String(pattern.monthly.length),
    String(pattern.ratio),
    pattern.unit,
    meter.installedAt,
    meter.verificationUntil,
    meter.removedAt,
    ...zones(last?.values ?? []),
    last?.date ?? '',
    pattern.norm,
    meter.average6 === undefined ? '' : decimal(meter.average6, 3),
    meter.photoRequired ? '1' : '0',
  ]
}

function readingRows(accounts: readonly SampleAccount[]): string[][] {
  const header = 'reading_id replaces_id account_no meter_id serial period read_date t1 t2 t3 submitted_at'
  return [
    header.split(' '),
    ...accounts.flatMap((account) =>
      account.meters.flatMap((meter) =>
        meter.shown.map(({ month, date, values }) => [
          `${meter.id}-${periodText(month).slice(2).replace('-', '')}`,
          '',
          account.number,
          meter.id,
          meter.serial,
          periodText(month),
          date,
          ...zones(values),
          '',
        ]),
      ),
    ),
  ]
}

const firstZones = (accounts: readonly SampleAccount[]) =>
  accounts.flatMap((account) => account.meters.flatMap((meter) => meter.shown.map(({ values }) => values[0] ?? 0)))

const zones = (values: readonly number[]) =>
  [0, 1, 2].map((zone) => (values[zone] === undefined ? '' : decimal(values[zone], 3)))

const decimal = (scaled: number, places: number) => (scaled / 10 ** places).toFixed(places)

const sumOf = (values: readonly number[], places: number) =>
  decimal(
    values.reduce((sum, value) => sum + value, 0),
    places,
  )

function withControl(name: string, encoding: string, rows: readonly string[][], sum?: string): SampleFile[] {
  const bytes = iconv.encode(rows.map((row) => `${row.join(';')}\r\n`).join(''), encoding)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const control = controlText({ rows: rows.length - 1, ...(sum !== undefined && { sum }), sha256 })
  return [
    { name: `${name}.csv`, bytes },
    { name: `${name}.ctl`, bytes: Buffer.from(control) },
  ]
}

/** `node --import tsx prisma/sample/make.ts --today 2026-11-01` writes the files anew beside this one. */
function main(): void {
  const { values } = parseArgs({ options: { today: { type: 'string' } } })
  const today = parseLocalDate(values.today ?? '')
  if (!today) {
    console.error('--today YYYY-MM-DD: the history ends with the month before this day')
    process.exit(2)
  }
  const folder = dirname(fileURLToPath(import.meta.url))
  for (const name of readdirSync(folder)) if (/\.(csv|ctl)$/.test(name)) rmSync(join(folder, name))
  for (const { name, bytes } of sampleFiles(today)) writeFileSync(join(folder, name), bytes)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
