import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importReceipts } from '../../src/exchange/importReceipts.ts'
import { openReceiptStore } from '../../src/files/receiptStore.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

const mostBytes = 64 * 1024
/** Accounts of the sample town. */
const [one, other] = ['6682305547', '6610200503']

let fresh: FreshDatabase
let home: string
beforeAll(async () => {
  fresh = await freshDatabase({ of: 'town' })
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'erc-receipts-'))
  await fresh.database.pool.query('DELETE FROM receipt_file')
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function pdf(words: string): Promise<Uint8Array> {
  const made = await PDFDocument.create()
  made.addPage().drawText(words)
  return made.save()
}

/** A folder of receipts as the billing hands it over. */
async function put(files: Record<string, Uint8Array>, stamp = '20261103_001'): Promise<string> {
  const folder = join(home, `receipts_${stamp}`)
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
  return folder
}

const store = () => openReceiptStore(join(home, 'kept'))
const load = (folder: string, more = {}) => importReceipts(fresh.database, store(), folder, { mostBytes, ...more })
const rows = async () => (await fresh.database.pool.query('SELECT * FROM receipt_file ORDER BY account_id, kind')).rows
const kept = async () =>
  (await readdir(join(home, 'kept'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())

test('receipts are copied under the hash of their bytes, which tells nobody whose they are', async () => {
  const [main, capital] = [await pdf('main'), await pdf('capital')]
  const folder = await put({ [`${one}_2026-10_MAIN.pdf`]: main, [`north/${one}_2026-10_caprem.PDF`]: capital })
  expect(await load(folder)).toEqual({ files: 2, loaded: 2, unchanged: 0, older: 0, bad: 0 })
  const found = await rows()
  expect(found).toMatchObject([
    { period: '2026-10', kind: 'CAPREM', bytes: capital.length },
    { period: '2026-10', kind: 'MAIN', bytes: main.length, imported_from: '20261103_001' },
  ])
  expect(Buffer.from(await store().read(found[1].sha256)).equals(main)).toBe(true)
  for (const { name, parentPath } of await kept()) {
    expect(join(parentPath, name)).not.toContain(one.slice(-6))
    expect((await stat(join(parentPath, name))).mode & 0o077).toBe(0)
  }
})

test('the same folder again changes nothing, a newer one replaces, an older one does not', async () => {
  const name = `${one}_2026-10_MAIN.pdf`
  const [old, corrected, late] = [await pdf('old'), await pdf('corrected'), await pdf('late')]
  await load(await put({ [name]: old }))
  expect(await load(await put({ [name]: old }))).toMatchObject({ loaded: 0, unchanged: 1 })
  expect(await load(await put({ [name]: corrected }, '20261104_001'))).toMatchObject({ loaded: 1 })
  expect(await load(await put({ [name]: late }, '20261103_002'))).toMatchObject({ loaded: 0, older: 1 })
  const [{ sha256 }] = await rows()
  expect(sha256).toBe(createHash('sha256').update(corrected).digest('hex'))
  // What has been replaced is personal data of no use.
  expect((await kept()).map(({ name: file }) => file)).toEqual([`${sha256}.pdf`])
})

test('bytes that another receipt has too stay when one of them is replaced', async () => {
  const same = await pdf('same')
  await load(await put({ [`${one}_2026-10_MAIN.pdf`]: same, [`${other}_2026-10_MAIN.pdf`]: same }))
  await load(await put({ [`${one}_2026-10_MAIN.pdf`]: await pdf('new') }, '20261104_001'))
  for (const { sha256 } of await rows()) expect((await store().read(sha256)).length).toBeGreaterThan(0)
  expect(await kept()).toHaveLength(2)
})

describe('what is no receipt is listed, without the number of an account, and keeps no other out', () => {
  test.each<[string, (good: Uint8Array) => Record<string, Uint8Array>, string, string]>([
    [
      'of an unknown account',
      (good) => ({ '6699999999_2026-10_MAIN.pdf': good }),
      'UNKNOWN_ACCOUNT',
      '••••9999_2026-10_MAIN.pdf',
    ],
    ['under a name of its own', (good) => ({ 'Иванов 7.pdf': good }), 'BAD_FILE_NAME', '•••••• •.•••'],
    [
      'of a month that there is not',
      (good) => ({ [`${other}_2026-13_MAIN.pdf`]: good }),
      'BAD_FILE_NAME',
      '••••••••••_••••-••_••••.•••',
    ],
    ['of an unknown kind', (good) => ({ [`${other}_2026-10_PARKING.pdf`]: good }), 'BAD_FILE_NAME', ''],
    [
      'that is empty',
      () => ({ [`${other}_2026-10_MAIN.pdf`]: new Uint8Array() }),
      'EMPTY',
      '••••0503_2026-10_MAIN.pdf',
    ],
    [
      'that is a picture',
      () => ({ [`${other}_2026-10_MAIN.pdf`]: Buffer.from('\x89PNG\r\n\x1a\n and more') }),
      'NOT_A_PDF',
      '',
    ],
    [
      'that was cut off',
      (good) => ({ [`${other}_2026-10_MAIN.pdf`]: good.subarray(0, good.length - 40) }),
      'TRUNCATED',
      '',
    ],
    [
      'that is too large',
      (good) => ({ [`${other}_2026-10_MAIN.pdf`]: Buffer.concat([good, Buffer.alloc(mostBytes)]) }),
      'TOO_LARGE',
      '',
    ],
    [
      'that is there twice',
      (good) => ({ [`${other}_2026-10_MAIN.pdf`]: good, [`b/${other}_2026-10_MAIN.pdf`]: good }),
      'DUPLICATE',
      '',
    ],
  ])('a file %s', async (_, files, code, shown) => {
    const good = await pdf('good')
    const folder = await put({ [`${one}_2026-10_MAIN.pdf`]: good, '.DS_Store': Buffer.from('x'), ...files(good) })
    const result = await load(folder)
    expect(result).toMatchObject({ bad: 1, loaded: result.files - 1 })
    const listed = await readFile(result.errorsFile ?? '', 'utf8')
    expect(listed).toMatch(new RegExp(`^\\d;;${code};"[^"]+";"${shown.replaceAll('.', '\\.')}`, 'm'))
    expect(listed).not.toMatch(/66\d{8}/)
  })
})

test('an import that is ended takes up where it was, and half a receipt is none', async () => {
  const files = Object.fromEntries([one, other].map((number) => [`${number}_2026-10_MAIN.pdf`, Buffer.from('')]))
  for (const name of Object.keys(files)) files[name] = Buffer.from(await pdf(name))
  const folder = await put(files)
  const stopped = new AbortController()
  stopped.abort(new Error('stopped'))
  await expect(load(folder, { signal: stopped.signal })).rejects.toThrow('stopped')
  // A part of a copy, as a killed import leaves it.
  const sha256 = createHash('sha256')
    .update(files[`${one}_2026-10_MAIN.pdf`] ?? '')
    .digest('hex')
  await store().keep(files[`${one}_2026-10_MAIN.pdf`] ?? Buffer.from(''))
  await truncate(join(home, 'kept', sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.pdf`), 10)
  await expect(store().read(sha256)).rejects.toThrow('damaged')
  expect(await load(folder)).toMatchObject({ loaded: 2, bad: 0 })
  expect((await store().read(sha256)).length).toBe(files[`${one}_2026-10_MAIN.pdf`]?.length)
})

test('a folder that is not there, or has another name, is refused', async () => {
  expect(await load(join(home, 'receipts_20261103_009'))).toMatchObject({ refused: 'NOT_FOUND' })
  await expect(store().read('../../etc/passwd')).rejects.toThrow(RangeError)
})
