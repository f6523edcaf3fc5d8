import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskCommand } from '../../src/exchange/cliDesk.ts'
import { openReminding, type Reminding } from '../notices/reminding.ts'
import { freshDatabase } from '../support/postgres.ts'
import { flats } from '../talks/talk.ts'
import { answerOf, groundOn } from './mailingCommands.ts'

let r: Reminding
beforeAll(async () => {
  r = await openReminding()
})
afterAll(() => r.close())

const erc = (...words: string[]) => answerOf(r, words)

test('operators see how a mailing goes, what came of it, and pause and stop it', async () => {
  expect(await erc('waves')).toEqual(['Рассылок ещё не было.'])
  const people = [
    await r.resident([flats.oneMeter]),
    await r.resident([flats.twoWater]),
    await r.resident([flats.threeZones]),
    await r.resident([flats.rollOver]),
  ]
  await r.plan('readings', '2026-11-20')
  const id = 'readings:2026-11:1'
  expect(await erc('waves')).toEqual([`${id}  20.11.2026 11:00, идёт; жителей: 4, показано: 0, осталось: 4`])
  await r.database.pool.query('UPDATE conversation SET blocked_at = $2 WHERE chat = $1', [
    people[0]?.chat,
    r.clock.now(),
  ])
  await r.tell()
  await r.database.pool.query(`UPDATE outbox SET state = 'sent', messages = '{1}'`)
  await r.tell()
  const chat = people[1]?.chat ?? 'telegram:0'
  await r.bare.engine.handle([r.bare.event(chat, { kind: 'text', text: 'меню', message: '1' })])
  await r.database.pool.query(
    `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, resident_id, flags, status)
     SELECT gen_random_uuid(), account_id, id, '2026-11', 400, '2026-11-20', $1, 'telegram', $2, '{}', 'accepted' FROM meter WHERE account_id = $3 LIMIT 1`,
    [new Date(r.clock.now().getTime() + 1_000), people[1]?.id, people[1]?.accounts[0]],
  )
  expect(await erc('waves', id)).toEqual([
    `${id}  20.11.2026 11:00, закончена; жителей: 4, показано: 3, осталось: 0`,
    'Показано: 3, бот заблокирован: 1, не доставлено: 0, стало не нужно: 0, в пути: 0, осталось: 0',
    'Ответили или продолжили разговор: 1, передали показания за три дня: 1',
  ])
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
