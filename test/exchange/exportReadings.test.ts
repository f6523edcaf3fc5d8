import { fork } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readControl } from '../../src/exchange/control.ts'
import { exportReadings } from '../../src/exchange/exportReadings.ts'
import type { ExportOptions } from '../../src/exchange/handOut.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { bundled } from '../support/bundle.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { accountRows, type BillingFolder, billingFolder, inShort, meterRows } from './billingFiles.ts'
import { given, statesOf } from './givenReadings.ts'

const probe = fileURLToPath(new URL('./exportProbe.ts', import.meta.url))
let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
  const files = await billingFolder()
  for (const path of [
    await files.put('accounts_20261101_001.csv', accountRows(3)),
    await files.put('meters_20261101_001.csv', meterRows(3)),
  ])
    await importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
  await files.remove()
  await fresh.database.pool.query(`UPDATE meter SET serial = 'АВ-77;"8"', zones = 2, service = 'EL' WHERE id = 'M2'`)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE reading, readings_export RESTART IDENTITY')
})
afterEach(() => folder.remove())

/** Nine in the evening in London is the next day in Yekaterinburg. */
const now = new Date('2026-11-27T21:00:00Z')
const run = (options: Partial<ExportOptions> = {}) =>
  exportReadings(fresh.database, { folder: folder.path, now, timeZone: 'Asia/Yekaterinburg', ...options })

const files = async () => (await readdir(folder.path)).filter((name) => !name.endsWith('.ctl')).toSorted()
const textOf = async (name: string) => iconv.decode(await readFile(join(folder.path, name)), 'windows-1251')
const rowsOf = async (name: string): Promise<Record<string, string>[]> =>
  parse(await textOf(name), { columns: true, delimiter: ';' })
const first = 'readings_20261128_001.csv'

test('hands out what was accepted, once, as the billing reads it, with a control file', async () => {
  const [one, two] = [
    await given(fresh.database, { flags: ['W_HIGH', 'W_WINDOW'] }),
    await given(fresh.database, { ...second, t1: '5012', source: 'vk' }),
  ]
  expect(await run()).toEqual([{ path: join(folder.path, first), rows: 2, sum: '5430.950', resumed: false }])
  const [header, ...lines] = (await textOf(first)).split('\r\n')
  expect(header).toBe(
    'reading_id;replaces_id;account_no;meter_id;serial;period;read_date;t1;t2;t3;source;flags;submitted_at',
  )
  expect(lines.toSorted()).toEqual(
    [
      '',
      `${one};;6600000001;M1;10000000;2026-11;2026-11-20;418.950;;;telegram;W_HIGH,W_WINDOW;2026-11-20T08:15:30Z`,
      `${two};;6600000002;M2;"АВ-77;""8""";2026-11;2026-11-20;5012.000;3040.000;;vk;;2026-11-20T08:15:30Z`,
    ].toSorted(),
  )
  expect(await statesOf(fresh.database)).toEqual({ [one]: 'exported', [two]: 'exported' })
  expect(await run()).toEqual([])
  expect(await files()).toEqual([first])
})

