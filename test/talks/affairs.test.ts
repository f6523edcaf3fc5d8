import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
/** A Tuesday, within the window for readings. */
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

async function written(talk: Talk): Promise<void> {
  await talk.press('Обращения', said('requests.askTopic'))
  await talk.press('Начисления', said('requests.write'))
  await talk.say('Почему столько?', said('requests.gathered'))
}

describe.each(messengers)('«Мои дела» in %s', (messenger) => {
  test('are one screen of all that is under way, which is changed in its place as they are done', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.press('Отправить', said('requests.accepted'))
    await town.fresh.database.pool.query('DELETE FROM slot_taken')
    await talk.say('меню', said('menu.title'))
    await talk.press('Записаться на приём', said('appointment.askTopic'))
    await talk.press('Справки и выписки', said('appointment.askDay'))
    await talk.say('завтра в 10:30', said('appointment.heldUntil'))
    await talk.press('Записаться', said('appointment.booked'))
    const screen = await talk.say('мои дела', said('affairs.title'))
    expect(screen.text).toMatch(said('affairs.meters', { count: '2', period: 'ноябрь 2026', day: '25' }))
    expect(screen.text).toMatch(
      both(said('affairs.question', { topic: 'Начисления' }), said('requests.due', { date: '24 ноября' })),
    )
    expect(screen.text).toMatch(said('affairs.visit', { when: 'завтра, 11 ноября, 10:30' }))
    const [readings, request, visit, refresh] = labels(screen)
    expect([readings, refresh]).toEqual(['Передать показания', 'Обновить'])
    await talk.press(request ?? '', said('requests.oneTitle'))
    await talk.press('Назад', said('menu.title'))
    await talk.say('мои дела', said('affairs.title'))
    await talk.press(visit ?? '', said('appointment.ticket'))
    await talk.say('324 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.say('мои дела', said('affairs.title'))
    const before = await talk.length()
    const seen = await talk.press('Обновить', said('affairs.title'))
    expect(seen.text).not.toMatch(said('affairs.meters'))
    expect(await talk.length()).toBe(before)
  })

  test('are none when all is done, and what was begun is among them', async () => {
    const talk = await settled(town, messenger, flats.withoutMeters)
    const none = await talk.say('мои дела', both(said('affairs.title'), said('affairs.none')))
    expect(labels(none)).toEqual(['Новое обращение', 'Обновить', 'Назад', 'Меню'])
    await talk.say('меню', said('menu.title'))
    await written(talk)
    await talk.say('мои дела', said('affairs.draft.question', { amount: '1 сообщение' }))
    await talk.press('Дописать обращение', both(said('requests.begun'), said('requests.gathered')))
  })

  test('tell of each of several accounts what is missing, and lead to it', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    const screen = await talk.say('мои дела', said('affairs.metersOf'))
    expect(screen.text.match(/Показания за/g)).toHaveLength(2)
    const [, second = ''] = labels(screen)
    await talk.press(second, said('readings.title'))
  })

  test('after the window nobody is waited for', async () => {
    town.clock.set('2026-11-26T07:00:00Z')
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('мои дела', said('affairs.none'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
