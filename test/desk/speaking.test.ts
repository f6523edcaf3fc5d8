import { describe, expect, test } from 'vitest'
import { type Person, photo, Room } from './room.ts'

const room = new Room()

describe('the holder’s words', () => {
  test('go to the resident as they are, and then it is his turn', async () => {
    const one = await room.holder('Анна')
    const message = '4141'
    const text = { text: 'Долга нет, смотрите сами', spans: [{ style: 'bold' as const, at: 0, length: 5 }] }
    await one.does({ kind: 'text', text, message })
    expect(await room.toHim()).toEqual([
      { author: 'consultant', by: one.id, state: 'pending', body: { kind: 'words', text, files: [] } },
    ])
    const { consultantAt, firstAnswerAt, residentAt } = await room.handOff()
    expect(firstAnswerAt).toEqual(consultantAt)
    expect(consultantAt?.getTime()).toBeGreaterThanOrEqual(residentAt.getTime())
    const [line] = await room.staff.sql<{ message: string }>(
      'of',
      `SELECT staff_message AS message FROM desk_line WHERE hand_off_id = $1 AND author = 'consultant'`,
      [room.he.id],
    )
    expect(line?.message).toBe(message)
  })

  test('may be files, albums, voice and places', async () => {
    const one = await room.holder('Анна')
    const caption = { text: 'Вот', spans: [] }
    await one.does({ kind: 'files', files: [photo], caption, message: '1', album: 'a1' })
    await one.does({ kind: 'files', files: [photo], message: '2', album: 'a1' })
    await one.does({ kind: 'files', files: [{ kind: 'voice', ref: 'v', name: 'v.ogg' }], message: '3' })
    await one.does({ kind: 'location', latitude: 56.8, longitude: 60.6, message: '4' })
    expect((await room.toHim()).map(({ body }) => body)).toMatchObject([
      { album: 'a1', text: caption, files: [photo] },
      { album: 'a1', text: { text: '' }, files: [photo] },
      { files: [{ kind: 'voice' }] },
      { location: { latitude: 56.8, longitude: 60.6 }, files: [] },
    ])
  })

  test('keep which message they reply to', async () => {
    const one = await room.holder('Анна')
    await one.says('Да', { repliesTo: '4242' })
    await one.says('И ещё')
    expect((await room.toHim()).map(({ body }) => body.repliesTo)).toEqual(['4242', undefined])
  })

  test('that are a bare word of a command are still words in his topic', async () => {
    const one = await room.holder('Анна')
    await one.says('сегодня')
    expect((await room.toHim()).map(({ body }) => body.text)).toEqual([{ text: 'сегодня', spans: [] }])
  })

  test('that begin like a command and are none stay here', async () => {
    const one = await room.holder('Анна')
    await one.says('/clsoe')
    expect(await room.toHim()).toEqual([])
    expect((await room.lastSaid()).key).toBe('desk.handle.unknownCommand')
  })

  test('end the putting off', async () => {
    const one = await room.holder('Анна')
    await one.presses(`hold:${room.he.id}:60`)
    expect(await room.handOff()).toMatchObject({ state: 'on_hold' })
    await one.says('Узнала!')
    expect(await room.handOff()).toMatchObject({ state: 'taken', holdUntil: null })
  })

  test('that cannot be passed on are answered', async () => {
    const one = await room.holder('Анна')
    await one.does({ kind: 'unsupported', message: '55' })
    expect(await room.lastSaid()).toMatchObject({ key: 'desk.handle.unsupported', repliesTo: '55' })
  })
})

