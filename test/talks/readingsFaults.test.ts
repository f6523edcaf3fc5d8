import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(async () => {
  town.clock.set(noon)
  const { pool } = town.fresh.database
  await pool.query(`UPDATE meter SET last_t1 = 6919.3, last_at = '2026-10-16' WHERE id = 'M1339'`)
  await pool.query(`UPDATE meter SET removed_at = NULL WHERE id = 'M1010'`)
  await pool.query(`DELETE FROM reading WHERE meter_id = 'M1010-new' OR billing_key = 'by-phone'`)
  await pool.query(`DELETE FROM meter WHERE id = 'M1010-new'`)
})

/** What the billing counted meanwhile. */
const imported = (t1: number) =>
  town.fresh.database.pool.query(`UPDATE meter SET last_t1 = $1, last_at = '2026-11-09' WHERE id = 'M1339'`, [t1])

describe.each(messengers)('while readings are being given in %s', (messenger) => {
  test('newer values are imported that make one doubtful: it is asked about before it is taken', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7400', said('readings.check'))
    await imported(6700)
    await talk.press('Верно', both(said('readings.changed'), said('readings.doubt.W_HIGH', { now: '7400 кВт·ч' })))
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
    await talk.press('Да, всё верно', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ dials: [7400], flags: ['W_HIGH'] }])
  })

  test('newer values are imported that settle a doubt: the answer to it is taken all the same', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7700', said('readings.doubt.W_HIGH'))
    await imported(7600)
    await talk.press('Да, всё верно', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ dials: [7700], flags: [] }])
  })

  test('newer values are imported that make a doubtful one impossible: it is not taken', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7700', said('readings.doubt.W_HIGH'))
    await imported(7800)
    const table = await talk.press('Да, всё верно', said('readings.refusal.E_LESS', { previous: '7800' }))
    expect(labels(table)).not.toContain('Верно')
    await talk.say('7810', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ dials: [7810] }])
  })

  test('a meter is replaced: the old one is not taken, the new one is asked for', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    const { pool } = town.fresh.database
    await pool.query(`UPDATE meter SET removed_at = '2026-11-09' WHERE id = 'M1010'`)
    await pool.query(
      `INSERT INTO meter (id, account_id, service, serial, digits, decimals, zones, unit, last_t1, last_at, imported_from)
       SELECT 'M1010-new', account_id, service, '90909090', digits, decimals, zones, unit, 0, '2026-11-09', 'test'
       FROM meter WHERE id = 'M1010'`,
    )
    await talk.press('Верно', said('readings.meterGone'))
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
    const asked = await talk.press('Изменить', said('readings.title'))
    expect(asked.text).toContain('Горячая вода, счётчик № 90909090')
    await talk.say('324 1,2', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ meter_id }) => meter_id)).toEqual(['M1009', 'M1010-new'])
  })

  test('a meter in doubt is taken out: it is left out, and the others are kept', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 370', said('readings.doubt.W_HIGH'))
    await town.fresh.database.pool.query(`UPDATE meter SET removed_at = '2026-11-09' WHERE id = 'M1010'`)
    const table = await talk.press('Да, всё верно', both(said('readings.meterGone'), said('readings.check')))
    expect(table.text).toContain('324 м³')
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.twoWater)).toMatchObject([{ meter_id: 'M1009' }])
  })

  test('somebody else of the flat gives all the others: there is nothing to add, and what was entered stays', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const other = await settled(town, messenger, flats.twoWater)
    await talk.say('хвс 324', said('readings.missing'))
    await other.say('гвс 311', said('readings.check'))
    await other.press('Верно', said('readings.accepted'))
    const table = await talk.press('Добавить остальные', both(said('readings.changed'), said('readings.given')))
    expect(labels(table)).not.toContain('Добавить остальные')
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[311], [324]])
  })

  test('somebody else of the flat gives the same meter: the table says so before that is replaced', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const other = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await other.say('7050', said('readings.check'))
    await other.press('Верно', said('readings.accepted'))
    await talk.press(
      'Верно',
      both(said('readings.changed'), said('readings.confirmCorrected', { before: '7050 кВт·ч' })),
    )
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ dials: [7050], status: 'accepted' }])
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ status: 'superseded' }, { dials: [7000] }])
  })

  test('the billing imports the same value without a number: it is taken, and has a number of its own', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await town.fresh.database.pool.query(
      `INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, flags, status, billing_key)
       SELECT gen_random_uuid(), account_id, id, '2026-11', 7000, '2026-11-09', '2026-11-09', 'import', '{}', 'confirmed', 'by-phone'
       FROM meter WHERE id = 'M1339'`,
    )
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const [{ confirmation } = {}] = await readingsOf(town, flats.oneMeter)
    expect(confirmation).toMatch(/^\d+$/)
  })

  test('a doubt is left unanswered: leaving says that nothing was submitted', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7700', said('readings.doubt.W_HIGH'))
    await talk.press('Меню', both(said('readings.notConfirmed'), said('menu.title')))
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
  })

  test('the window closes while a doubt is being asked about: the table names the next receipt', async () => {
    town.clock.set('2026-11-25T18:58:00Z')
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7700', said('readings.doubt.W_HIGH'))
    town.clock.set('2026-11-25T19:00:01Z')
    await talk.press('Да, всё верно', said('readings.entersLate', { period: 'декабрь 2026' }))
    await talk.press('Верно', said('readings.accepted', { period: 'декабрь 2026' }))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ period: '2026-12', flags: ['W_HIGH', 'W_WINDOW'] }])
  })
})

test('a photo of more than 20 MB is refused with a reason, and the numbers are taken without it', async () => {
  const talk = await settled(town, 'telegram', flats.oneMeter)
  await talk.press('Передать показания', said('readings.title'))
  await talk.hand.send([{ kind: 'document', name: 'dial.jpg', bytes: Buffer.alloc(20 * 1024 * 1024 + 1, 1) }])
  await talk.hand.reply(({ text }) => said('readings.photo.tooLarge').test(text))
  await talk.say('7000', said('readings.check'))
  await talk.press('Верно', said('readings.accepted'))
  expect((await readingsOf(town, flats.oneMeter))[0]?.photo_ids).toEqual([])
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
