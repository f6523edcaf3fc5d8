import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { wavesOf } from '../../src/domain/reminders/waves.ts'
import { wavePlanner } from '../../src/notices/planWave.ts'
import { beginWave } from '../../src/notices/waveRows.ts'
import { type BareEngine, bareEngine } from '../durability/bareEngine.ts'
import { flats } from '../talks/talk.ts'
import { openReminding, type Reminding, type Someone } from './reminding.ts'

let r: Reminding
beforeAll(async () => {
  r = await openReminding()
})
afterAll(() => r.close())
beforeEach(async () => {
  for (const table of ['notice', 'wave', 'reminder_choice', 'conversation', 'outbox', 'link', 'consent', 'resident'])
    await r.database.pool.query(`DELETE FROM ${table}`)
  await r.database.pool.query(`DELETE FROM reading WHERE source IN ('telegram', 'import') AND period = '2026-11'`)
  r.clock.set('2026-11-20T06:30:00Z')
})

/** A reading that has come, of all meters of an account or of one service. */
const given = (account: number | undefined, service = '%', source = 'import') =>
  r.database.pool.query(
    `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, flags, status)
     SELECT gen_random_uuid(), account_id, id, '2026-11', 400, '2026-11-18', $1, $4, '{}', 'accepted' FROM meter
     WHERE account_id = $2 AND service LIKE $3 AND removed_at IS NULL`,
    [r.clock.now(), account, service, source],
  )
const labels = async (chat: `telegram:${number}`) => (await r.last(chat))?.buttons.flat().map(({ label }) => label)

