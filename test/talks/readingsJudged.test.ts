import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe.each(messengers)('readings judged in %s', (messenger) => {
  test.each([
    ['smaller than before', '300 311', said('readings.refusal.E_LESS', { now: '300 м³', previous: '321,463' })],
    ['of too many digits', '3245678 311', said('readings.refusal.E_DIGITS', { count: '5' })],
    ['that cannot have run through', '1500 311', said('readings.refusal.E_IMPOSSIBLE')],
  ])('one %s is refused, and only that meter is asked again', async (_, typed, refused) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    const asked = await talk.say(typed, refused)
    expect(asked.text).toContain('Холодная вода, счётчик № 58517168\nБыло: 321,463 м³.')
    await talk.say(typed.split(' ')[0] ?? '', refused)
    const table = await talk.say('324', said('readings.check'))
    expect(table.text).toContain('311 м³')
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[324], [311]])
  })

  test('red digits written without the comma are recognised, and the value without them is one tap away', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    const asked = await talk.say('323463 311', both(said('readings.refusal.E_DIGITS'), said('readings.repair.perhaps')))
    expect(labels(asked)).toEqual(['Да, 323,463 м³', 'Напишу заново', 'Назад', 'Меню'])
    await talk.press('Да, 323,463 м³', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[323.463], [311]])
  })

  test('a likely value can be written anew instead, and the other meter is kept', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('323463 311', said('readings.repair.perhaps'))
    await talk.press('Напишу заново', said('readings.askOne'))
    const table = await talk.say('324', said('readings.check'))
    expect(table.text).toMatch(/324 м³[\s\S]*311 м³/)
  })

  test('a likely value is taken by word, and refused by word', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('323463 311', said('readings.repair.perhaps'))
    await talk.say('нет', said('readings.askOne'))
    await talk.say('323463', said('readings.repair.perhaps'))
    const table = await talk.say('да', said('readings.check'))
    expect(table.text).toContain('323,463 м³')
  })

  test('a value ten times too big is asked about by itself, with what was meant as a button', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const asked = await talk.say('1323 311', said('readings.doubt.W_HIGH', { now: '1323 м³' }))
    expect(asked.text).not.toContain('Горячая')
    expect(labels(asked)).toEqual(['Да, всё верно', 'Напишу заново', 'Назад', 'Меню'])
    await talk.press('Напишу заново', said('readings.askOne'))
    const again = await talk.say('3234', said('readings.refusal.E_IMPOSSIBLE'))
    expect(labels(again)).toContain('Да, 323,4 м³')
    const table = await talk.press('Да, 323,4 м³', said('readings.check'))
    expect(table.text).toMatch(/323,4 м³, расход 1,937 м³[\s\S]*311 м³/)
  })

  test.each([
    ['one became smaller', '310 322', 'Меньше быть не может'],
    ['one became much bigger', '325 335', 'необычно'],
  ])('cold and hot that changed places so that %s are put right in one tap', async (_, typed, why) => {
    const talk = await settled(town, messenger, flats.twoWater)
    const asked = await talk.say(typed, both(new RegExp(why), said('readings.repair.moved')))
    expect(labels(asked)).toContain('Поменять местами холодную и горячую')
    const table = await talk.press('Поменять местами холодную и горячую', said('readings.check'))
    expect(table.text).not.toMatch(said('readings.told.W_HIGH'))
    await talk.press('Верно', said('readings.accepted'))
    const [cold, hot] = typed.split(' ').map(Number)
    expect(await readingsOf(town, flats.twoWater)).toMatchObject([
      { dials: [hot], flags: [] },
      { dials: [cold], flags: [] },
    ])
  })

  test('day and night that changed places are put right in one tap', async () => {
    const talk = await settled(town, messenger, flats.twoZones)
    const asked = await talk.say('337 150 6000/11800', said('readings.repair.zonesMoved'))
    expect(labels(asked)[0]).toBe('Поменять местами день и ночь')
    await talk.press('Поменять местами день и ночь', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const kept = (await readingsOf(town, flats.twoZones)).map(({ dials }) => dials)
    expect(kept).toEqual(expect.arrayContaining([[11800, 6000], [337], [150]]))
  })

  test('a register past zero is a question of its own: no writes anew, yes goes on', async () => {
    const talk = await settled(town, messenger, flats.rollOver)
    const asked = await talk.say('2,5', said('readings.doubt.W_ROLLOVER'))
    expect(labels(asked)).toEqual(['Да, прошёл через ноль', 'Напишу заново', 'Назад', 'Меню'])
    await talk.say('нет', said('readings.askOne'))
    await talk.say('2,5', said('readings.doubt.W_ROLLOVER'))
    await talk.press('Да, прошёл через ноль', both(said('readings.check'), said('readings.agreed.W_ROLLOVER')))
  })

  test('a refusal of a meter with several zones names the zone', async () => {
    const talk = await settled(town, messenger, flats.twoZones)
    await talk.say('337 150 11800/370', said('readings.refusal.E_LESS_zone', { zone: 'ночь', previous: '5907' }))
  })

  test('a flat with one meter is told what is wrong and asked again at once', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('6000', said('readings.refusal.E_LESS', { previous: '6919,3' }))
    await talk.say('7000', said('readings.check'))
  })

  test.each([
    ['too few zones', flats.twoZones, 'свет 11800', said('readings.problem.zones')],
    ['more numbers than meters', flats.twoWater, '324 311 100', said('readings.problem.tooMany')],
    ['a meter he does not have', flats.twoWater, '3) 100', 'Не нашли счётчик «3)»'],
    ['electricity that is not billed here', flats.twoWater, 'свет 5012', said('readings.elsewhere.supplier.EL')],
    ['water he has no meter of', flats.oneMeter, 'хвс 100', said('readings.elsewhere.noMeter.HVS')],
    ['numbers in words', flats.twoWater, 'триста двадцать', said('readings.problem.numberWords', { example: '323' })],
    ['too many zones', flats.twoZones, 'свет 11800 6000 1', said('readings.problem.tooManyOfOne', { count: '2' })],
    ['a number that may be either meter’s', flats.twoWater, '324', said('readings.problem.whichMeter')],
    ['a meter twice', flats.twoWater, 'хвс 324 хвс 325', said('readings.problem.repeated')],
    ['no number', flats.twoWater, 'хвс как обычно', said('readings.problem.notNumber')],
    ['a number in words of science', flats.twoWater, '1e9 311', said('readings.problem.notNumber')],
    ['a minus', flats.oneMeter, '-5', said('readings.problem.notNumber')],
    ['something else altogether', flats.twoWater, 'абырвалг', said('common.notUnderstood')],
  ])('%s is answered with what to write instead', async (_, flat, typed, told) => {
    const talk = await settled(town, messenger, flat)
    await talk.press('Передать показания', said('readings.title'))
    const answer = await talk.say(typed, told)
    expect(labels(answer)).toContain('Меню')
    expect(await readingsOf(town, flat)).toEqual([])
  })

  test('several slips at once are asked about one by one, and what is right is kept', async () => {
    const talk = await settled(town, messenger, flats.threeZones)
    const first = await talk.say('хвс 240 гвс 1260 свет 3600/6000/3900', said('readings.refusal.E_LESS'))
    expect(first.text).toMatch(
      both(said('readings.refusal.E_LESS_zone', { zone: 'ночь' }), /№ 55728032\nБыло: 247,608 м³/),
    )
    await talk.say('250', said('readings.askZones3'))
    await talk.say('3600/6400/3900', said('readings.repair.perhaps', { suggestion: '126 м³' }))
    await talk.press('Да, 126 м³', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const kept = (await readingsOf(town, flats.threeZones)).map(({ dials }) => dials)
    expect(kept).toEqual(expect.arrayContaining([[250], [126], [3600, 6400, 3900]]))
  })

  test('red digits after a space are asked about meter by meter', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('00324 512 00311 020', said('readings.whichValue', { meter: 'Холодная вода, счётчик № 58517168' }))
    await talk.say('да', said('readings.whichValue', { meter: 'Горячая вода, счётчик № 74129104' }))
    await talk.press('311,02 м³', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[324.512], [311.02]])
  })

  test('what was clear beside an unclear number and cannot be is asked again after it', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('хвс 324 512 гвс 200', said('readings.whichValue'))
    const asked = await talk.press('324,512 м³', said('readings.refusal.E_LESS', { previous: '309,489' }))
    expect(asked.text).toContain('Горячая вода, счётчик № 74129104\nБыло')
    const table = await talk.say('311', said('readings.check'))
    expect(table.text).toContain('324,512 м³')
  })

  test.each(['хвс триста двадцать, гвс двести', 'триста двадцать двести сорок', 'хвс 324 гвс триста одиннадцать'])(
    'numbers in words at the menu are told to be written in digits: «%s»',
    async (typed) => {
      const talk = await settled(town, messenger, flats.twoWater)
      await talk.say(typed, both(said('readings.problem.numberWords', { example: '323' }), said('readings.title')))
    },
  )

  test('numbers in words are refused at the table and at a question too, and nothing is lost', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.say('гвс триста двенадцать', both(said('readings.problem.numberWords'), said('readings.check')))
    await talk.press('Изменить', said('readings.title'))
    await talk.press('Вводить по одному', said('readings.askOne'))
    await talk.say('триста', said('readings.problem.numberWords'))
  })

  test('a household’s own readings are the measure where the billing tells no average', async () => {
    const { pool } = town.fresh.database
    const talk = await settled(town, messenger, flats.oneMeter)
    const { rows } = await pool.query(`SELECT average6, norm, last_t1 FROM meter WHERE id = 'M1339'`)
    const [known] = rows
    await pool.query(`UPDATE meter SET average6 = NULL, norm = NULL, last_t1 = last_t1 * 10 WHERE id = 'M1339'`)
    await pool.query(`UPDATE reading SET t1 = t1 * 10 WHERE meter_id = 'M1339'`)
    try {
      // Some 1250 a month: half as much again is nothing unusual, four times is.
      await talk.say('71000', said('readings.check'))
      await talk.say('74200', said('readings.doubt.W_HIGH'))
    } finally {
      await pool.query(`UPDATE reading SET t1 = t1 / 10 WHERE meter_id = 'M1339'`)
      await pool.query(`UPDATE meter SET average6 = $1, norm = $2, last_t1 = $3 WHERE id = 'M1339'`, [
        ...[known.average6, known.norm, known.last_t1],
      ])
    }
  })

  test('a number that can be read in two ways is asked about', async () => {
    const talk = await settled(town, messenger, flats.rollOver)
    await talk.press('Передать показания', said('readings.title'))
    const asked = await talk.say('99 998', said('readings.whichValue'))
    expect(labels(asked)).toEqual(['99,998 м³', '99998 м³', 'Напишу заново', 'Назад', 'Меню'])
    await talk.press('99998 м³', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.rollOver)).map(({ dials }) => dials)).toEqual([[99998]])
  })

  test.each([
    ['much more than usual', flats.twoWater, '370 311', said('readings.doubt.W_HIGH'), 'Да, всё верно', ['W_HIGH'], []],
    [
      'a register past zero',
      flats.rollOver,
      '2,5',
      said('readings.doubt.W_ROLLOVER'),
      'Да, прошёл через ноль',
      ['W_ROLLOVER'],
      undefined,
    ],
  ])(
    '%s is asked about twice, taken when confirmed, and marked',
    async (_, flat, typed, doubt, sure, first, second) => {
      const talk = await settled(town, messenger, flat)
      await talk.press('Передать показания', said('readings.title'))
      await talk.say(typed, doubt)
      await talk.press(sure, both(said('readings.check'), /вы это подтвердили/))
      await talk.press('Верно', said('readings.accepted'))
      const flags = (await readingsOf(town, flat)).map((one) => one.flags)
      expect(flags).toEqual(second === undefined ? [first] : [first, second])
    },
  )

  test.each([
    ['no change', flats.twoWater, '321,463 311', said('readings.told.W_ZERO'), ['W_ZERO'], []],
    [
      'an expired verification',
      flats.expired,
      '350 260',
      said('readings.told.W_VERIFICATION', { until: '9 марта 2026' }),
      ['W_VERIFICATION'],
      ['W_VERIFICATION'],
    ],
  ])('%s is told in the table, taken when confirmed, and marked', async (_, flat, typed, told, ...flags) => {
    const talk = await settled(town, messenger, flat)
    const table = await talk.say(typed, said('readings.check'))
    expect(table.text).toMatch(told)
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flat)).map((one) => one.flags)).toEqual(flags)
  })

  test('values that seem to have changed places and have not are taken as they are, marked', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('325 335', said('readings.repair.moved'))
    await talk.press('Нет, оставить как написано', said('readings.doubt.W_HIGH', { now: '335 м³' }))
    await talk.press('Да, всё верно', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ flags }) => flags)).toEqual([
      ['W_SWAP'],
      ['W_HIGH', 'W_SWAP'],
    ])
  })

  test('a doubt that was not shown is not taken as agreed to', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const { pool } = town.fresh.database
    await talk.say('7000', said('readings.check'))
    await pool.query(`UPDATE meter SET verification_until = '2026-10-01' WHERE id = 'M1339'`)
    try {
      const again = await talk.press('Верно', said('readings.changed'))
      expect(again.text).toMatch(said('readings.told.W_VERIFICATION', { until: '1 октября 2026' }))
      expect(await readingsOf(town, flats.oneMeter)).toEqual([])
      await talk.press('Верно', said('readings.accepted'))
    } finally {
      await pool.query(`UPDATE meter SET verification_until = '2038-07-26' WHERE id = 'M1339'`)
    }
  })

  test('a value that the billing has overtaken meanwhile is not taken', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const { pool } = town.fresh.database
    await talk.say('7000', said('readings.check'))
    await pool.query(`UPDATE meter SET last_t1 = 7100, last_at = '2026-11-09' WHERE id = 'M1339'`)
    try {
      const again = await talk.press('Верно', said('readings.changed'))
      expect(again.text).toMatch(said('readings.refusal.E_LESS', { previous: '7100' }))
      expect(labels(again)).not.toContain('Верно')
      expect(await readingsOf(town, flats.oneMeter)).toEqual([])
    } finally {
      await pool.query(`UPDATE meter SET last_t1 = 6919.3, last_at = '2026-10-16' WHERE id = 'M1339'`)
    }
  })

  test('a meter that was taken out meanwhile is not taken', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { pool } = town.fresh.database
    await talk.say('324 311', said('readings.check'))
    await pool.query(`UPDATE meter SET removed_at = '2026-11-05' WHERE id = 'M1010'`)
    try {
      await talk.press('Верно', said('readings.meterGone'))
      expect(await readingsOf(town, flats.twoWater)).toEqual([])
      await talk.press('Изменить', said('readings.title', { period: 'ноябрь 2026' }))
      await talk.say('324', said('readings.check'))
      await talk.press('Верно', said('readings.accepted'))
    } finally {
      await pool.query(`UPDATE meter SET removed_at = NULL WHERE id = 'M1010'`)
    }
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
