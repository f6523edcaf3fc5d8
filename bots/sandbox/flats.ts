import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse'

/** A flat of the sample town to be typed into a chat. */
export interface Flat {
  address: string
  accountNo: string
  activationCode: string
  note: string
}

const SHOWN = 12

interface Row {
  account_no?: string
  status?: string
  street_type?: string
  street?: string
  house?: string
  korpus?: string
  flat?: string
  activation_code?: string
}

/** Reads some flats of different streets from the sample `accounts_*.csv`; without such a file there are none to show. */
export async function readFlats(folder: string): Promise<Flat[]> {
  const names = await readdir(folder).catch(() => [])
  const name = names
    .filter((one) => /^accounts_.*\.csv$/.test(one))
    .sort()
    .at(-1)
  if (!name) return []
  const rows = createReadStream(join(folder, name)).pipe(
    parse({ columns: true, delimiter: ';', bom: true, skip_records_with_error: true }),
  )
  const all: Row[] = []
  for await (const row of rows) all.push(row as Row)
  return choose(all).map(flatOf)
}

/** Some of each street in turn until the list is full, a closed account among them: its refusal is worth seeing. */
function choose(rows: Row[]): Row[] {
  const closed = rows.filter((row) => row.status === 'closed').slice(0, 1)
  const streets = new Map<string, Row[]>()
  for (const row of rows) {
    const street = row.street ?? ''
    if (row.status !== 'closed') streets.set(street, [...(streets.get(street) ?? []), row])
  }
  const open: Row[] = []
  for (let at = 0; at < 3; at++) for (const some of streets.values()) open.push(...some.slice(at * 7, at * 7 + 1))
  return [...open.slice(0, SHOWN - closed.length), ...closed]
}

function flatOf(row: Row): Flat {
  const house = [`д. ${row.house}`, row.korpus ? `корп. ${row.korpus}` : '', row.flat ? `кв. ${row.flat}` : '']
  return {
    address: [`${row.street_type ?? ''} ${row.street ?? ''}`.trim(), ...house.filter((part) => part !== '')].join(', '),
    accountNo: row.account_no ?? '',
    activationCode: row.activation_code ?? '',
    note: row.status === 'closed' ? 'счёт закрыт' : '',
  }
}
