import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskCommand } from '../../src/exchange/cliDesk.ts'
import { addNotice } from '../../src/notices/addNotice.ts'
import { openReminding, type Reminding, type Someone } from '../notices/reminding.ts'
import { refusedBy, shownBy } from '../notices/residents.ts'
import { freshDatabase } from '../support/postgres.ts'
import { flats } from '../talks/talk.ts'
import { answerOf, groundOn } from './mailingCommands.ts'

let r: Reminding
beforeAll(async () => {
  r = await openReminding()
})
afterAll(() => r.close())

const erc = (...words: string[]) => answerOf(r, words)

const id = 'readings:2026-11:1'
/** A line of what is told of the mailing. */
const lineOf = async (nth: number) => {
  const said = await erc('waves', id)
  return Array.isArray(said) ? said[nth] : said
}
const says = ({ chat }: Pick<Someone, 'chat'>, text: string) =>
  r.bare.engine.handle([r.bare.event(chat, { kind: 'text', text, message: '1' })])

test('operators see how a mailing goes, and what came of it', async () => {
  expect(await erc('waves')).toEqual(['Рассылок ещё не было.'])
  const people = []
  for (const flat of [flats.oneMeter, flats.twoWater, flats.threeZones, flats.rollOver, flats.twoZones, flats.house])
    people.push(await r.resident([flat]))
  const [gone, gives, late, refused, quiet, off] = people as [Someone, Someone, Someone, Someone, Someone, Someone]
  await r.plan('readings', '2026-11-20')
  expect(await erc('waves')).toEqual([`${id}  20.11.2026 11:00, идёт; жителей: 6, показано: 0, осталось: 6`])
  await r.database.pool.query(
    `INSERT INTO reminder_choice (resident_id, kind, is_off, changed_at) VALUES ($1, 'readings', true, $2)`,
    [off.id, r.clock.now()],
  )
  await r.tell()
  expect(await lineOf(1)).toBe(
    'Показано: 0, бот заблокирован: 0, не доставлено: 0, стало не нужно: 1, в пути: 5, осталось: 0',
  )
  await refusedBy(r.database, gone.chat, r.clock.now())
  await r.database.pool.query(
    `UPDATE outbox SET state = 'dropped', failure = 'PLATFORM_REFUSED' WHERE chat = $1 AND state = 'pending'`,
    [refused.chat],
  )
  for (const { chat } of [gives, late, quiet]) await shownBy(r.database, chat)
  await r.tell()
  expect(await erc('waves', id)).toEqual([
    `${id}  20.11.2026 11:00, закончена; жителей: 6, показано: 3, осталось: 0`,
    'Показано: 3, бот заблокирован: 1, не доставлено: 1, стало не нужно: 1, в пути: 0, осталось: 0',
    'Ответили или продолжили разговор: 0, передали показания за три дня: 0',
  ])
  // What the bot says of its own accord meanwhile, and what comes from the billing, is nobody's answer.
  await addNotice(r.sql, {
    id: 'x',
    residentId: quiet.id,
    dialog: 'readings',
    about: String(quiet.accounts[0]),
    dueAt: r.clock.now(),
  })
  await r.tell()
  await given(quiet, 'import')
  expect(await lineOf(2)).toBe('Ответили или продолжили разговор: 0, передали показания за три дня: 0')
  await r.press(gives.chat, 'Передать показания')
  await says(gives, '325 312')
  await r.press(gives.chat, 'Верно')
  r.clock.set('2026-11-21T07:00:00Z')
  await says(late, 'меню')
  r.clock.set('2026-11-23T07:00:00Z')
  await given(late, 'telegram')
  expect(await lineOf(2)).toBe('Ответили или продолжили разговор: 1, передали показания за три дня: 1')
})

/** A reading that has come another way than by a talk. */
const given = (one: Someone, source: string) =>
  r.database.pool.query(
    `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, resident_id, flags, status)
     SELECT gen_random_uuid(), account_id, id, '2026-10', 400, '2026-11-20', $1, $4, $2, '{}', 'superseded' FROM meter WHERE account_id = $3 LIMIT 1`,
    [r.clock.now(), one.id, one.accounts[0], source],
  )

test('a mailing that is over is steered no more, and one that is not there is said so', async () => {
  expect(await erc('waves', 'pause', id)).toEqual({ refused: [`Рассылки ${id} нет, или она уже закончена.`] })
  expect(await erc('waves', 'нет')).toEqual({ refused: ['Рассылки нет нет. Какие есть: npm run erc -- waves'] })
  expect([await erc('waves', 'pause'), await erc('waves', 'burn', id)]).toEqual([
    { refused: ['Рассылки pause нет. Какие есть: npm run erc -- waves'] },
    'usage',
  ])
})

test('a mailing that is paused waits, goes on, and once stopped tells nobody any more', async () => {
  const id = 'readings:2026-11:2'
  const one = await r.resident([flats.house])
  r.clock.set('2026-11-24T06:30:00Z')
  await r.plan('readings', '2026-11-24')
  expect(await erc('waves', 'pause', id)).toEqual([`${id}: приостановлена.`])
  await r.tell()
  expect(await r.said(one.chat)).toEqual([])
  expect(await erc('waves', 'resume', id)).toEqual([`${id}: идёт.`])
  expect(await erc('waves', 'stop', id)).toEqual([`${id}: остановлена.`])
  await r.tell()
  expect(await r.said(one.chat)).toEqual([])
  expect(await r.notices(id)).toMatchObject(
    Array.from(await r.notices(id), () => ({ state: 'dropped', failure: 'STOPPED' })),
  )
  expect(await erc('waves', 'resume', id)).toEqual({ refused: [`Рассылки ${id} нет, или она уже закончена.`] })
})

test('a town to measure with is the same whenever it is made, and never among real accounts', async () => {
  const fresh = await freshDatabase()
  const command = deskCommand(['sample', '--accounts', '25'])
  const ground = groundOn(fresh.database, r)
  const town = async () => {
    const counted = `SELECT (SELECT count(*)::int FROM account) AS accounts, (SELECT count(*)::int FROM meter) AS meters,
      (SELECT count(*)::int FROM resident) AS residents, (SELECT count(*)::int FROM conversation) AS chats,
      (SELECT count(*)::int FROM link) AS links, (SELECT count(DISTINCT account_id)::int FROM reading) AS given,
      (SELECT md5(string_agg(chat || resident_id, ',' ORDER BY chat)) FROM conversation) AS ids`
    return (await fresh.database.pool.query(counted)).rows[0]
  }
  expect(await command?.(ground)).toEqual({ lines: ['Готово: лицевых счетов и жителей: 25.'] })
  const made = await town()
  expect(made).toMatchObject({ accounts: 25, meters: 50, residents: 25, chats: 27, links: 25, given: 11 })
  await command?.(ground)
  expect(await town()).toEqual(made)
  await fresh.drop()
  expect(await erc('sample', '--accounts', '25')).toEqual({
    refused: ['В базе есть другие лицевые счета: образцовый город делают только в пустой.'],
  })
  expect([await erc('sample'), await erc('sample', '--accounts', '0')]).toEqual(['usage', 'usage'])
})