describe('readings', () => {
  test('are asked for of the missing meters only, in one message for all accounts and one messenger', async () => {
    const one = await r.resident([flats.twoWater, flats.threeZones], true)
    await given(one.accounts[0], 'HVS')
    await given(one.accounts[1], 'EL')
    await r.plan('readings', '2026-11-20')
    await r.tell()
    const [said = '', ...more] = await r.said(one.chat)
    expect([more, await r.said(one.other)]).toEqual([[], []])
    expect(said).toMatch(/ноябрь 2026\n\nИх принимают до 25 ноября, осталось 5 дней/)
    expect(said.match(/• .*/g)?.map((line) => line.replace(/ №.*/, ''))).toHaveLength(3)
    expect(said.match(/• Горячая/g)).toHaveLength(2)
    expect(await labels(one.chat)).toEqual([
      expect.stringMatching(/^Передать: /),
      expect.stringMatching(/^Передать: /),
      ...['Напомнить завтра', 'Не в этом месяце', 'Уже передано', 'Напоминания', 'Меню'],
    ])
  })

  test('a button leads straight into the readings of the account', async () => {
    const one = await r.resident([flats.twoWater, flats.oneMeter])
    await given(one.accounts[0])
    await r.plan('readings', '2026-11-20')
    await r.tell()
    const [button = ''] = (await labels(one.chat)) ?? []
    await r.press(one.chat, button)
    expect((await r.said(one.chat)).at(-1)).toMatch(/6919,3/)
  })

  test('are not asked for of whoever has given all, has no meters, has not consented, or can be written to nowhere', async () => {
    const [done, bare, withdrawn, gone] = [
      await r.resident([flats.twoWater]),
      await r.resident([flats.withoutMeters]),
      await r.resident([flats.oneMeter]),
      await r.resident([flats.threeZones]),
    ]
    await given(done.accounts[0])
    await r.database.pool.query('UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1', [
      withdrawn.id,
      r.clock.now(),
    ])
    await r.database.pool.query('UPDATE conversation SET blocked_at = $2 WHERE chat = $1', [gone.chat, r.clock.now()])
    await r.plan('readings', '2026-11-20')
    expect(await r.notices('readings')).toEqual([])
    expect(bare.accounts).toHaveLength(1)
  })

  test('that come between planning and telling are not asked for', async () => {
    const one = await r.resident([flats.twoWater])
    await r.plan('readings', '2026-11-20')
    await given(one.accounts[0])
    await r.tell()
    expect(await r.said(one.chat)).toEqual([])
    expect(await r.notices('readings')).toMatchObject([{ state: 'dropped', failure: null }])
  })

  test('are asked for twice a month, and no more once the window has closed', async () => {
    const one = await r.resident([flats.twoWater])
    await r.plan('readings', '2026-11-20')
    await r.tell()
    r.clock.set('2026-11-24T06:30:00Z')
    await r.plan('readings', '2026-11-24')
    await r.tell()
    expect(await r.said(one.chat)).toHaveLength(2)
    const late = await r.resident([flats.oneMeter])
    await r.plan('readings', '2026-11-24')
    await r.database.pool.query(`UPDATE wave SET planned_at = NULL, cursor = NULL, state = 'running'`)
    await r.plan('readings', '2026-11-24')
    r.clock.set('2026-11-26T06:30:00Z')
    await r.tell()
    expect(await r.said(late.chat)).toEqual([])
  })

  test('may be put off until tomorrow, for this month, or said to have been given', async () => {
    const [tomorrow, month, done] = [
      await r.resident([flats.twoWater]),
      await r.resident([flats.oneMeter]),
      await r.resident([flats.threeZones]),
    ]
    await r.plan('readings', '2026-11-20')
    await r.tell()
    await r.press(tomorrow.chat, 'Напомнить завтра')
    expect((await r.said(tomorrow.chat)).at(-1)).toContain('напомним завтра, 21 ноября')
    await r.press(month.chat, 'Не в этом месяце')
    expect((await r.said(month.chat)).at(-1)).toContain('до 1 декабря об этом не напоминаем')
    await r.press(done.chat, 'Уже передано')
    expect((await r.said(done.chat)).at(-1)).toContain('о показаниях больше не напоминаем')
    const before = (await r.said(tomorrow.chat)).length
    r.clock.set('2026-11-21T06:30:00Z')
    await r.tell()
    expect((await r.said(tomorrow.chat)).slice(before)).toEqual([expect.stringContaining('осталось 4 дня')])
    r.clock.set('2026-11-24T06:30:00Z')
    await r.plan('readings', '2026-11-24')
    expect((await r.notices('readings:2026-11:2')).map(({ resident_id }) => resident_id)).toEqual([tomorrow.id])
  })

  test.each([
    ['завтра', 'напомним завтра, 21 ноября'],
    ['Не в этом месяце', 'до 1 декабря об этом не напоминаем'],
    ['уже передала', 'о показаниях больше не напоминаем'],
    ['2', 'напомним завтра, 21 ноября'],
  ])('«%s» may be typed as well as pressed', async (typed, answer) => {
    const one = await r.resident([flats.oneMeter])
    await r.plan('readings', '2026-11-20')
    await r.tell()
    await r.bare.engine.handle([r.bare.event(one.chat, { kind: 'text', text: typed, message: '1' })])
    expect((await r.said(one.chat)).at(-1)).toContain(answer)
  })

  test('on the last day cannot be put off', async () => {
    const one = await r.resident([flats.twoWater])
    await r.plan('readings', '2026-11-24')
    r.clock.set('2026-11-25T06:30:00Z')
    await r.tell()
    expect((await r.said(one.chat)).at(-1)).toContain('Сегодня последний день')
    expect(await labels(one.chat)).not.toContain('Напомнить завтра')
  })
})

