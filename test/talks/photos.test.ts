import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { upkeep } from '../../src/jobs/upkeep.ts'
import { openTown, type Town } from '../support/town.ts'
import { lateRefusal, photo, png } from './photo.ts'
import { said } from './said.ts'
import { flats, messengers, nextPoint, readingsOf, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const archive = Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(20), deflateRawSync('dial')])

/** Answers when all that the chat has sent was fetched, with what became of it. */
async function fetched({
  chat,
  town: home,
}: Talk): Promise<{ id: string; state: string; refusal: string | null; bytes: number | null }[]> {
  for (;;) {
    const judged = nextPoint('file.judged')
    const { rows } = await home.fresh.database.pool.query(
      'SELECT state, refusal, bytes, mime, id FROM file WHERE chat = $1 ORDER BY created_at',
      [chat],
    )
    if (rows.length > 0 && rows.every(({ state }) => state !== 'wanted')) return rows
    await judged
  }
}

describe.each(messengers)('photos in %s', (messenger) => {
  test('of a dial is kept beside the reading; its numbers are asked for in words', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.photoKept'))
    expect(await fetched(talk)).toMatchObject([{ state: 'stored', bytes: png.length }])
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const [kept] = await readingsOf(town, flats.oneMeter)
    const { rows } = await town.fresh.database.pool.query('SELECT id FROM file WHERE chat = $1', [talk.chat])
    expect(kept?.photo_ids).toEqual([rows[0].id])
  })

  test('with numbers under it goes on to the table at once', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.check'), '324 311')
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.twoWater)).toMatchObject([{ dials: [324] }, { dials: [311] }])
    expect((await readingsOf(town, flats.twoWater))[0]?.photo_ids).toHaveLength(1)
  })

  test.each([
    ['of no bytes', Buffer.alloc(0), said('readings.photo.empty'), 'empty'],
    ['that is an archive under another name', archive, said('readings.photo.notAPicture'), 'notAPicture'],
  ])('%s is refused with a reason, and the numbers are taken without it', async (_, bytes, told, refusal) => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.hand.send([{ kind: 'document', name: 'dial.jpg', bytes }])
    await talk.hand.reply(({ text }) => told.test(text))
    expect(await fetched(talk)).toMatchObject([{ state: 'refused', refusal }])
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.oneMeter))[0]?.photo_ids).toEqual([])
  })

  test('of an album are all kept', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.hand.send([photo(), photo(png, 'second.png')])
    // Telegram tells of each file by itself.
    const told = messenger === 'telegram' ? 2 : 1
    await talk.hand.waitFor(
      ({ messages }) => messages.filter(({ text }) => said('readings.photoKept').test(text)).length === told,
    )
    await talk.say('324 311', said('readings.check'))
    const kept = await fetched(talk)
    expect(kept.map(({ state }) => state)).toEqual(['stored', 'stored'])
    await talk.press('Верно', said('readings.accepted'))
    const [reading] = await readingsOf(town, flats.twoWater)
    expect(reading?.photo_ids).toHaveLength(2)
    await upkeep(town.fresh.database, { ...town.clock, now: () => new Date('2027-03-01') })()
    expect(await fetched(talk)).toHaveLength(2)
    await talk.say('что я передал', said('confirmations.withPhoto'))
  })

  test('refused after the readings were taken is told of, and no photo is spoken of any more', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.check'), '7000')
    const [file] = await fetched(talk)
    const done = await talk.press('Верно', said('readings.accepted'))
    const confirmation = /№ (\d+) от/.exec(done.text)?.[1] ?? ''
    await lateRefusal(talk, file?.id ?? '')
    const told = await talk.hand.reply(({ text }) => text.includes('не удалось'))
    expect(told.text.replaceAll('\u00a0', ' ')).toMatch(said('readings.photoLost', { confirmation }))
    const shown = await talk.press('Что я передал', said('confirmations.title'))
    expect(shown.text).not.toMatch(said('confirmations.withPhoto'))
  })

  test('refused before the readings are taken is not kept with them, nor told of again', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.check'), '7000')
    const [file] = await fetched(talk)
    await town.fresh.database.pool.query(`UPDATE file SET state = 'refused' WHERE id = $1`, [file?.id])
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.oneMeter))[0]?.photo_ids).toEqual([])
    await talk.silently(() => lateRefusal(talk, file?.id ?? ''))
  })

  test('sent with readings that were already taken are added to them', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.press('Передать показания', said('readings.title'))
    await talk.send([photo()], said('readings.check'), '7000')
    await talk.press('Верно', said('readings.same'))
    expect((await readingsOf(town, flats.oneMeter))[0]?.photo_ids).toHaveLength(1)
  })

  test('sent at the menu opens the readings', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.send([photo()], said('readings.title', { period: 'ноябрь 2026' }))
  })
})

test('a process that is only a worker fetches photos from messengers that another listens to', async () => {
  const halves = await openTown({ env: { ROLES: 'telegram,vk' } })
  const worker = await halves.join({ ROLES: 'worker' })
  try {
    for (const messenger of messengers) {
      const talk = await settled(halves, messenger, flats.oneMeter)
      await talk.press('Передать показания', said('readings.title'))
      await talk.send([photo()], said('readings.photoKept'))
      expect(await fetched(talk)).toMatchObject([{ state: 'stored', bytes: png.length }])
    }
    expect(worker.listening.size).toBe(0)
  } finally {
    await worker.close()
    await halves.close()
  }
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