describe('a note', () => {
  test.each([
    ['// проверить оплату', 'проверить оплату'],
    ['/n проверить', 'проверить'],
    ['//проверить', 'проверить'],
    ['/n', ''],
  ])('«%s» is kept without a word, and never for the resident', async (said, kept) => {
    const one = await room.holder('Анна')
    const before = (await room.posts()).length
    await one.says(said)
    expect(await room.notes()).toMatchObject([{ by: one.id, state: 'kept', body: { text: { text: kept } } }])
    expect(await room.toHim()).toEqual([])
    expect(await room.posts()).toHaveLength(before)
  })

  test('is so under a photo too, and keeps how it looks', async () => {
    const one = await room.holder('Анна')
    const caption = { text: '// важно', spans: [{ style: 'bold' as const, at: 0, length: 8 }] }
    await one.does({ kind: 'files', files: [photo], caption, message: '6' })
    expect((await room.notes())[0]?.body).toMatchObject({
      text: { text: 'важно', spans: [{ at: 0, length: 5 }] },
      files: [photo],
    })
  })

  test('under one photo of an album is about all of them', async () => {
    const one = await room.holder('Анна')
    const caption = { text: '// нам', spans: [] }
    await one.does({ kind: 'files', files: [photo], caption, message: '6', album: 'd' })
    await one.does({ kind: 'files', files: [photo], message: '7', album: 'd' })
    expect(await room.toHim()).toEqual([])
    expect(await room.notes()).toHaveLength(2)
  })

  test('may be left by anybody of the staff, whosever chat it is', async () => {
    await room.holder('Анна')
    await (await room.consultant('Борис')).says('// я его знаю')
    expect(await room.notes()).toHaveLength(1)
  })
})

describe('an edit', () => {
  const stateOf = (state: string) =>
    room.staff.sql(
      'state',
      `UPDATE desk_line SET state = $2::"DeskLineState" WHERE hand_off_id = $1 AND author = 'consultant'`,
      [room.he.id, state],
    )
  const edits = (one: Person, message: string, said: string) =>
    one.does({ kind: 'edited', text: { text: said, spans: [] }, message })

  test('of words that the resident has not been told room.changes these', async () => {
    const one = await room.holder('Анна')
    const message = await one.says('Долк')
    await edits(one, message, 'Долг')
    expect((await room.toHim()).map(({ body }) => body.text)).toEqual([{ text: 'Долг', spans: [] }])
  })

  test.each(['told', 'shown'])(
    'of words that were %s follows as an edit of that line, and no edit that room.changes nothing does',
    async (state) => {
      const one = await room.holder('Анна')
      const message = await one.says('Долк')
      await stateOf(state)
      await edits(one, message, 'Долг')
      await edits(one, message, 'Долг')
      const [first] = await room.staff.sql<{ id: string }>(
        'first',
        `SELECT id::text FROM desk_line WHERE hand_off_id = $1 AND author = 'consultant' ORDER BY id`,
        [room.he.id],
      )
      expect(await room.toHim()).toMatchObject([
        { body: { text: { text: 'Долк' } } },
        { state: 'pending', body: { text: { text: 'Долг' }, edits: first?.id } },
      ])
    },
  )

  test('of words that did not reach the resident sends them anew', async () => {
    const one = await room.holder('Анна')
    const message = await one.says('Долк')
    await stateOf('failed')
    await edits(one, message, 'Долг')
    expect((await room.toHim())[1]?.body).toEqual({ kind: 'words', text: { text: 'Долг', spans: [] }, files: [] })
  })

  test.each([
    [
      'of a closed chat',
      async (one: Person) => void (await one.presses(`close:${room.he.id}`)),
      'Долг',
      'desk.handle.edit.closed',
    ],
    [
      'of a chat put back',
      async (one: Person) => void (await one.presses(`queue:${room.he.id}`)),
      'Долг',
      'desk.handle.edit.notYours',
    ],
    ['into a note', async () => {}, '// Долг', 'desk.handle.edit.noNote'],
    ['into a command', async () => {}, '/q срок', 'desk.handle.edit.noCommand'],
  ])('%s is refused with a reason', async (_, before, said, key) => {
    const one = await room.holder('Анна')
    const message = await one.says('Долк')
    await stateOf('shown')
    await before(one)
    await edits(one, message, said)
    expect(await room.toHim()).toHaveLength(1)
    expect(await room.lastSaid()).toMatchObject({ key, repliesTo: message })
  })

  test('of a note room.changes the note, and one of another’s words nothing', async () => {
    const one = await room.holder('Анна')
    const message = await one.says('// раз')
    await edits(one, message, '// два')
    await edits(await room.consultant('Борис'), message, '// три')
    expect((await room.notes()).map(({ body }) => body.text)).toEqual([{ text: 'два', spans: [] }])
  })
})