describe('a wave', () => {
  test('planned twice, by two at once, or from the middle adds nothing', async () => {
    for (let nth = 0; nth < 7; nth++) await r.resident([flats.twoWater])
    const [wave] = wavesOf('2026-11-20', r.rules)
    if (!wave) throw new Error('a wave')
    await beginWave(r.sql, wave, r.clock.now())
    const planner = wavePlanner({ ...r, size: 2 })
    let pages = 0
    await planner(wave.id, () => ++pages > 2)
    await Promise.all([planner(wave.id, () => false), planner(wave.id, () => false)])
    await r.plan('readings', '2026-11-20')
    expect(await r.notices('readings')).toHaveLength(7)
    const { rows } = await r.database.pool.query(`SELECT looked, planned FROM wave WHERE id = $1`, [wave.id])
    expect(rows).toEqual([{ looked: 7, planned: 7 }])
  })

  test('is told once, whichever of two workers does it, and over when nobody is left', async () => {
    const people = []
    for (let nth = 0; nth < 9; nth++) people.push(await r.resident([flats.oneMeter]))
    await r.plan('readings', '2026-11-20')
    const other = bareEngine(r.database, { clock: r.clock })
    await Promise.all([r.teller()(), r.teller(other)(), r.teller(other)()])
    await r.tell()
    await other.close()
    for (const { chat } of people) expect(await r.said(chat)).toHaveLength(1)
    await r.database.pool.query(`UPDATE outbox SET state = 'sent', messages = '{1}'`)
    await r.tell()
    const { rows } = await r.database.pool.query(`SELECT DISTINCT state FROM wave`)
    expect(rows).toEqual([{ state: 'done' }])
  })

  test.each([
    ['before anything was committed', 'before'],
    ['when half of it was', 'half'],
    ['when all of it was', 'after'],
  ] as const)('cut off %s goes on: nobody is forgotten and nobody told twice', async (_, where) => {
    const people: Someone[] = []
    for (let nth = 0; nth < 8; nth++) people.push(await r.resident([flats.oneMeter]))
    await r.plan('readings', '2026-11-20')
    const dying: BareEngine = {
      ...r.bare,
      engine: {
        ...r.bare.engine,
        async handle(events) {
          const done = where === 'before' ? [] : where === 'half' ? events.slice(0, 4) : events
          await r.bare.engine.handle(done)
          throw new Error('the process is no more')
        },
      },
    }
    await expect(r.teller(dying)()).rejects.toThrow('no more')
    await r.tell()
    for (const { chat } of people) expect(await r.said(chat)).toHaveLength(1)
  })

  test('stops at the end of the hours for mailings and goes on in the morning', async () => {
    const one = await r.resident([flats.oneMeter])
    await r.plan('readings', '2026-11-20')
    r.clock.set('2026-11-20T16:00:00Z')
    await r.tell()
    expect(await r.said(one.chat)).toEqual([])
    r.clock.set('2026-11-21T04:00:00Z')
    await r.tell()
    expect((await r.said(one.chat)).at(-1)).toContain('осталось 4 дня')
  })

  test('gives way: what is told to one is told before it', async () => {
    const one = await r.resident([flats.oneMeter])
    await r.plan('readings', '2026-11-20')
    await r.database.pool.query(`UPDATE wave SET state = 'paused'`)
    await r.tell()
    expect(await r.said(one.chat)).toEqual([])
  })
})

describe('what a resident has switched off', () => {
  test('is neither planned nor told, and comes back when he wants', async () => {
    const [one, two] = [await r.resident([flats.oneMeter]), await r.resident([flats.twoWater])]
    await r.plan('readings', '2026-11-20')
    for (const { chat } of [one, two]) {
      const handle = (text: string) => r.bare.engine.handle([r.bare.event(chat, { kind: 'text', text, message: '1' })])
      await handle('настройки')
      await r.press(chat, 'Напоминания')
      await r.press(chat, 'Показания: отключить')
    }
    expect((await r.said(one.chat)).at(-1)).toMatch(/Не напоминаем:\n• Показания\n\nОб остальном напоминаем/)
    await r.press(two.chat, 'Показания: включить')
    const before = (await r.said(one.chat)).length
    await r.tell()
    expect((await r.said(one.chat)).slice(before)).toEqual([])
    expect((await r.said(two.chat)).at(-1)).toContain('Показания за ноябрь')
    expect(await r.notices('readings')).toEqual(
      expect.arrayContaining([expect.objectContaining({ resident_id: one.id, state: 'dropped', failure: 'OFF' })]),
    )
  })
})