test('is read back by the importer to the last byte, and changes nothing there', async () => {
  await given(fresh.database)
  await given(fresh.database, second)
  const [file] = await run()
  expect(await readControl(file?.path ?? '')).toMatchObject({ rows: 2, sum: '837.900' })
  const before = await fresh.database.prisma.reading.findMany({ orderBy: { id: 'asc' } })
  const outcome = inShort(await importFile(fresh.database, file?.path ?? '', { hashKey: 'k', today: '2026-11-10' }))
  expect(outcome).toEqual({ rows: 2, loaded: 0, unchanged: 2, older: 0, bad: 0 })
  expect(await fresh.database.prisma.reading.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
})

test('numbers the files of a local day, and begins anew with the next', async () => {
  for (const at of ['2026-11-27T18:59:59Z', '2026-11-27T19:00:00Z', '2026-11-27T19:00:01Z']) {
    await given(fresh.database, { period: `2026-${10 + (await files()).length}` })
    await run({ now: new Date(at) })
  }
  expect(await files()).toEqual(['readings_20261127_001.csv', first, 'readings_20261128_002.csv'])
})

describe('a correction', () => {
  test('names what it replaces as the billing knows it, over all that was never handed out', async () => {
    const known = await given(fresh.database, { t1: '410' })
    await run()
    const between = await given(fresh.database, { t1: '411', replacesId: known })
    const last = await given(fresh.database, { t1: '412', replacesId: between })
    await run()
    expect(await rowsOf('readings_20261128_002.csv')).toMatchObject([
      { reading_id: last, replaces_id: known, t1: '412.000' },
    ])
    expect(await statesOf(fresh.database)).toEqual({
      [known]: 'superseded',
      [between]: 'superseded',
      [last]: 'exported',
    })
  })

  test('given after a rejected one names what still stands in the billing', async () => {
    const standing = await given(fresh.database, { t1: '420' })
    await run()
    const wrong = await given(fresh.database, { t1: '240', replacesId: standing })
    await run()
    await fresh.database.pool.query(`UPDATE reading SET status = 'rejected' WHERE id = $1`, [wrong])
    const last = await given(fresh.database, { t1: '425' })
    await fresh.database.pool.query('UPDATE reading SET replaces_id = $2 WHERE id = $1', [last, wrong])
    await run()
    expect(await rowsOf('readings_20261128_003.csv')).toMatchObject([{ reading_id: last, replaces_id: standing }])
  })

  test('of what was never handed out names nothing', async () => {
    const never = await given(fresh.database)
    const last = await given(fresh.database, { replacesId: never })
    await run()
    expect(await rowsOf(first)).toMatchObject([{ reading_id: last, replaces_id: '' }])
  })

  test('of the billing’s own reading names it by the billing’s key', async () => {
    const path = await folder.put('readings_20261120_001.csv', [
      {
        ...{
          reading_id: 'R-17',
          replaces_id: '',
          account_no: '6600000001',
          meter_id: 'M1',
          serial: '',
          period: '2026-11',
        },
        ...{ read_date: '2026-11-19', t1: '415', t2: '', t3: '', submitted_at: '' },
      },
    ])
    await importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
    const { id } = await fresh.database.prisma.reading.findFirstOrThrow({ where: { meterId: 'M1' } })
    const last = await given(fresh.database, { replacesId: id })
    await run()
    expect(await rowsOf(first)).toMatchObject([{ reading_id: last, replaces_id: 'R-17' }])
  })
})

test('is written a page at a time', async () => {
  await fresh.database.pool.query(
    `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, flags, status)
     SELECT gen_random_uuid(), (SELECT min(id) FROM account), 'M1', 'p' || n, n, '2026-11-20', '2026-11-20', 'vk', '{}', 'accepted'
     FROM generate_series(1, 5000) n`,
  )
  const stopped = new AbortController()
  stopped.abort(new Error('called off'))
  await expect(run({ signal: stopped.signal })).rejects.toThrow('called off')
  let pages = 0
  const count = (name: unknown) => {
    if (name === 'export.batch') pages++
  }
  subscribe('erc:point', count)
  expect(await run()).toMatchObject([{ rows: 5000, sum: '12502500.000', resumed: true }])
  unsubscribe('erc:point', count)
  expect(pages).toBe(3)
  expect(await rowsOf(first)).toHaveLength(5000)
})

test('what the encoding has no letters for is handed out in UTF-8 only, and is not lost till then', async () => {
  const id = await given(fresh.database, { meterId: 'M3', accountNo: '6600000003' })
  await fresh.database.pool.query(`UPDATE meter SET serial = '№ 漢1' WHERE id = 'M3'`)
  await expect(run()).rejects.toMatchObject({ code: 'NOT_IN_ENCODING' })
  expect(await statesOf(fresh.database)).toEqual({ [id]: 'accepted' })
  expect(await run({ encoding: 'utf8' })).toMatchObject([{ rows: 1, resumed: true }])
  expect(await readFile(join(folder.path, first), 'utf8')).toContain('№ 漢1')
})

test('two at once go one after the other, and none waits for ever', async () => {
  await given(fresh.database)
  const [one, two] = await Promise.all([run(), run()])
  expect([one, two].map(({ length }) => length).toSorted()).toEqual([0, 1])
  const holder = await fresh.database.pool.connect()
  try {
    await holder.query(`SELECT pg_advisory_lock(hashtext('export readings'))`)
    await expect(run({ waitMs: 20 })).rejects.toMatchObject({ code: 'EXPORT_BUSY' })
  } finally {
    holder.release(true)
  }
})

describe.each(['export.settled', 'export.batch', 'export.written', 'export.placed'])('killed at %s', (point) => {
  test('loses no reading, and hands out none under two names or two meanings', async () => {
    const kept = await given(fresh.database, second)
    const wrong = await given(fresh.database, { t1: '410' })
    await killedAt(point)
    const seen = (await files()).includes(first) ? await textOf(first) : undefined
    expect(seen !== undefined).toBe(point === 'export.placed')
    expect(await statesOf(fresh.database)).toEqual({ [kept]: 'accepted', [wrong]: 'accepted' })

    const right = await given(fresh.database, { t1: '411', replacesId: wrong })
    expect(await run()).toMatchObject([
      { rows: 2, resumed: true },
      { rows: 1, resumed: false },
    ])
    expect((await readdir(folder.path)).toSorted()).toEqual(
      ['readings_20261128_001', 'readings_20261128_002'].flatMap((name) => [`${name}.csv`, `${name}.ctl`]),
    )
    if (seen !== undefined) expect(await textOf(first)).toBe(seen)
    expect((await rowsOf(first)).map(({ reading_id }) => reading_id).toSorted()).toEqual([kept, wrong].toSorted())
    expect(await rowsOf('readings_20261128_002.csv')).toMatchObject([{ reading_id: right, replaces_id: wrong }])
    expect(await statesOf(fresh.database)).toEqual({ [kept]: 'exported', [wrong]: 'superseded', [right]: 'exported' })
  })
})

test('killed while it gathers, it gathers on into the same file', async () => {
  const wrong = await given(fresh.database, { t1: '410' })
  await killedAt('export.gathered')
  const right = await given(fresh.database, { t1: '411', replacesId: wrong })
  expect(await run()).toMatchObject([{ rows: 2, resumed: true }])
  const rows = await rowsOf(first)
  expect(rows.find(({ reading_id }) => reading_id === right)).toMatchObject({ replaces_id: wrong })
  expect(await statesOf(fresh.database)).toEqual({ [wrong]: 'superseded', [right]: 'exported' })
})

async function killedAt(point: string): Promise<void> {
  const child = fork(await bundled(probe), [fresh.url, folder.path, point], { execArgv: [] })
  expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
}

test('a file that the billing has taken away is not written under its name again', async () => {
  await given(fresh.database)
  await run()
  await rm(join(folder.path, first))
  await given(fresh.database, second)
  expect(await run()).toMatchObject([{ path: join(folder.path, 'readings_20261128_002.csv'), rows: 1 }])
})

const second = { meterId: 'M2', accountNo: '6600000002', t2: '3040' }
