import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { bytesOf, cutOff } from './cutOff.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const year = { from: 'ноябрь 2025', to: 'октябрь 2026' }

describe.each(messengers)('charges as a picture in %s', (messenger) => {
  test('come with what they tell in words, and a file of the same year is a press away', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const picture = await talk.say(
      'картинка начислений',
      both(said('chargesPicture.summary', { ...year, count: '12' }), said('chargesPicture.extremes')),
    )
    expect(picture.text).toMatch(said('chargesPicture.largest'))
    expect(picture.files).toMatchObject([{ kind: 'photo', width: 1080 }])
    expect((await bytesOf(town, picture.files[0])).subarray(1, 4).toString()).toBe('PNG')
    expect(labels(picture)).toEqual(['Сохранить в файл', 'Назад', 'Меню'])
    const form = await talk.press('Сохранить в файл', 'ноябрь 2025 — октябрь 2026')
    expect(form.id).not.toBe(picture.id)
  })

  test('are told in words in plain mode: every service and every month', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('настройки', said('settings.title'))
    await talk.press('Простой вид', 'Простой вид включён')
    const words = await talk.say(
      'график начислений',
      both(said('chargesPicture.services'), said('chargesPicture.months')),
    )
    expect(words.files).toEqual([])
    expect(words.text.match(/^\S+ 202[56]: [\d ]+,\d\d ₽$/gm)).toHaveLength(12)
    expect(words.text.match(/^[^\d\n]+(, \d+ услуг\S?)?: [\d ]+,\d\d ₽$/gm)?.length).toBeGreaterThanOrEqual(7)
  })

  test('of an account without any are said not to be there', async () => {
    const talk = await settled(town, messenger, flats.room)
    await town.fresh.database.pool.query(
      'DELETE FROM charge_month WHERE account_id = (SELECT id FROM account WHERE number = $1)',
      [flats.room.number],
    )
    await talk.say('картинка начислений', said('chargesPicture.none'))
  })

  test('are for nobody who has lost the account before they were sent', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const ask = () => talk.hand.say('картинка начислений')
    const refused = await cutOff(talk, { telegram: 'sendPhoto', ask }, async () => {
      await town.fresh.database.pool.query('UPDATE link SET removed_at = $2 WHERE chat = $1', [
        talk.chat,
        town.clock.now(),
      ])
    })
    expect(refused.text).toMatch(said('chargesPicture.denied'))
    expect(refused.text).not.toContain('₽')
    expect(refused.files).toEqual([])
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