describe('money', () => {
  const owing = (account: number | undefined, kopecks: number, due: string) =>
    r.database.pool.query(
      `WITH a AS (UPDATE account SET balance_kopecks = $2, balance_at = '2026-11-05' WHERE id = $1),
            c AS (DELETE FROM charge_month WHERE account_id = $1 AND period = '2026-10' AND kind = 'CAPREM')
       UPDATE charge_month SET closing_kopecks = $2, opening_kopecks = 0, paid_kopecks = 0, due_date = $3, mismatches = '{}'
       WHERE account_id = $1 AND period = '2026-10' AND kind = 'MAIN'`,
      [account, kopecks, due],
    )

  test('a bill that is ready is told once, however often it is looked for', async () => {
    const one = await r.resident([flats.twoWater])
    await owing(one.accounts[0], 993_533, '2026-11-15')
    for (const day of ['2026-11-03', '2026-11-04'] as const) {
      r.clock.set(`${day}T06:30:00Z`)
      await r.plan('bill', day)
      await r.tell()
    }
    expect((await r.said(one.chat)).filter((words) => words.includes('готова'))).toEqual([
      expect.stringMatching(/Квитанция за октябрь 2026 готова\s+К оплате 9 935,33 ₽ до 15 ноября/),
    ])
    expect(await labels(one.chat)).toEqual(expect.arrayContaining(['Квитанция', 'Напоминания']))
  })

  test('the last day to pay is told three days before to whoever owes, and to nobody who has paid meanwhile', async () => {
    const [owes, pays] = [await r.resident([flats.twoWater]), await r.resident([flats.oneMeter])]
    for (const { accounts } of [owes, pays]) await owing(accounts[0], 100_000, '2026-11-15')
    r.clock.set('2026-11-12T06:30:00Z')
    await r.plan('due', '2026-11-12')
    await r.database.pool.query('UPDATE account SET balance_kopecks = 0 WHERE id = $1', [pays.accounts[0]])
    await r.tell()
    expect(await r.said(owes.chat)).toEqual([
      expect.stringMatching(/до 15 ноября, осталось 3 дня[\s\S]*К оплате 1 000,00 ₽/),
    ])
    expect(await r.said(pays.chat)).toEqual([])
  })

  test('a debt is spoken of once its day has passed, from the configured sum on', async () => {
    const [owes, little, early] = [
      await r.resident([flats.twoWater]),
      await r.resident([flats.oneMeter]),
      await r.resident([flats.threeZones]),
    ]
    await owing(owes.accounts[0], 100_000, '2026-11-15')
    await owing(little.accounts[0], 49_999, '2026-11-15')
    await owing(early.accounts[0], 100_000, '2026-11-25')
    await r.plan('debt', '2026-11-18')
    await r.tell()
    const debts = async (chat: `telegram:${number}`) =>
      (await r.said(chat)).filter((words) => words.includes('неоплаченная'))
    expect(await debts(owes.chat)).toEqual([expect.stringContaining('1 000,00 ₽')])
    expect([await debts(little.chat), await debts(early.chat)]).toEqual([[], []])
  })

  test('is spoken of only to who has consented to it', async () => {
    const one = await r.resident([flats.twoWater])
    await owing(one.accounts[0], 100_000, '2026-11-15')
    await r.database.pool.query('UPDATE consent SET version = 1 WHERE resident_id = $1', [one.id])
    await r.plan('debt', '2026-11-18')
    await r.tell()
    expect((await r.said(one.chat)).filter((words) => words.includes('неоплаченная'))).toEqual([])
  })
})

test('a verification is reminded of 60, 30 and 7 days before, with what it costs to be late', async () => {
  const one = await r.resident([flats.twoWater])
  await r.database.pool.query(
    `UPDATE meter SET verification_until = '2027-01-09', norm = 4.9 WHERE account_id = $1 AND service = 'HVS'`,
    [one.accounts[0]],
  )
  for (const day of ['2026-11-09', '2026-11-10', '2026-11-11', '2026-12-10', '2027-01-02'] as const) {
    r.clock.set(`${day}T06:30:00Z`)
    await r.plan('verification', day)
    await r.tell()
  }
  const told = (await r.said(one.chat)).filter((words) => words.includes('поверки'))
  expect(told).toHaveLength(3)
  expect(told[0]).toMatch(/Холодная вода.*до 9 января 2027, осталось 60 дней/)
  expect(told[0]).toMatch(/по нормативу, умноженному на 3/)
  expect(told[0]).toMatch(/примерно [\d ]+,\d\d ₽ в месяц вместо [\d ]+,\d\d ₽/)
  expect(told[2]).toMatch(/осталось 7 дней/)
})
