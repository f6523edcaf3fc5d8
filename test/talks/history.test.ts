import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { openTown, type Town } from '../support/town.ts'
import { bytesOf, cutOff } from './cutOff.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const cold = 'Холодная вода, счётчик № 58517168'
const hot = 'Горячая вода, счётчик № 74129104'
/** Both meters were replaced half a year ago. */
const replaced = { number: '6638764042' }
/** The cold meter had no reading for December 2024. */
const skipped = { number: '6618326651' }
/** No readings for four months. */
const silent = { number: '6613004926' }

const lines = ({ text }: SeenMessage): string[] => text.split('\n')

describe.each(messengers)('history in %s', (messenger) => {
  test.each(['мои счётчики', 'история', 'расход', 'my meters'])('is found by «%s»', async (typed) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say(typed, said('history.title'))
  })

  test('lists the meters with what they showed last and until when they are verified', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const list = await talk.say('мои счётчики', said('history.title'))
    expect(list.text).toMatch(/58517168\s+последнее показание 321,463 м³, 19 октября 2026\s+поверка до \d+ \S+ 20\d\d/)
    expect(labels(list)).toEqual([cold, hot, 'Назад', 'Меню'])
  })

  test('of a meter goes month by month, a year a page, in Russian numbers', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('мои счётчики', said('history.title'))
    const year = await talk.press(cold, said('history.month.measured', { period: 'октябрь 2026' }))
    expect(lines(year).filter((line) => /^[а-я]+ 20\d\d: /.test(line))).toHaveLength(12)
    expect(year.text).toMatch(/октябрь 2026: \d,\d{1,3} м³, на счётчике 321,463 м³/)
    expect(year.text.indexOf('октябрь 2026')).toBeLessThan(year.text.indexOf('сентябрь 2026'))
    expect(labels(year)).toEqual(['Картинка', 'Прошлые месяцы', 'Назад', 'Меню'])
    const before = await talk.press('Прошлые месяцы', 'октябрь 2025: ')
    expect(labels(before)).toEqual(['Картинка', 'Последние месяцы', 'Назад', 'Меню'])
    await talk.press('Последние месяцы', 'октябрь 2026: ')
  })

  test('of the only meter is shown at once', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say(
      'история',
      both(/Электричество, счётчик/, said('history.month.measured', { period: 'октябрь 2026' })),
    )
  })

  test('says of months since the last reading that there are none', async () => {
    const talk = await settled(town, messenger, silent)
    await talk.say('история', said('history.title'))
    const months = await talk.say('1', 'октябрь 2026: показаний нет')
    expect(months.text).toContain('июль 2026: показаний нет')
    expect(months.text).toMatch(/июнь 2026: [\d,]+ м³/)
  })

  test('tells of a month that was skipped what it was on average, and what it was together with the next', async () => {
    const talk = await settled(town, messenger, skipped)
    await talk.say('история', said('history.title'))
    await talk.press('Холодная вода, счётчик № 42638764', 'октябрь 2026: ')
    const before = await talk.press('Прошлые месяцы', /январь 2025: [\d,]+ м³ за 2 месяца, на счётчике 92,673 м³/)
    expect(before.text).toMatch(/декабрь 2024: показаний не было, в среднем [\d,]+ м³/)
    expect(before.text).toMatch(/ноябрь 2024: на счётчике 87,028 м³/)
    await talk.press('Картинка', said('history.withAverages'))
  })

  test('has meters that were taken out of late, after those that hang there', async () => {
    const talk = await settled(town, messenger, replaced)
    const list = await talk.say('мои счётчики', said('history.removed', { at: '12 мая 2026' }))
    expect(labels(list)).toHaveLength(6)
    expect(list.text.indexOf('25692102')).toBeLessThan(list.text.indexOf('97687092'))
    const old = await talk.press('Холодная вода, счётчик № 97687092', 'май 2026: показаний нет')
    expect(old.text).not.toContain('июнь 2026')
    await talk.press('Назад', said('history.title'))
    const fresh = await talk.press('Холодная вода, счётчик № 25692102', 'октябрь 2026: ')
    expect(fresh.text).not.toContain('апрель 2026')
  })

  test('counts with the transformation ratio and says so', async () => {
    const talk = await settled(town, messenger, flats.house)
    const list = await talk.say('мои счётчики', said('history.title'))
    const meter = labels(list).find((label) => label.startsWith('Электричество')) ?? ''
    const months = await talk.press(meter, said('history.ratio', { ratio: '20' }))
    expect(months.text).toMatch(/октябрь 2026: день \d+0, ночь \d+0 кВт·ч, на счётчике день \d+, ночь \d+ кВт·ч/)
  })

  test('has what was submitted a minute ago', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.say('история', 'ноябрь 2026: 80,7 кВт·ч, на счётчике 7000 кВт·ч')
  })

  test('of an account without meters says so', async () => {
    const talk = await settled(town, messenger, flats.withoutMeters)
    await talk.say('история', said('history.none'))
  })

  test('is a picture, with the same in short below it; the table and the menu are a press away', async () => {
    const talk = await settled(town, messenger, flats.threeZones)
    const list = await talk.say('история', said('history.title'))
    const meter = labels(list).find((label) => label.startsWith('Электричество')) ?? ''
    await talk.press(meter, 'октябрь 2026')
    const picture = await talk.press('Картинка', both(said('history.summary'), said('history.extremes')))
    expect(picture.text).toMatch(/По тарифам: пик [\d,]+, ночь [\d,]+, полупик [\d,]+ кВт·ч\./)
    expect(picture.files).toMatchObject([{ kind: 'photo' }])
    const bytes = await bytesOf(town, picture.files[0])
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.length).toBeGreaterThan(40_000)
    expect(labels(picture)).toEqual(['По месяцам', 'Назад', 'Меню'])
    const table = await talk.press('По месяцам', 'октябрь 2026: ')
    expect(table.id).not.toBe(picture.id)
    expect((await talk.hand.chat()).messages.find(({ id }) => id === picture.id)?.files).toHaveLength(1)
  })

  test('draws a picture once, until there is something new in it', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const kept = async () => {
      const { rows } = await town.fresh.database.pool.query<{ id: string; ref: string }>(
        `SELECT id, ref FROM drawn_platform_ref WHERE messenger = $1 AND id LIKE 'consumption:' ||
           (SELECT m.id FROM meter m JOIN account a ON a.id = m.account_id WHERE a.number = $2) || ':%'`,
        [messenger, flats.oneMeter.number],
      )
      return rows
    }
    const show = async () => {
      await talk.say('история', 'октябрь 2026')
      await talk.press('Картинка', said('history.summary'))
      // The platform's id of a picture is noted after the delivery.
      await town.product.outbox.idle()
    }
    const before = await kept()
    await show()
    const once = await kept()
    await show()
    expect(await kept()).toEqual(once)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await show()
    const more = (await kept()).filter(({ id }) => !once.some((known) => known.id === id))
    expect([once.length >= before.length, more.length]).toEqual([true, 1])
  })

  test('is a picture for nobody who has lost the account before it was sent', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('история', said('history.title'))
    await talk.press(cold, 'октябрь 2026')
    const refused = await cutOff(talk, { telegram: 'sendPhoto', ask: () => talk.hand.press('Картинка') }, async () => {
      await town.fresh.database.pool.query('UPDATE link SET removed_at = $2 WHERE chat = $1', [
        talk.chat,
        town.clock.now(),
      ])
    })
    expect(refused.text).toMatch(said('history.denied'))
    expect(refused.text).not.toContain('м³')
    expect(refused.files).toEqual([])
  })

  test('is told in words when it cannot be drawn', async () => {
    const talk = await settled(town, messenger, flats.rollOver)
    await talk.say('история', 'октябрь 2026')
    const { pool } = town.fresh.database
    const told = await cutOff(talk, { telegram: 'sendPhoto', ask: () => talk.hand.press('Картинка') }, async () => {
      await pool.query(
        `UPDATE meter SET removed_at = '2020-01-01' WHERE account_id = (SELECT id FROM account WHERE number = $1)`,
        [flats.rollOver.number],
      )
    })
    await pool.query(
      'UPDATE meter SET removed_at = NULL WHERE account_id = (SELECT id FROM account WHERE number = $1)',
      [flats.rollOver.number],
    )
    expect(told.text).toMatch(both(said('history.summary'), said('history.notDrawn')))
    expect(told.text).toMatch(/сентябрь 2026: [\d,]+ м³/)
    expect([told.files, labels(told)]).toEqual([[], ['По месяцам', 'Назад', 'Меню']])
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
