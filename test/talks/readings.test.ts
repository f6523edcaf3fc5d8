import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { both, oneOf, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const dialsOf = async (flat: { number: string }) => (await readingsOf(town, flat)).map(({ dials }) => dials)

describe.each(messengers)('readings in %s', (messenger) => {
  test('two meters typed at the menu take two messages of the resident, or one and a press', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const table = await talk.say('324,5 311', said('readings.check'))
    expect(table.text).toMatch(/Холодная вода, счётчик № 58517168\s+324,5 м³, расход 3,037 м³/)
    expect(table.text).toMatch(/Горячая вода, счётчик № 74129104\s+311 м³, расход 1,511 м³/)
    expect(table.text).toMatch(said('readings.enters', { period: 'ноябрь 2026' }))
    expect(labels(table)).toEqual(['Верно', 'Изменить', 'Назад', 'Меню'])
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
    const done = await talk.press('Верно', said('readings.accepted', { period: 'ноябрь 2026' }))
    expect(done.text).toMatch(/Подтверждение № \d+ от 10 ноября 2026, 12:\d\d\./)
    expect(done.text).toMatch(said('menu.title'))
    const [cold, hot, ...more] = await readingsOf(town, flats.twoWater)
    expect([cold?.dials, hot?.dials, more]).toEqual([[324.5], [311], []])
    expect(cold).toMatchObject({
      period: '2026-11',
      status: 'accepted',
      source: messenger,
      flags: [],
      replaces_id: null,
    })
    expect(done.text).toContain(`№ ${cold?.confirmation} `)
    const typed = (await talk.hand.chat()).messages.filter(({ from }) => from === 'resident')
    expect(typed.map(({ text }) => text).slice(1)).toEqual(['324,5 311'])
  })

  test('by the free word first it is two messages and one press', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('показания', said('readings.title', { period: 'ноябрь 2026' }))
    await talk.say('325 312', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.twoWater)).toEqual([[325], [312]])
  })

  test('what was shown last stands above the question', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const asked = await talk.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    expect(asked.text).toMatch(/Холодная вода, счётчик № 58517168\s+было 321,463 м³, 19 октября 2026/)
    expect(labels(asked)).toEqual(['Вводить по одному', 'Потом', 'Что я передал', 'Назад', 'Меню'])
  })

  test.each([
    ['tagged, in another order', flats.twoWater, 'гвс 311 хвс 324,5', [[324.5], [311]]],
    ['by words', flats.twoWater, 'холодная 324,5; горячая 311', [[324.5], [311]]],
    ['by serials', flats.twoWater, '74129104 - 311, 58517168 - 324,5', [[324.5], [311]]],
    ['line by line', flats.twoWater, '324,5\n311', [[324.5], [311]]],
    ['in Arabic digits', flats.twoWater, '٣٢٤ ٣١١', [[324], [311]]],
    ['in wide digits', flats.twoWater, '３２４ ３１１', [[324], [311]]],
    ['two zones', flats.twoZones, '337 150 11800/6000', [[337], [150], [11800, 6000]]],
    [
      'three zones, tagged',
      flats.threeZones,
      'хвс 250, гвс 126, свет 3600/6400/3900',
      [[250], [126], [3600, 6400, 3900]],
    ],
    ['three zones, in order', flats.threeZones, '250 126 3600 6400 3900', [[250], [126], [3600, 6400, 3900]]],
    ['the one zone there is', flats.oneMeter, '7000', [[7000]]],
    ['through transformers, by the dial', flats.house, '295 1390 16370/7090', [[295], [16370, 7090], [1390]]],
  ])('are taken %s', async (_, flat, typed, taken) => {
    const talk = await settled(town, messenger, flat)
    await talk.press('Передать показания', said('readings.title'))
    const table = await talk.say(typed)
    expect.soft(table.text).toMatch(said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const kept = await dialsOf(flat)
    expect(kept).toHaveLength(taken.length)
    for (const dials of taken) expect(kept).toContainEqual(dials)
  })

  test('are asked one at a time, with a way to skip', async () => {
    const talk = await settled(town, messenger, flats.threeZones)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Вводить по одному', 'Холодная вода, счётчик № 55728032\nБыло: 247,608 м³.')
    await talk.say('250', 'Горячая вода')
    await talk.press('Пропустить', 'через дробь')
    const table = await talk.say('3600 6400 3900', said('readings.check'))
    expect(table.text).toMatch(said('readings.missing', { lines: 'Горячая вода' }))
    expect(table.text).toContain('ночь 6400, полупик 3900 кВт·ч')
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.threeZones)).toEqual([[250], [3600, 6400, 3900]])
  })

  test('all skipped are none at all, and it says so', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Вводить по одному', 'Холодная вода')
    await talk.press('Пропустить', 'Горячая вода')
    await talk.press('Пропустить', said('readings.nothingGiven'))
    expect(await dialsOf(flats.twoWater)).toEqual([])
  })

  test('missing ones are added before the confirmation', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const table = await talk.say('хвс 324', said('readings.missing', { lines: 'Горячая вода' }))
    expect(labels(table)).toEqual(['Верно', 'Добавить остальные', 'Изменить', 'Назад', 'Меню'])
    await talk.press('Добавить остальные', 'Горячая вода')
    const whole = await talk.say('311', said('readings.check'))
    expect(whole.text).not.toContain('Пока без показаний')
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.twoWater)).toEqual([[324], [311]])
  })

  test('are changed before the confirmation, by the button or by typing them anew', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.press('Изменить', said('readings.title', { period: 'ноябрь 2026' }))
    await talk.say('325 312', said('readings.check'))
    await talk.say('326 313', '326 м³')
    await talk.say('да', said('readings.accepted'))
    expect(await dialsOf(flats.twoWater)).toEqual([[326], [313]])
  })

  describe('given before stay when one is written with its name', () => {
    const all = [[250], [127], [3600, 6400, 3900]]

    test('at the table', async () => {
      const talk = await settled(town, messenger, flats.threeZones)
      await talk.say('250 126 3600/6400/3900', said('readings.check'))
      const table = await talk.say('гвс 127', said('readings.check'))
      expect(table.text).not.toContain('Пока без показаний')
      await talk.press('Верно', said('readings.accepted'))
      expect(await dialsOf(flats.threeZones)).toEqual(all)
    })

    test('after «Изменить»', async () => {
      const talk = await settled(town, messenger, flats.threeZones)
      await talk.say('250 126 3600/6400/3900', said('readings.check'))
      const asked = await talk.press('Изменить', said('readings.title', { period: 'ноябрь 2026' }))
      expect(asked.text).toMatch(/Горячая вода, счётчик № \d+\s+было 124,675 м³, вы написали 126 м³/)
      await talk.say('гвс 127', said('readings.check'))
      await talk.press('Верно', said('readings.accepted'))
      expect(await dialsOf(flats.threeZones)).toEqual(all)
    })

    test('where they are asked one at a time', async () => {
      const talk = await settled(town, messenger, flats.threeZones)
      await talk.press('Передать показания', said('readings.title'))
      await talk.press('Вводить по одному', 'Холодная вода')
      await talk.say('250', 'Горячая вода')
      await talk.say('свет 3600/6400/3900', said('readings.missing', { lines: 'Горячая вода' }))
      await talk.say('гвс 127', said('readings.check'))
      await talk.press('Верно', said('readings.accepted'))
      expect(await dialsOf(flats.threeZones)).toEqual(all)
    })

    test('where one of them is in doubt', async () => {
      const talk = await settled(town, messenger, flats.threeZones)
      await talk.say('хвс 350, свет 3600/6400/3900', said('readings.doubt.W_HIGH'))
      await talk.say('гвс 127', said('readings.doubt.W_HIGH'))
      await talk.say('250', said('readings.check'))
      await talk.press('Верно', said('readings.accepted'))
      expect(await dialsOf(flats.threeZones)).toEqual(all)
    })

    test('where it is asked which of two numbers is right, and the meter is named there', async () => {
      const talk = await settled(town, messenger, flats.threeZones)
      await talk.say('250 126 3600/6400/3900', said('readings.check'))
      const asked = await talk.say(
        'гвс 127 950',
        said('readings.whichValue', { meter: 'Горячая вода, счётчик № 51786799' }),
      )
      await talk.press(labels(asked)[0] ?? '', said('readings.check'))
      await talk.press('Верно', said('readings.accepted'))
      expect(await readingsOf(town, flats.threeZones)).toHaveLength(3)
    })
  })

  test('«нет» at the table takes nothing', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.say('нет', said('readings.title', { period: 'ноябрь 2026' }))
    expect(await dialsOf(flats.twoWater)).toEqual([])
  })

  test('the same again is «уже приняты», with the number given before', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    const first = await talk.press('Верно', said('readings.accepted'))
    await talk.say('324 311', said('readings.check'))
    const again = await talk.press('Верно', said('readings.same'))
    const number = (text: string) => /№ (\d+)/.exec(text)?.[1]
    expect(number(again.text)).toBe(number(first.text))
    expect(await dialsOf(flats.twoWater)).toEqual([[324], [311]])
  })

  test('the last value wins; the one before is kept as superseded', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const asked = await talk.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    expect(asked.text).toContain('было 321,463 м³, вы передали 324 м³')
    const corrects = said('readings.confirmCorrected', { before: '324 м³', now: '323 м³' })
    await talk.say('хвс 323', both(said('readings.check'), corrects))
    const done = await talk.press('Верно', said('readings.accepted'))
    expect(done.text).toMatch(corrects)
    const kept = await readingsOf(town, flats.twoWater)
    const [old, corrected] = kept.filter(({ meter_id }) => meter_id === 'M1009')
    expect(old).toMatchObject({ dials: [324], status: 'superseded' })
    expect(corrected).toMatchObject({ dials: [323], status: 'accepted', replaces_id: old?.id })
    expect(kept.filter(({ meter_id, status }) => meter_id === 'M1010' && status === 'accepted')).toHaveLength(1)
  })

  test('confirmed in two chats of a household at once are taken once', async () => {
    const [mother, son] = [
      await settled(town, messenger, flats.twoWater),
      await settled(town, messenger, flats.twoWater),
    ]
    await mother.say('324 311', said('readings.check'))
    await son.say('324 311', said('readings.check'))
    const [one, two] = await Promise.all([mother.press('Верно'), son.press('Верно')])
    const texts = [one.text, two.text]
    expect(texts.filter((text) => said('readings.accepted').test(text))).toHaveLength(1)
    expect(texts.filter((text) => said('readings.same').test(text))).toHaveLength(1)
    expect(await dialsOf(flats.twoWater)).toEqual([[324], [311]])
  })

  test('of another value confirmed in another chat at once are taken from one, and shown again in the other', async () => {
    const [mother, son] = [
      await settled(town, messenger, flats.twoWater),
      await settled(town, messenger, flats.twoWater),
    ]
    await mother.say('324 311', said('readings.check'))
    await son.say('325 311', said('readings.check'))
    const either = oneOf(said('readings.accepted'), said('readings.changed'))
    const answers = await Promise.all([mother.press('Верно', either), son.press('Верно', either)])
    expect(answers.filter(({ text }) => said('readings.changed').test(text))).toHaveLength(1)
    const kept = await readingsOf(town, flats.twoWater)
    expect(kept.map(({ meter_id, status }) => [meter_id, status])).toEqual([
      ['M1009', 'accepted'],
      ['M1010', 'accepted'],
    ])
  })

  test('of seven meters go through one table', async () => {
    const talk = await settled(town, messenger, flats.sevenMeters)
    await talk.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    await talk.press('Вводить по одному', 'Холодная вода, счётчик № 17231977')
    await talk.say('398', '76414269')
    await talk.say('449', '95470283')
    await talk.say('417', '24928316')
    await talk.say('312', '46084026')
    await talk.say('248', '91894030')
    await talk.say('228', '85353773')
    await talk.say('8800/4300', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(await dialsOf(flats.sevenMeters)).toHaveLength(7)
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
