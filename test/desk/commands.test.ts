import { describe, expect, test } from 'vitest'
import { forum, type Person, Room } from './room.ts'

const room = new Room()

describe('commands', () => {
  test('«на смене» and «смена окончена» say what there is to say', async () => {
    const one = await room.consultant('Анна', { onShift: false })
    await one.says('на смене', { thread: null })
    expect((await room.lastInGeneral()).key).toBe('desk.handle.shift.begun')
    await one.says('смена', { thread: null })
    expect((await room.lastInGeneral()).whole).toContain('Анна: чатов 0 из 8')
    await one.presses(`take:${room.he.id}`)
    await one.says('/off', { thread: null })
    expect((await room.lastInGeneral()).whole).toContain('1 чат')
    expect(await room.handOff()).toMatchObject({ state: 'taken', takenBy: one.id })
    await one.says('/shift', { thread: null })
    expect((await room.lastInGeneral()).key).toBe('desk.handle.shift.nobody')
  })

  test.each([
    ['/take', 'taken'],
    ['/беру', 'taken'],
  ])('«%s» does as the button', async (said, state) => {
    await (await room.consultant('Анна')).says(said)
    expect(await room.handOff()).toMatchObject({ state })
  })

  test.each([
    ['/back', 'waiting'],
    ['/queue-back', 'waiting'],
    ['/в очередь', 'waiting'],
    ['/close', 'closed'],
  ])('«%s» of the holder does as the button', async (said, state) => {
    await (await room.holder('Анна')).says(said)
    expect(await room.handOff()).toMatchObject({ state })
  })

  test.each(['/back', '/close', '/hold 15', '/lead readings'])('«%s» is told in the topic once', async (said) => {
    const one = await room.holder('Анна')
    const before = (await room.posts()).length
    await one.says(said)
    const posts = (await room.posts()).slice(before)
    expect(posts.filter(({ kind }) => kind === 'say')).toHaveLength(1)
  })

  test('/queue and /mine list with numbers and how long', async () => {
    const one = await room.holder('Анна')
    const mine = await room.handOff()
    room.clock.set('2026-11-10T07:12:00Z')
    const other = await room.staff.waiting()
    const { number } = await room.staff.handOff(other.id)
    room.clock.set('2026-11-10T07:20:00Z')
    await one.says('/queue', { thread: null })
    expect((await room.lastInGeneral()).links).toEqual([`https://forum.example/${forum}/${other.thread}/`])
    expect((await room.lastInGeneral()).whole).toMatch(new RegExp(`№ ${number} · Начисления · ждёт [78] мин`))
    await one.says('мои', { thread: null })
    expect((await room.lastInGeneral()).whole).toMatch(
      new RegExp(`№ ${mine.number} · Начисления · ждёт ответа (19|20) мин`),
    )
  })

  test('/today tells of his own day, and /stats of everybody’s only to supervisors', async () => {
    const one = await room.holder('Анна')
    await one.presses(`close:${room.he.id}`)
    await room.staff.sql('rated', 'UPDATE hand_off SET rating = 4 WHERE id = $1', [room.he.id])
    await one.says('сегодня', { thread: null })
    expect((await room.lastInGeneral()).whole).toBe('Сегодня\nВзято чатов: 1\nЗакрыто: 1\nОценка: 4,0 (1 житель)')
    await one.says('/stats', { thread: null })
    expect((await room.lastInGeneral()).key).toBe('desk.handle.onlySupervisors')
    await (await room.supervisor()).says('итоги', { thread: null })
    expect((await room.lastInGeneral()).key).toBe('desk.report.day')
  })

  test('/help names every command; those for a topic say that they are', async () => {
    const one = await room.consultant('Анна')
    await one.says('/help', { thread: null })
    const { whole } = await room.lastInGeneral()
    for (const command of ['/on', '/off', '/queue', '/mine', '/today', '/q', '/take', '/close', '/back', '/hold', '//'])
      expect(whole).toContain(command)
    expect(whole).not.toContain('/stats')
    await one.says('/take', { thread: null })
    expect((await room.lastInGeneral()).key).toBe('desk.handle.notHere')
  })
})

describe('canned replies', () => {
  test('are kept by supervisors, with fields that there are', async () => {
    const [one, chief] = [await room.consultant('Анна'), await room.supervisor()]
    const says = async (who: Person, said: string) => {
      await who.says(said, { thread: null })
      return (await room.lastInGeneral()).key
    }
    expect(await says(one, '/q+ срок Ответим')).toBe('desk.handle.onlySupervisors')
    expect(await says(chief, '/q+ срок')).toBe('desk.handle.canned.howToKeep')
    expect(await says(chief, '/q+ срок Ответим {{когда}}')).toBe('desk.handle.canned.badField')
    expect(await says(chief, '/q+ Срок Ответим {{date}} к {{hours}}')).toBe('desk.handle.canned.kept')
    await one.says('/q', { thread: null })
    expect((await room.lastInGeneral()).whole).toContain('срок: Ответим')
    expect(await says(chief, '/q- срок')).toBe('desk.handle.canned.removed')
    expect(await says(chief, '/q- срок')).toBe('desk.handle.canned.unknown')
  })

  test('are sent by the holder, filled in, with what he adds', async () => {
    const chief = await room.supervisor()
    await chief.says('/q+ привет Здравствуйте, {{name}}! Это {{consultant}}, № {{number}}, {{hours}}, {{date}}.', {
      thread: null,
    })
    const one = await room.holder('Анна')
    const message = await one.says('/q Привет Слушаю вас')
    const { number } = await room.handOff()
    const said = `Здравствуйте! Это Анна, № ${number}, 8:00–20:00, 10 ноября 2026.\n\nСлушаю вас`
    expect((await room.toHim()).map(({ body }) => body.text)).toEqual([{ text: said, spans: [] }])
    expect(await room.lastSaid()).toMatchObject({ key: 'desk.handle.canned.said', repliesTo: message })
    await one.says('/q нет')
    expect((await room.lastSaid()).key).toBe('desk.handle.canned.unknown')
    expect(await room.toHim()).toHaveLength(1)
  })

  test('of somebody else are stopped as his words are', async () => {
    const chief = await room.supervisor()
    await chief.says('/q+ привет Здравствуйте!', { thread: null })
    await room.holder('Анна')
    await (await room.consultant('Борис')).says('/q привет')
    expect(await room.toHim()).toEqual([])
    expect((await room.lastSaid()).key).toBe('desk.handle.stopped')
  })
})
