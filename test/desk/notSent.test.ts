import { describe, expect, test } from 'vitest'
import { photo, Room } from './room.ts'

const room = new Room()

describe('a second person in a taken topic', () => {
  test('is stopped: his words are a note, and he reads whose chat it is', async () => {
    await room.holder('Анна')
    const second = await room.consultant('Борис')
    const message = await second.says('А у нас акция!')
    expect(await room.toHim()).toEqual([])
    expect(await room.notes()).toMatchObject([{ by: second.id, body: { text: { text: 'А у нас акция!' } } }])
    expect(await room.lastSaid()).toMatchObject({ whole: expect.stringContaining('Анна'), repliesTo: message })
    expect((await room.lastSaid()).buttons).toBeUndefined()
  })

  test('who is a supervisor can take it over', async () => {
    const first = await room.holder('Анна')
    const chief = await room.supervisor()
    await chief.says('Я сама')
    const token = (await room.lastSaid()).buttons?.[0]?.[0]?.token ?? ''
    expect(await (await room.consultant('Борис')).presses(token)).toMatchObject({ alert: true })
    expect(await chief.presses(token)).not.toHaveProperty('alert')
    expect(await room.handOff()).toMatchObject({ takenBy: chief.id })
    await first.says('А я?')
    expect((await room.lastSaid()).whole).toContain('Главная')
  })

  test('is told once of an album', async () => {
    await room.holder('Анна')
    const second = await room.consultant('Борис')
    const before = (await room.posts()).length
    for (const message of ['1', '2', '3']) await second.does({ kind: 'files', files: [photo], message, album: 'b' })
    expect(await room.notes()).toHaveLength(3)
    expect(await room.posts()).toHaveLength(before + 1)
  })
})

describe('words in a topic that nobody has taken', () => {
  test('are sent by «Беру и отправить», after the resident is told with whom he talks, once', async () => {
    const one = await room.consultant('Анна')
    const [first, second] = [await one.says('Добрый день'), await one.says('Смотрю')]
    expect(await room.notes()).toHaveLength(2)
    const offers = (await room.posts()).filter(({ kind }) => kind === 'say')
    expect(offers.map(({ repliesTo }) => repliesTo)).toEqual([first, second])
    const tokens = offers.map(({ buttons }) => buttons?.[0]?.[0]?.token ?? '')
    expect(await one.presses(tokens[0] ?? '')).not.toHaveProperty('alert')
    expect(
      (await room.staff.lines(room.he.id)).filter(({ state }) => state === 'pending').map(({ body }) => body.kind),
    ).toEqual(['taken', 'words'])
    expect(await one.presses(tokens[0] ?? '')).toMatchObject({ alert: true })
    await one.presses(tokens[1] ?? '')
    expect(await room.toHim()).toMatchObject([
      { body: { text: { text: 'Добрый день' } } },
      { body: { text: { text: 'Смотрю' } } },
    ])
    expect(await room.notes()).toEqual([])
  })

  test('stay a note when another one was quicker, and nobody sends another’s', async () => {
    const [one, other] = [await room.consultant('Анна'), await room.consultant('Борис')]
    await one.says('Добрый день')
    const token = (await room.lastSaid()).buttons?.[0]?.[0]?.token ?? ''
    expect(await other.presses(token)).toMatchObject({ alert: true })
    await other.presses(`take:${room.he.id}`)
    expect(await one.presses(token)).toMatchObject({ alert: true, toast: expect.stringContaining('Борис') })
    expect(await room.toHim()).toEqual([])
    expect(await room.notes()).toHaveLength(1)
  })

  test('are sent as the album they are', async () => {
    const one = await room.consultant('Анна')
    for (const message of ['1', '2']) await one.does({ kind: 'files', files: [photo], message, album: 'c' })
    await one.presses((await room.lastSaid()).buttons?.[0]?.[0]?.token ?? '')
    expect(await room.toHim()).toMatchObject([{ body: { album: 'c' } }, { body: { album: 'c' } }])
  })
})

describe('words in a topic that is closed', () => {
  test('are sent by «Открыть снова и отправить» within a day', async () => {
    const one = await room.holder('Анна')
    await one.presses(`close:${room.he.id}`)
    await one.says('Забыла сказать')
    const { key, buttons } = await room.lastSaid()
    expect(key).toBe('desk.handle.notSentClosed')
    expect(await one.presses(buttons?.[0]?.[0]?.token ?? '')).not.toHaveProperty('alert')
    expect(await room.handOff()).toMatchObject({ state: 'taken', takenBy: one.id })
    expect(await room.toHim()).toMatchObject([{ body: { text: { text: 'Забыла сказать' } } }])
  })

  test('do not open it for somebody who has no room', async () => {
    const one = await room.holder('Анна', { mostChats: 1 })
    await one.presses(`close:${room.he.id}`)
    await one.says('Забыла сказать')
    const token = (await room.lastSaid()).buttons?.[0]?.[0]?.token ?? ''
    const other = await room.staff.waiting()
    await one.presses(`take:${other.id}`)
    expect(await one.presses(token)).toMatchObject({ alert: true })
    expect(await room.handOff()).toMatchObject({ state: 'closed' })
    expect(await room.notes()).toHaveLength(1)
  })

  test('are only kept after a day, and when the resident is there no more', async () => {
    const one = await room.holder('Анна')
    await one.presses(`close:${room.he.id}`)
    room.clock.set('2026-11-11T07:00:01Z')
    await one.says('Забыла сказать')
    expect(await room.lastSaid()).toMatchObject({ key: 'desk.handle.over' })
    expect((await room.lastSaid()).buttons).toBeUndefined()
    await room.staff.sql('gone', 'UPDATE hand_off SET resident_id = NULL WHERE id = $1', [room.he.id])
    await one.says('Ау')
    expect((await room.lastSaid()).key).toBe('desk.handle.residentGone')
  })
})
