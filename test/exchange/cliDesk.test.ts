import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays } from '../../src/domain/localDate.ts'
import { deskCommand } from '../../src/exchange/cliDesk.ts'
import { readConfig } from '../../src/infra/config.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { erc } from './erc.ts'

let fresh: FreshDatabase
let folder: string
/** The day is the next one already where the city is. */
const now = new Date('2026-11-28T20:00:00Z')
beforeAll(async () => {
  fresh = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'erc-desk-'))
})
afterAll(async () => {
  await fresh.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() =>
  fresh.database.pool.query(
    'TRUNCATE consultant, desk_day, canned_reply, hand_off, desk_topic RESTART IDENTITY CASCADE',
  ),
)

/** What the command answers, without a process of its own. */
async function desk(...words: string[]) {
  const command = deskCommand(words)
  if (!command) return { code: 2, out: [], err: [] }
  const config = readConfig({ DATABASE_URL: fresh.url, HASH_KEY: hashKey, DATA_DIR: folder })
  const { lines, refused } = await command({
    ...{ database: fresh.database, sql: sqlOn(fresh.database), config, now },
    newId: () => randomUUID(),
  })
  return refused ? { code: 1, out: [], err: lines } : { code: 0, out: lines, err: [] }
}
const said = (...out: string[]) => ({ code: 0, out, err: [] })
const refused = (...err: string[]) => ({ code: 1, out: [], err })
const rows = async (statement: string): Promise<object[]> => (await fresh.database.pool.query(statement)).rows

describe('erc consultant', () => {
  test('adds, changes, lists and removes those who may answer', async () => {
    expect(await desk('consultant', 'list')).toEqual(
      said('Консультантов пока нет. Добавить: npm run erc -- consultant add ID ИМЯ'),
    )
    expect(await desk('consultant', 'add', '501', 'Анна', 'Петровна')).toEqual(
      said('Добавлено: 501, Анна Петровна, консультант.'),
    )
    expect(await desk('consultant', 'add', '502', 'Олег', '--role', 'supervisor', '--chats', '3')).toEqual(
      said('Добавлено: 502, Олег, старший.'),
    )
    expect(await desk('consultant', 'add', '501', 'Анна', '--chats', '2')).toEqual(
      said('Изменено: 501, Анна, консультант.'),
    )
    expect(await desk('consultant', 'list')).toEqual(
      said('502  Олег, старший, не на смене, чатов: 0 из 3', '501  Анна, консультант, не на смене, чатов: 0 из 2'),
    )
    expect(await desk('consultant', 'remove', '501')).toEqual(said('501, Анна: больше не консультант.'))
    expect(await desk('consultant', 'remove', '501')).toEqual(refused('Консультанта 501 нет.'))
    expect(await desk('consultant', 'add', '501', 'Анна')).toEqual(said('Добавлено: 501, Анна, консультант.'))
    expect(await rows(`SELECT id, role, removed_at IS NULL AS may, most_chats FROM consultant ORDER BY id`)).toEqual([
      { id: '501', role: 'consultant', may: true, most_chats: null },
      { id: '502', role: 'supervisor', may: true, most_chats: 3 },
    ])
  })

  test('says how many chats of whoever is removed go back into the queue', async () => {
    await desk('consultant', 'add', '501', 'Анна')
    await fresh.database.pool.query('INSERT INTO desk_topic (id, created_at) VALUES (1, $1)', [now])
    await fresh.database.pool.query(
      `INSERT INTO hand_off (id, topic_id, chat, subject, state, asked_at, queued_at, resident_at, taken_by)
       VALUES (gen_random_uuid(), 1, 'vk:1', 'other', 'taken', $1, $1, $1, '501')`,
      [now],
    )
    expect(await desk('consultant', 'remove', '501')).toEqual(
      said('501, Анна: больше не консультант. Его чаты (1) вернутся в очередь, как только бот это заметит.'),
    )
  })
})

describe('erc hours', () => {
  const today = '2026-11-29'
  const dotted = (days: number) => addDays(today, days).split('-').reverse().join('.')

  test('sets, lists and clears days that are not like others', async () => {
    expect((await desk('hours', 'set', dotted(1), '08:00-12:00,13:00-16:00', 'короткий', 'день')).out).toEqual([
      expect.stringMatching(/^\p{L}{2} \d\d\.\d\d\.\d{4}: 08:00-12:00, 13:00-16:00 \(короткий день\)\.$/u),
    ])
    expect((await desk('hours', 'closed', addDays(today, 40), 'праздник')).out).toEqual([
      expect.stringContaining('никого нет (праздник).'),
    ])
    const { code, out } = await desk('hours')
    expect({ code, days: out.length }).toEqual({ code: 0, days: 15 })
    expect(out[0]).toMatch(/ {2}08:00-20:00$/)
    expect(out[1]).toMatch(/ {2}08:00-12:00, 13:00-16:00 \* короткий день$/)
    expect(out[14]).toContain(`${dotted(40)}  никого нет * праздник`)
    expect((await desk('hours', 'clear', dotted(1))).out).toEqual([expect.stringMatching(/: снова 08:00-20:00\.$/)])
    expect(await desk('hours', 'clear', dotted(1))).toMatchObject({
      code: 1,
      err: [expect.stringContaining('особых часов не задано')],
    })
  })

  test('leaves days that are over as they are', async () => {
    expect(await desk('hours', 'closed', dotted(-1))).toMatchObject({
      code: 1,
      err: [expect.stringContaining('уже прошло, ничего не изменено.')],
    })
    expect(await rows('SELECT * FROM desk_day')).toEqual([])
  })
})

describe('erc canned', () => {
  test('keeps, lists and removes replies, with fields that there are', async () => {
    expect(await desk('canned', 'list')).toMatchObject({ code: 0, out: [expect.stringContaining('пока нет')] })
    expect(await desk('canned', 'set', 'Привет', 'Здравствуйте, {{name}}! Чем помочь?')).toEqual(
      said('Сохранено. Вставить в чат: /q привет'),
    )
    expect(await desk('canned', 'set', 'сумма', 'К оплате {{sum}}')).toEqual(
      refused(
        'Поля {{sum}} нет, ничего не сохранено. Поля: {{name}}, {{consultant}}, {{hours}}, {{number}}, {{date}}, {{due}}.',
      ),
    )
    expect(await desk('canned', 'set', 'много', 'а'.repeat(3001))).toEqual(
      refused('В ответе 3001 знаков, а может быть 3000: ничего не сохранено.'),
    )
    expect(await desk('canned', 'list')).toEqual(said('привет: Здравствуйте, {{name}}! Чем помочь?'))
    expect(await desk('canned', 'remove', 'ПРИВЕТ')).toEqual(said('Удалено: ПРИВЕТ.'))
    expect(await desk('canned', 'remove', 'привет')).toEqual(refused('Готового ответа «привет» нет.'))
  })
})

describe('erc report', () => {
  beforeEach(async () => {
    const sql = sqlOn(fresh.database)
    await sql('topic', 'INSERT INTO desk_topic (id, created_at) VALUES (1, $1)', [now])
    await sql('who', `INSERT INTO consultant (id, name, role, added_at) VALUES ('501', '=Анна ☀', 'consultant', $1)`, [
      now,
    ])
    const at = (time: string) => new Date(`2026-11-05T${time}+05:00`)
    const [handOff] = await sql<{ id: string }>(
      'handOff',
      `INSERT INTO hand_off (id, topic_id, chat, subject, state, asked_at, queued_at, resident_at, first_answer_at, closed_at, closed_by, rating)
       VALUES (gen_random_uuid(), 1, 'vk:1', 'charges', 'closed', $1, $1, $1, $2, $3, 'consultant', 4) RETURNING id`,
      [at('12:00:00'), at('12:02:30'), at('12:30:00')],
    )
    await sql(
      'takes',
      `INSERT INTO hand_off_take (hand_off_id, by, "from", until, ended) VALUES ($1, '501', $2, $3, 'closed')`,
      [handOff?.id, at('12:01:00'), at('12:30:00')],
    )
  })

  const table = [
    'день;разрез;название;обратились;взято;закрыто;ушли без ответа;ещё открыто;первый ответ, медиана, мин;первый ответ, худший, мин;оценка;оценок;просрочено',
    '2026-11-05;все;;1;;1;0;0;2,5;2,5;4,0;1;',
    '2026-11-05;тема;начисления;1;;1;0;0;2,5;2,5;4,0;1;',
  ]

  test('writes a table that a spreadsheet opens, in windows-1251', async () => {
    const path = join(folder, 'отчёт.csv')
    expect(await desk('report', '--from', '05.11.2026', '--to', '2026-11-06', '--to-file', path)).toEqual(
      said(`${path}: дней: 2, обратились: 1, закрыто: 1, ушли без ответа: 0, обращений: 0`),
    )
    expect(iconv.decode(await readFile(path), 'windows-1251').split('\r\n')).toEqual([
      ...table,
      `2026-11-05;консультант;"'=Анна ?";;1;1;;;;;4,0;1;`,
      '2026-11-05;обращения;;0;;0;;;;;;;0',
      '2026-11-06;все;;0;;0;0;0;;;;;',
      '2026-11-06;обращения;;0;;0;;;;;;;0',
      '',
    ])
  })

  test('writes UTF-8 when asked, into the folder of exports when no file is named', async () => {
    expect(await desk('report', '--from', '2026-11-05', '--to', '2026-11-05', '--utf8')).toMatchObject({ code: 0 })
    expect(await readdir(join(folder, 'export'))).toEqual(['desk_20261105_20261105.csv'])
    const written = await readFile(join(folder, 'export', 'desk_20261105_20261105.csv'), 'utf8')
    expect(written.startsWith(`\uFEFF${table[0]}\r\n`)).toBe(true)
    expect(written).toContain('=Анна ☀')
  })

  test('is not made of days in the wrong order or of too many', async () => {
    expect(await desk('report', '--from', '2026-11-06', '--to', '2026-11-05')).toEqual(
      refused('Первый день позже последнего, отчёта нет.'),
    )
    expect(await desk('report', '--from', '2024-11-06', '--to', '2026-11-05')).toEqual(
      refused('За один раз не больше 366 дней, отчёта нет.'),
    )
  })
})

test.each([
  'consultant',
  'consultant add 501',
  'consultant add @anna Анна',
  'consultant add 501 Анна --role boss',
  'consultant add 501 Анна --chats 0',
  'consultant remove',
  'consultant list 501',
  'hours set 2026-12-31',
  'hours set 2026-12-31 8-20',
  'hours set 2026-02-30 08:00-20:00',
  'hours closed',
  'canned set привет',
  'canned remove',
  'report --from вчера',
  'report desk',
])('«erc %s» is called wrongly', async (words) => {
  expect(await desk(...words.split(' '))).toMatchObject({ code: 2 })
})

test('the process answers with lines and exit codes, and shows how it is used when it is called wrongly', async () => {
  const env = { DATABASE_URL: fresh.url, HASH_KEY: hashKey, DATA_DIR: folder }
  expect(await erc(['consultant', 'add', '501', 'Анна'], env)).toEqual(said('Добавлено: 501, Анна, консультант.'))
  expect(await erc(['consultant', 'remove', '502'], env)).toEqual(refused('Консультанта 502 нет.'))
  const { code, out, err } = await erc(['consultant', 'add', 'Анна'], env)
  expect({ code, out }).toEqual({ code: 2, out: [] })
  expect(err.join('\n')).toContain('npm run erc -- consultant add ID ИМЯ')
})
