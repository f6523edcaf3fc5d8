import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse'

/** A flat of the sample town to be typed into a chat. */
export interface Flat {
  address: string
  accountNo: string
  activationCode: string
  note: string
}

const SHOWN_WITHOUT_CHOICE = 12

interface Row {
  account_no?: string
  status?: string
  street_type?: string
  street?: string
  house?: string
  korpus?: string
  flat?: string
  room?: string
  activation_code?: string
}

/**
 * Reads the flats worth trying from the sample town: those that `worthTrying.json` names, with its notes, in its order; without
 * that list the first ones. Without the sample `accounts_*.csv` there are none to show.
 */
export async function readFlats(folder: string): Promise<Flat[]> {
  const names = await readdir(folder).catch(() => [])
  const name = names
    .filter((one) => /^accounts_.*\.csv$/.test(one))
    .sort()
    .at(-1)
  if (!name) return []
  const notes = await readNotes(join(folder, 'worthTrying.json'))
  const found = new Map<string, Flat>()
  const rows = createReadStream(join(folder, name)).pipe(
    parse({ columns: true, delimiter: ';', bom: true, skip_records_with_error: true }),
  )
  for await (const data of rows) {
    const row = data as Row
    const accountNo = row.account_no ?? ''
    const note = notes.get(accountNo)
    if (notes.size > 0 ? note !== undefined : found.size < SHOWN_WITHOUT_CHOICE) found.set(accountNo, flatOf(row, note))
  }
  return notes.size > 0 ? [...notes.keys()].flatMap((accountNo) => found.get(accountNo) ?? []) : [...found.values()]
}

async function readNotes(path: string): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8').catch(() => '[]')
  const list = JSON.parse(text) as { account_no: string; note: string }[]
  return new Map(list.map(({ account_no: accountNo, note }) => [accountNo, note]))
}

function flatOf(row: Row, note = row.status === 'closed' ? 'счёт закрыт' : ''): Flat {
  const parts = [
    `${row.street_type ?? ''} ${row.street ?? ''}`.trim(),
    row.house ? `д. ${row.house}` : '',
    row.korpus ? `корп. ${row.korpus}` : '',
    row.flat ? `кв. ${row.flat}` : '',
    row.room ? `комн. ${row.room}` : '',
  ]
  return {
    address: parts.filter((part) => part !== '').join(', '),
    accountNo: row.account_no ?? '',
    activationCode: row.activation_code ?? '',
    note,
  }
}
