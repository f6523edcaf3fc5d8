import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectOrStart, type EmbeddedPostgres } from '../../src/infra/embeddedPostgres.ts'
import { bundled } from '../support/bundle.ts'

const settings = { fsync: 'off' }
const isRoot = process.getuid?.() === 0
const inTime = { timeout: 60_000, interval: 20 }

let base: string
/** One data folder for the tests that only start and stop; creating one takes a second or two. */
let dataDir: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'erc-embedded-'))
  await chmod(base, 0o755)
  dataDir = join(base, 'Данные города')
  const server = await start()
  await query(server.url, `CREATE TABLE kept (word text); INSERT INTO kept VALUES ('слово')`)
  await server.stop()
})

afterAll(() => rm(base, { recursive: true, force: true }))

const start = (folder = dataDir) => connectOrStart({ dataDir: folder, settings })

describe.each([
  ['a plain folder', 'plain', 0o755],
  ['a folder with spaces and Cyrillic letters', 'Мои данные', 0o755],
  ['a folder that others cannot enter', 'private', 0o700],
])('in %s', (_, name, mode) => {
  test('starts, knows Cyrillic letters, and has everything at the second start', async () => {
    const outer = join(base, name)
    await mkdir(outer)
    await chmod(outer, mode)
    const folder = join(outer, 'data')
    const first = await start(folder)
    const { rows } = await query(
      first.url,
      `CREATE TABLE kept AS SELECT lower('УЛИЦА ЁЖИКОВА') AS street; SELECT street, current_setting('data_directory') AS place FROM kept`,
    )
    await first.stop()
    expect(rows[0].street).toBe('улица ёжикова')
    const second = await start(folder)
    const again = await query(second.url, 'SELECT street FROM kept')
    await second.stop()
    expect(again.rows).toEqual([{ street: 'улица ёжикова' }])

    const moved = isRoot && mode === 0o700
    expect(rows[0].place.startsWith(folder)).toBe(!moved)
    if (moved) await expectSecret(join(folder, 'postgres.json'))
    // Two levels above the data is the home.
    if (moved) await rm(dirname(dirname(rows[0].place)), { recursive: true })
    if (moved) await expect(start(folder)).rejects.toMatchObject({ code: 'CONFIG' })
  })
})

test('keeps port and password for its owner alone, and is reached from this machine alone', async () => {
  const server = await start()
  const { rows } = await query(
    server.url,
    `SELECT current_setting('data_directory') AS place, current_setting('listen_addresses') AS addresses,
            current_setting('unix_socket_directories') AS sockets`,
  )
  await server.stop()
  expect(rows[0]).toMatchObject({ addresses: '127.0.0.1', sockets: '' })
  await expectSecret(join(rows[0].place, '..', 'access.json'))
})

