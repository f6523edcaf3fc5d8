import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe.each(messengers)('readings judged in %s', (messenger) => {
  test.each([
    ['smaller than before', '300 311', /300 м³ меньше, чем было \(321,463\)/],
    ['of too many digits', '3245678 311', /на этом счётчике 5 цифр до запятой/],
    ['that cannot have run through', '1500 311', /столько через счётчик пройти не могло/],
  ])('one %s is refused, and only that meter is asked again', async (_, typed, refused) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', 'Показания за')
    const asked = await talk.say(typed, refused)
    expect(asked.text).toContain('Холодная вода, счётчик № 58517168\nБыло: 321,463 м³.')
    await talk.say(typed.split(' ')[0] ?? '', refused)
    const table = await talk.say('324', 'Проверьте')
    expect(table.text).toContain('311 м³')
    await talk.press('Верно', 'Показания приняты')
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[324], [311]])
  })

  test('red digits written without the comma are recognised, and the value without them is offered', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', 'Показания за')
    await talk.say('323463 311', /Может быть, 323,463 м³\?/)
  })

  test('a flat with one meter is told what is wrong and asked again at once', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', 'Показания за')
    await talk.say('6000', 'меньше, чем было (6919,3)')
    await talk.say('7000', 'Проверьте')
  })

  test.each([
    ['too few zones', flats.twoZones, 'свет 11800', 'нужно сразу 2 числа'],
    ['more numbers than meters', flats.twoWater, '324 311 100', 'Чисел больше, чем счётчиков'],
    ['a meter he does not have', flats.twoWater, 'газ 100', 'Не нашли счётчик «газ»'],
    ['a number that may be either meter’s', flats.twoWater, '324', 'К какому счётчику это относится?'],
    ['a meter twice', flats.twoWater, 'хвс 324 хвс 325', 'написано два раза'],
    ['no number', flats.twoWater, 'хвс как обычно', 'Нужны цифры со счётчика'],
    ['a number in words of science', flats.twoWater, '1e9 311', 'Нужны цифры со счётчика'],
    ['a minus', flats.oneMeter, '-5', 'Нужны цифры со счётчика'],
    ['something else altogether', flats.twoWater, 'здравствуйте', 'Не получилось понять'],
  ])('%s is answered with what to write instead', async (_, flat, typed, told) => {
    const talk = await settled(town, messenger, flat)
    await talk.press('Передать показания', 'Показания за')
    const answer = await talk.say(typed, told)
    expect(labels(answer)).toContain('Меню')
    expect(await readingsOf(town, flat)).toEqual([])
  })

  test('a number that can be read in two ways is asked about', async () => {
    const talk = await settled(town, messenger, flats.rollOver)
    await talk.press('Передать показания', 'Показания за')
    const asked = await talk.say('99 998', 'Как правильно прочитать число?')
    expect(labels(asked)).toEqual(['99,998 м³', '99998 м³', 'Назад', 'Меню'])
    await talk.press('99998 м³', 'Проверьте')
    await talk.press('Верно', 'Показания приняты')
    expect((await readingsOf(town, flats.rollOver)).map(({ dials }) => dials)).toEqual([[99998]])
  })

  test.each([
    ['much more than usual', flats.twoWater, '370 311', 'намного больше обычного', ['W_HIGH'], []],
    ['no change', flats.twoWater, '321,463 311', 'показание не изменилось', ['W_ZERO'], []],
    ['a register past zero', flats.rollOver, '2,5', 'счётчик прошёл через ноль?', ['W_ROLLOVER'], undefined],
    [
      'an expired verification',
      flats.expired,
      '350 260',
      'срок поверки закончился 9 марта 2026',
      ['W_VERIFICATION'],
      ['W_VERIFICATION'],
    ],
  ])('%s is asked about twice, taken when confirmed, and marked', async (_, flat, typed, doubt, first, second) => {
    const talk = await settled(town, messenger, flat)
    await talk.press('Передать показания', 'Показания за')
    const table = await talk.say(typed, 'Проверьте')
    expect(table.text).toContain(doubt)
    expect(labels(table)).toContain('Верно')
    await talk.press('Верно', 'Показания приняты')
    const flags = (await readingsOf(town, flat)).map((one) => one.flags)
    expect(flags).toEqual(second === undefined ? [first] : [first, second])
  })

  test('values that seem to have changed places are asked about', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const table = await talk.say('325 335', 'Проверьте')
    expect(table.text).toContain('перепутаны местами')
    await talk.press('Верно', 'Показания приняты')
    expect((await readingsOf(town, flats.twoWater)).map(({ flags }) => flags)).toEqual([
      ['W_SWAP'],
      ['W_HIGH', 'W_SWAP'],
    ])
  })

  test('a doubt that was not shown is not taken as agreed to', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const { pool } = town.fresh.database
    await talk.say('7000', 'Проверьте')
    await pool.query(`UPDATE meter SET verification_until = '2026-10-01' WHERE id = 'M1339'`)
    try {
      const again = await talk.press('Верно', 'данные изменились')
      expect(again.text).toContain('срок поверки закончился 1 октября 2026')
      expect(await readingsOf(town, flats.oneMeter)).toEqual([])
      await talk.press('Верно', 'Показания приняты')
    } finally {
      await pool.query(`UPDATE meter SET verification_until = '2038-07-26' WHERE id = 'M1339'`)
    }
  })

  test('a value that the billing has overtaken meanwhile is not taken', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const { pool } = town.fresh.database
    await talk.say('7000', 'Проверьте')
    await pool.query(`UPDATE meter SET last_t1 = 7100, last_at = '2026-11-09' WHERE id = 'M1339'`)
    try {
      const again = await talk.press('Верно', 'данные изменились')
      expect(again.text).toContain('меньше, чем было (7100)')
      expect(labels(again)).not.toContain('Верно')
      expect(await readingsOf(town, flats.oneMeter)).toEqual([])
    } finally {
      await pool.query(`UPDATE meter SET last_t1 = 6919.3, last_at = '2026-10-16' WHERE id = 'M1339'`)
    }
  })

  test('a meter that was taken out meanwhile is not taken', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { pool } = town.fresh.database
    await talk.say('324 311', 'Проверьте')
    await pool.query(`UPDATE meter SET removed_at = '2026-11-05' WHERE id = 'M1010'`)
    try {
      await talk.press('Верно', 'Этого счётчика больше нет на счёте')
      expect(await readingsOf(town, flats.twoWater)).toEqual([])
      await talk.press('Изменить', 'Показания за ноябрь')
      await talk.say('324', 'Проверьте')
      await talk.press('Верно', 'Показания приняты')
    } finally {
      await pool.query(`UPDATE meter SET removed_at = NULL WHERE id = 'M1010'`)
    }
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
