import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { lateRefusal, photo } from './photo.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(() => town.fresh.database.pool.query(`UPDATE meter SET photo_required = false WHERE id = 'M1339'`))

const requirePhoto = () => town.fresh.database.pool.query(`UPDATE meter SET photo_required = true WHERE id = 'M1339'`)
const cold = 'Холодная вода, счётчик № 42638764'

describe.each(messengers)('a meter that is read only with a photo in %s', (messenger) => {
  test('says so beforehand, asks for the photo, and is taken with it', async () => {
    const talk = await settled(town, messenger, flats.photoOnly)
    await talk.press('Передать показания', said('readings.needsPhoto'))
    const asked = await talk.say('437 194', said('readings.photoNeeded'))
    expect(labels(asked)).toEqual(['Изменить', 'Назад', 'Меню'])
    await talk.say('вот', said('readings.examplePhoto'))
    await talk.say('438 194', said('readings.photoNeeded'))
    await talk.send([photo()], both(said('readings.check'), said('readings.withPhoto')))
    await talk.press('Верно', said('readings.accepted'))
    const kept = await readingsOf(town, flats.photoOnly)
    expect(kept).toMatchObject([{ dials: [438] }, { dials: [194] }])
    expect(kept.every(({ photo_ids }) => photo_ids.length === 1)).toBe(true)
  })

  test('holds up no other: the rest is submitted, and it comes later with its photo', async () => {
    const talk = await settled(town, messenger, flats.photoOfCold)
    const asked = await talk.say('хвс 157 гвс 260', both(said('readings.photoNeeded'), said('readings.othersKept')))
    expect(asked.text).toContain(cold)
    expect(asked.text).not.toContain('Горячая')
    const table = await talk.press('Передать пока остальное', said('readings.check'))
    expect(table.text).toMatch(both(/260 м³/, said('readings.missing', { lines: cold })))
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.photoOfCold)).toMatchObject([{ dials: [260] }])
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.check'), 'хвс 157')
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.photoOfCold)).toHaveLength(2)
  })

  test('takes a photo that was sent before the numbers', async () => {
    const talk = await settled(town, messenger, flats.photoOfCold)
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.photoKept'))
    await talk.say('хвс 157', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
  })

  test('is asked about its value first and for the photo then; «Изменить» keeps what was written', async () => {
    const talk = await settled(town, messenger, flats.photoOfCold)
    await talk.say('хвс 260 гвс 260', said('readings.doubt.W_HIGH'))
    await talk.press('Да, всё верно', said('readings.photoNeeded'))
    const asked = await talk.press('Изменить', said('readings.howToChange'))
    expect(asked.text).toContain('вы написали 260 м³')
  })

  test('whose photo is refused is told why and asked for another one', async () => {
    const talk = await settled(town, messenger, flats.photoOnly)
    await talk.say('437 194', said('readings.photoNeeded'))
    await talk.hand.send([{ kind: 'document', name: 'dial.jpg', bytes: Buffer.alloc(0) }])
    const refused = both(said('readings.photoRefused', { why: 'оно пришло пустым' }), said('readings.photoNeeded'))
    await talk.hand.reply(({ text }) => refused.test(text))
    expect(await readingsOf(town, flats.photoOnly)).toEqual([])
    await talk.send([photo()], said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
  })

  test('is judged again when it is taken: no photo is left, or one is required only since', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await requirePhoto()
    await talk.press('Верно', both(said('readings.changed'), said('readings.photoNeeded')))
    await talk.send([photo()], said('readings.check'))
    await town.fresh.database.pool.query(`UPDATE file SET state = 'refused' WHERE chat = $1`, [talk.chat])
    await talk.press('Верно', both(said('readings.changed'), said('readings.photoNeeded')))
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
  })

  test('taken without one before it was required, or with one that was lost, is mended by the same value with a photo', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    const done = await talk.press('Верно', said('readings.accepted'))
    const confirmation = /№ (\d+) от/.exec(done.text)?.[1] ?? ''
    await requirePhoto()
    await talk.say('7000', said('readings.photoNeeded'))
    await talk.send([photo()], said('readings.check'))
    await talk.press('Верно', said('readings.same', { confirmation }))
    const [kept] = await readingsOf(town, flats.oneMeter)
    expect(kept?.photo_ids).toHaveLength(1)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.same', { confirmation }))
    await lateRefusal(talk, kept?.photo_ids[0] ?? '')
    const lost = await talk.hand.reply(({ text }) => text.includes('не удалось'))
    expect(lost.text.replaceAll('\u00a0', ' ')).toMatch(said('readings.photoLostNeeded', { confirmation }))
    expect(labels(lost).slice(0, 2)).toEqual(['Передать показания', 'Что я передал'])
    await talk.say('7000', said('readings.photoNeeded'))
  })

  test('that is none any more is not waited for', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await requirePhoto()
    const asked = await talk.say('7000', said('readings.photoNeeded'))
    expect(asked.text).toContain('Электричество')
    await town.fresh.database.pool.query(`UPDATE meter SET photo_required = false WHERE id = 'M1339'`)
    await talk.pressOld('0.0', asked.id, said('readings.photoNotNeeded'))
    await talk.press('Дальше', said('readings.check'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