test('its log says nothing of what residents wrote', async () => {
  const server = await start()
  const place = await placeOf(server)
  await expect(query(server.url, `SELECT 'Иванова Анна'::int`)).rejects.toThrow()
  await server.stop()
  const log = await readFile(join(place, '..', 'log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('Иванова')
})

test('several processes that start it at once share it, and the last to leave stops it', async () => {
  const folder = join(base, 'shared')
  const users = await Promise.all([start(folder), start(folder), start(folder)])
  expect(new Set(users.map((user) => user.url)).size).toBe(1)
  const [last, ...others] = users as [EmbeddedPostgres, ...EmbeddedPostgres[]]
  await Promise.all(others.map((user) => user.stop()))
  await query(last.url, 'SELECT 1')
  await last.stop()
  await expect(query(last.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('one who comes while the last one leaves gets a running one', async () => {
  let server = await start()
  for (let round = 0; round < 5; round++) {
    const [, next] = await Promise.all([server.stop(), start()])
    expect((await query(next.url, 'SELECT word FROM kept')).rows).toEqual([{ word: 'слово' }])
    server = next
  }
  await server.stop()
})

test('Ctrl-C lets the turn in progress finish, and PostgreSQL stops last', async () => {
  const product = await startProduct()
  const desk = await start()
  const other = new pg.Client({ connectionString: desk.url })
  await other.connect()
  await other.query('SELECT pg_advisory_lock(1)')
  product.child.stdin.write('turn\n')
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event = 'advisory'`
  await vi.waitFor(async () => expect((await other.query(waiting)).rowCount).toBe(1), inTime)
  // The terminal sends it to the whole group.
  process.kill(-(product.child.pid ?? 0), 'SIGINT')
  await vi.waitFor(() => expect(product.said).toEqual(['ready', 'interrupted']), inTime)
  await other.query('SELECT pg_advisory_unlock(1)')
  await once(product.child, 'exit')
  expect(product.said).toEqual(['ready', 'interrupted', 'turn finished', 'stopped'])
  expect(product.child.exitCode).toBe(0)
  await other.end()
  await desk.stop()
})

test('what a killed process left running is taken over, and stopped in the end', async () => {
  const product = await startProduct()
  product.child.kill('SIGKILL')
  await once(product.child, 'exit')
  const server = await start()
  const place = await placeOf(server)
  expect((await query(server.url, 'SELECT word FROM kept')).rows).toEqual([{ word: 'слово' }])
  await server.stop()
  await expect(stat(join(place, 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a PostgreSQL that is killed comes back by itself, at the same address, with all that was committed', async () => {
  const server = await start()
  await query(server.url, 'CREATE TABLE committed AS SELECT 7 AS n')
  const file = join(await placeOf(server), 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(async () => {
    expect(Number((await readFile(file, 'utf8')).split('\n')[0])).not.toBe(pid)
    expect((await query(server.url, 'SELECT n FROM committed')).rows).toEqual([{ n: 7 }])
  }, inTime)
  await query(server.url, 'DROP TABLE committed')
  await server.stop()
  await expect(query(server.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('a file left by a reboot that names a stranger does not keep it from starting', async () => {
  const before = await start()
  const place = await placeOf(before)
  const file = join(place, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  await before.stop()
  await writeFile(file, text.replace(/^\d+/, String(process.pid)))
  const server = await start()
  expect((await query(server.url, 'SELECT word FROM kept')).rows).toEqual([{ word: 'слово' }])
  await server.stop()
})

test('it moves to another port when somebody else has taken its own', async () => {
  const before = await start()
  await before.stop()
  const port = Number(new URL(before.url).port)
  const stranger = createServer().listen(port, '127.0.0.1')
  await once(stranger, 'listening')
  const server = await start()
  stranger.close()
  expect(new URL(server.url).port).not.toBe(String(port))
  expect((await query(server.url, 'SELECT word FROM kept')).rows).toEqual([{ word: 'слово' }])
  await server.stop()
})

test('data of another PostgreSQL are refused in one line, not left aside', async () => {
  const folder = join(base, 'older')
  await mkdir(join(folder, 'postgres', 'cluster-17'), { recursive: true })
  await expect(start(folder)).rejects.toMatchObject({ code: 'CONFIG' })
  await expect(start(folder)).rejects.toThrow('PostgreSQL 17')
})

async function query(url: string, sql: string, values?: unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const answer: pg.QueryResult | pg.QueryResult[] = await client.query(sql, values)
    return [answer].flat().at(-1) as pg.QueryResult
  } finally {
    await client.end()
  }
}

async function placeOf(server: EmbeddedPostgres): Promise<string> {
  return (await query(server.url, 'SHOW data_directory')).rows[0].data_directory
}

async function expectSecret(file: string): Promise<void> {
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
}

interface Product {
  child: ChildProcessByStdio<Writable, Readable, null>
  said: string[]
}

/** A real process in a group of its own, that has said `ready`. */
async function startProduct(): Promise<Product> {
  const script = fileURLToPath(new URL('../support/usePostgres.ts', import.meta.url))
  const child = spawn(process.execPath, [await bundled(script), dataDir], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line))
  await vi.waitFor(() => expect(said).toEqual(['ready']), inTime)
  return { child, said }
}
