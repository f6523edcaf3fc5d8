import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { importFile } from '../../src/exchange/importFile.ts'
import { bundled } from '../support/bundle.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { accountRows, type BillingFolder, billingFolder, csv, inShort } from './billingFiles.ts'

const probe = fileURLToPath(new URL('./importProbe.ts', import.meta.url))
const children: ChildProcess[] = []
let fresh: FreshDatabase
let folder: BillingFolder
let middling: string
let large: string

beforeAll(async () => {
  fresh = await freshDatabase()
  folder = await billingFolder()
  middling = await manyAccounts('accounts_20261101_002.csv', 20_000)
  large = await manyAccounts('accounts_20261101_001.csv', 100_000)
})
afterAll(async () => {
  await fresh.drop()
  await folder.remove()
})
beforeEach(async () => {
  await fresh.database.pool.query('TRUNCATE account, street RESTART IDENTITY CASCADE')
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

test('needs no more memory for 100,000 rows than for 20,000', async () => {
  const [few, many] = [await memoryOf(middling), await memoryOf(large)]
  expect(await count()).toBe(100_000)
  expect(many.heap / few.heap).toBeLessThan(1.25)
  expect(many.rss / few.rss).toBeLessThan(1.5)
})

test.each([
  ['is being read', 0.3],
  ['has been read and is being merged', 1],
])('a kill while the file %s changes nothing, and the next import loads it', async (_, share) => {
  const child = await start(middling)
  for await (const message of messagesOf(child)) if (message.share >= share) break
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await count()).toBe(0)
  expect(await fresh.database.prisma.street.count()).toBe(0)
  const file = await folder.put('accounts_20261101_003.csv', accountRows(5))
  expect(inShort(await importFile(fresh.database, file, { hashKey: 'k', today: '2026-11-10' }))).toMatchObject({
    loaded: 5,
  })
})

test('a connection that is cut in mid-import is told, changes nothing and leaves the pool usable', async () => {
  let cut: Promise<unknown> | undefined
  const importing = importFile(fresh.database, large, {
    hashKey: 'k',
    today: '2026-11-10',
    onProgress: ({ readBytes, allBytes }) => {
      if (readBytes > allBytes / 2)
        cut ??= fresh.database.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY staging%' AND datname = current_database()`,
        )
    },
  })
  await expect(importing).rejects.toThrow()
  await cut
  expect(await count()).toBe(0)
})

test('an import that is called off changes nothing', async () => {
  const calledOff = new AbortController()
  const importing = importFile(fresh.database, middling, {
    hashKey: 'k',
    today: '2026-11-10',
    signal: calledOff.signal,
    onProgress: () => calledOff.abort(new Error('called off')),
  })
  await expect(importing).rejects.toThrow('called off')
  expect(await count()).toBe(0)
})

test('others read the old data until all of the new is there', async () => {
  const load = async (name: string, living: string) =>
    importFile(fresh.database, await folder.put(name, accountRows(5000, { living })), {
      hashKey: 'k',
      today: '2026-11-10',
    })
  await load('accounts_20261102_001.csv', '1')
  let done = false
  const importing = load('accounts_20261102_002.csv', '2').finally(() => {
    done = true
  })
  const seen = new Set<string>()
  let reads = 0
  while (!done) {
    const { rows } = await fresh.database.pool.query('SELECT DISTINCT living FROM account')
    seen.add(rows.map((row) => row.living).join(' and '))
    reads++
  }
  expect(await importing).toMatchObject({ loaded: 5000 })
  expect(reads).toBeGreaterThan(3)
  expect([...seen].filter((each) => each !== '1' && each !== '2')).toEqual([])
})

test('two imports of one kind at once end as if they had come one after the other', async () => {
  const files = await Promise.all(
    ['1', '2', '3'].map((living) => folder.put(`accounts_2026110${living}_009.csv`, accountRows(2000, { living }))),
  )
  await Promise.all(
    files.toReversed().map((file) => importFile(fresh.database, file, { hashKey: 'k', today: '2026-11-10' })),
  )
  expect(await fresh.database.prisma.account.count({ where: { living: 3 } })).toBe(2000)
})

async function manyAccounts(name: string, rows: number): Promise<string> {
  const path = `${folder.path}/${name}`
  const lines = csv(accountRows(1000)).split('\r\n')
  function* text() {
    yield `${lines[0]}\r\n`
    for (let at = 0; at < rows; at += 1000) {
      const block = lines
        .slice(1, 1001)
        .map((line) => line.replace(/^66\d{5}/, () => `66${String(at / 1000).padStart(5, '0')}`))
      yield `${block.map((line, index) => line.replace(/^(66\d{5})\d{3}/, `$1${String(index).padStart(3, '0')}`)).join('\r\n')}\r\n`
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(path))
  return path
}

async function start(file: string): Promise<ChildProcess> {
  const child = fork(await bundled(probe), [fresh.url, file], { execArgv: ['--expose-gc'] })
  children.push(child)
  return child
}

async function memoryOf(file: string): Promise<{ heap: number; rss: number }> {
  for await (const message of messagesOf(await start(file))) if (message.heap > 0) return message
  throw new Error('the import has ended without a word')
}

async function* messagesOf(child: ChildProcess): AsyncGenerator<{ share: number; heap: number; rss: number }> {
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  while (child.exitCode === null) {
    const [message] = await once(child, 'message', { signal: ended.signal })
    yield { share: 0, heap: 0, rss: 0, ...message }
  }
}

const count = () => fresh.database.prisma.account.count()
