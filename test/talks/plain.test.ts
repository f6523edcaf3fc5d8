import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { flats, labels, messengers, newcomer, readingsOf, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

/** Plain mode switched on in the settings, back at the menu. */
async function plainly(messenger: (typeof messengers)[number], ...linked: { number: string }[]): Promise<Talk> {
  const talk = await settled(town, messenger, ...linked)
  await talk.say('настройки', said('settings.title'))
  await talk.press('Простой вид', 'Простой вид включён')
  await talk.say('меню', said('menu.title'))
  return talk
}

/** Nothing but short lines: none is longer than a screen reader reads in a breath. */
const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

describe.each(messengers)('plain mode in %s', (messenger) => {
  test('numbers the choices of the menu, and they are chosen by their numbers', async () => {
    const talk = await plainly(messenger, flats.twoWater)
    const menu = await talk.say('меню', said('common.plain.answerByNumber'))
    expect(menu.text).toMatch(/\n1\. Передать показания\n2\. Начисления\n[\s\S]*\n10\. Настройки$/)
    await talk.say('10', 'Простой вид включён')
  })

  test('names the ways out, which are typed', async () => {
    const talk = await plainly(messenger, flats.twoWater)
    const list = await talk.say('мои счета', said('accounts.list_plain'))
    expect(list.text).toMatch(/Ещё можно написать: Назад, Меню\.$/)
    await talk.say('назад', said('menu.title'))
  })

  test('takes readings without tables: a line a fact, and no numbers where numbers are readings', async () => {
    const talk = await plainly(messenger, flats.twoWater)
    const asked = await talk.say('1', said('readings.title'))
    expect(asked.text).toContain('Холодная вода, счётчик № 58517168.\nБыло: 321,463 м³.\nДата: 19 октября 2026.')
    expect(asked.text).toContain('Можно ответить:\nВводить по одному\n')
    expect(asked.text).not.toMatch(/\d\. Вводить/)
    const table = await talk.say('324,5 311', said('readings.check'))
    expect(table.text).toContain('Холодная вода, счётчик № 58517168.\nСейчас: 324,5 м³.\nРасход: 3,037 м³.')
    expect(table.text).toContain('Можно ответить:\nВерно\nИзменить')
    await talk.say('верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[324.5], [311]])
    const corrected = await talk.say('хвс 325', said('readings.check'))
    expect(corrected.text).toContain('Было передано: 324,5 м³.\nТеперь: 325 м³.\nРасход: 3,537 м³.')
  })

  test('tells a history in short lines, and in place of a picture what it shows', async () => {
    const talk = await plainly(messenger, flats.twoWater)
    const list = await talk.say('история', said('history.title_plain'))
    expect(list.text).toContain('Последнее показание: 321,463 м³.\nДата: 19 октября 2026.\nПоверка до ')
    expect(list.text).toContain('\n1. Холодная вода, счётчик № 58517168\n2. Горячая вода, счётчик № 74129104\n')
    const months = await talk.say('1', /Месяц: октябрь 2026\.\nРасход: [\d,]+ м³\.\nНа счётчике: 321,463 м³\./)
    expect(longest(months.text)).toBeLessThan(60)
    expect(labels(months)[0]).toBe('Итог коротко')
    const short = await talk.say('1', /Расход за \d+ месяц\S*: [\d,]+ м³\.\nВ среднем в месяц: [\d,]+ м³\./)
    expect(short.files).toEqual([])
    await talk.say('по месяцам', 'октябрь 2026.')
  })

  test('repeats the choices when an answer was not understood', async () => {
    const talk = await plainly(messenger, flats.twoWater)
    await talk.say('история', said('history.title_plain'))
    const again = await talk.say('ыыыыы', said('common.notUnderstood'))
    expect(again.text).toContain('\n2. Горячая вода, счётчик № 74129104')
  })

  test('holds until it is switched off, over a start and a new language', async () => {
    const talk = await plainly(messenger, flats.twoWater)
    await talk.start(said('common.plain.answerByNumber'))
    await talk.say('настройки', 'Простой вид включён')
    await talk.say('1', 'Plain view is on')
    await talk.say('1', 'Простой вид включён')
    const usual = await talk.say('2', said('settings.title'))
    expect(usual.text).not.toContain('Ответить можно цифрой')
    const menu = await talk.say('меню', said('menu.title'))
    expect(menu.text).not.toContain('1. Передать показания')
  })

  test('is there before consent is given', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(/./)
    await talk.say('настройки', said('settings.titleBeforeConsent'))
    await talk.say('простой вид', 'Простой вид включён')
    await talk.say('меню', said('common.plain.answerByNumber'))
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
