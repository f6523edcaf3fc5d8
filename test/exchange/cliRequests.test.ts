import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deskCommand } from '../../src/exchange/cliDesk.ts'
import { readConfig } from '../../src/infra/config.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase
let folder: string
const now = new Date('2026-11-28T07:00:00Z')
beforeAll(async () => {
  fresh = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'erc-requests-'))
})
afterAll(async () => {
  await fresh.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() => query('TRUNCATE request, consultant, desk_topic, conversation, resident, notice, file CASCADE'))

const query = async (statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await fresh.database.pool.query(statement, values)).rows

/** What the command answers, of a centre that has no staff forum. */
async function erc(...words: string[]) {
  const command = deskCommand(['requests', ...words])
  if (!command) return { code: 2, lines: [] }
  const config = readConfig({ DATABASE_URL: fresh.url, HASH_KEY: hashKey, DATA_DIR: folder })
  const { lines, refused } = await command({
    ...{ database: fresh.database, sql: sqlOn(fresh.database), config, now },
    newId: () => randomUUID(),
  })
  return { code: refused ? 1 : 0, lines: lines.map((line) => line.replaceAll('\u00a0', ' ')) }
}

async function asked(number: number, more: { kind?: string; state?: string; dueOn?: string } = {}): Promise<string> {
  const { kind = 'question', state = 'new', dueOn = '2026-12-04' } = more
  const [resident, id, chat] = [randomUUID(), randomUUID(), `vk:${number}`]
  await query('INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, now])
  await query(
    `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) VALUES (gen_random_uuid(), $1, 3, '', 'vk', $2)`,
    [resident, now],
  )
  await query(
    `INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, '{}', $2, $3)`,
    [...[chat, resident, now]],
  )
  await query(
    `INSERT INTO request (id, number, kind, subject, state, resident_id, chat, created_at, sent_at, changed_at, due_on)
     VALUES ($1, $2, $3, 'charges', $4, $5, $6, $7, $7, $7, $8)`,
    [id, number, kind, state, resident, chat, now, dueOn],
  )
  await query(
    `INSERT INTO request_line (request_id, author, body, at) VALUES ($1, 'resident', '{"text":"За что?","files":[]}', $2)`,
    [...[id, now]],
  )
  return id
}

const stateOf = async (id: string) => (await query('SELECT state FROM request WHERE id = $1', [id]))[0]?.state
const toldTo = async (chat: string) =>
  (await query('SELECT dialog FROM notice WHERE chat = $1', [chat])).map(({ dialog }) => dialog)

describe('erc requests', () => {
  test('lists what is open by its day, and what is overdue', async () => {
    expect(await erc()).toEqual({ code: 0, lines: ['Открытых обращений нет.'] })
    await asked(1101)
    await asked(1102, { dueOn: '2026-11-20' })
    await asked(1103, { state: 'answered' })
    const overdue = 'Обращение № 1102 · Начисления · ПРОСРОЧЕНО, срок был 20 ноября · никто не взял'
    const open = 'Обращение № 1101 · Начисления · ответить до 4 декабря · никто не взял'
    expect(await erc()).toEqual({ code: 0, lines: [overdue, open] })
    expect(await erc('--overdue')).toEqual({ code: 0, lines: [overdue] })
  })

  test('writes them as a table, without a word of what was said', async () => {
    await asked(1101)
    await asked(1102, { dueOn: '2026-11-20' })
    await asked(1103, { state: 'answered' })
    const file = join(folder, 'all.csv')
    expect(await erc('--all', '--csv', file)).toEqual({ code: 0, lines: [`${file}: обращений: 3`] })
    const table = iconv.decode(await readFile(file), 'windows-1251').split('\r\n')
    expect(table[2]).toBe('1102;Обращение;Начисления;Новое;;vk;;2026-11-28;2026-11-20;8;;')
    expect(table.join()).not.toContain('За что')
    expect((await erc('--csv', file, '--overdue', '--utf8')).lines).toEqual([`${file}: обращений: 1`])
  })

  test('shows what was said of one', async () => {
    await asked(1101)
    expect((await erc('show', '1101')).lines).toEqual([
      'Обращение № 1101 · Начисления · ответить до 4 декабря · никто не взял',
      'Житель, 28 ноября 2026, 12:00\nЗа что?',
    ])
    expect(await erc('show', '9')).toEqual({ code: 1, lines: ['Обращения № 9 нет.'] })
  })
})

describe('erc requests answer', () => {
  test('says so when its resident cannot be told', async () => {
    await asked(1101)
    await query('UPDATE conversation SET blocked_at = $1', [now])
    const why = 'Житель не получил сообщение по № 1101: заблокировал бота.'
    expect(await erc('answer', '1101', '--text', 'За октябрь')).toEqual({
      code: 0,
      lines: [`№ 1101: Ответ дан. ${why}`],
    })
  })

  test('sends words and a file; a second time it is answered already', async () => {
    const id = await asked(1101)
    const file = join(folder, 'расчёт.pdf')
    await writeFile(file, 'pdf')
    expect(await erc('answer', '1101', '--text', 'За октябрь', '--file', file)).toEqual({
      code: 0,
      lines: ['№ 1101: Ответ дан. Житель узнает об этом от бота.'],
    })
    expect(await stateOf(id)).toBe('answered')
    const [line] = await query(`SELECT body, by FROM request_line WHERE request_id = $1 AND author = 'consultant'`, [
      id,
    ])
    expect(line).toMatchObject({
      by: null,
      body: { text: 'За октябрь', files: [{ kind: 'document', name: 'расчёт.pdf', size: 3 }] },
    })
    expect(await query(`SELECT name FROM file WHERE state = 'stored'`)).toEqual([{ name: 'расчёт.pdf' }])
    expect(await toldTo('vk:1101')).toEqual(['requests'])
    expect(await erc('answer', '1101', '--text', 'Ещё раз')).toMatchObject({ code: 1 })
    expect(await toldTo('vk:1101')).toHaveLength(1)
  })

  test.each([
    ['without words', ['answer', '1101'], /Нужны слова/],
    [
      'with a file that is not there',
      ['answer', '1101', '--text', 'Вот', '--file', '/nowhere.pdf'],
      /Файла \/nowhere\.pdf нет/,
    ],
    ['to a move that cannot be made', ['accept', '1101'], /сейчас: Новое/],
    ['of another number', ['close', '77'], /№ 77 нет/],
  ])('%s sends nothing', async (_, words, why) => {
    const id = await asked(1101)
    const { code, lines } = await erc(...words)
    expect([code, lines.join()]).toEqual([1, expect.stringMatching(why)])
    expect(await stateOf(id)).toBe('new')
    expect(await toldTo('vk:1101')).toEqual([])
  })

  test.each([
    [['accept', '1101'], 'papers', 'new', 'accepted'],
    [['reject', '1101', '--text', 'Не тот паспорт'], 'papers', 'new', 'rejected'],
    [['ask', '1101', '--text', 'Нет печати'], 'account', 'new', 'waiting'],
    [['answer', '1101', '--text', 'Готова'], 'order', 'new', 'done'],
    [['redirect', '1101', '--text', 'Звоните в управляющую компанию'], 'question', 'new', 'redirected'],
    [['close', '1101'], 'question', 'answered', 'closed'],
  ])('and its like: %s', async (words, kind, state, to) => {
    const id = await asked(1101, { kind, state })
    expect(await erc(...words)).toMatchObject({ code: 0 })
    expect(await stateOf(id)).toBe(to)
  })
})

test('erc requests assign gives it to a consultant, whoever had it', async () => {
  const id = await asked(1101)
  for (const [who, name] of [
    ['501', 'Анна'],
    ['502', 'Борис'],
  ])
    await query(`INSERT INTO consultant (id, name, role, added_at) VALUES ($1, $2, 'consultant', $3)`, [who, name, now])
  expect(await erc('assign', '1101', '501')).toEqual({ code: 0, lines: ['№ 1101: ведёт Анна.'] })
  expect(await stateOf(id)).toBe('assigned')
  expect(await erc('assign', '1101', '502')).toMatchObject({ code: 0 })
  expect(await query('SELECT assigned_to AS by FROM request')).toEqual([{ by: '502' }])
  expect(await query('SELECT by FROM card_view WHERE request_id = $1 ORDER BY id', [id])).toEqual([
    { by: '501' },
    { by: '502' },
  ])
  expect(await erc('assign', '1101', '502')).toEqual({ code: 1, lines: ['№ 1101 уже ведёт Борис.'] })
  expect(await erc('assign', '1101', '77')).toMatchObject({ code: 1 })
})

test.each([
  [['answer']],
  [['answer', 'x', '--text', 'y']],
  [['show']],
  [['--all']],
  [['assign', '1']],
  [['burn', '1']],
])('called wrongly: %s', async (words) => {
  expect(await erc(...words)).toEqual({ code: 2, lines: [] })
})
