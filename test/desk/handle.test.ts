import { describe, expect, test } from 'vitest'
import type { StaffInput } from '../../src/desk/channel.ts'
import { closeHandOff } from '../../src/desk/transitions/closeHandOff.ts'
import { forum, photo, Room } from './room.ts'

const room = new Room()

describe('whoever is no consultant', () => {
  test.each([
    ['a stranger', () => room.person('1', 'Чужой'), 'desk.handle.stranger'],
    ['an anonymous administrator', () => room.person('2', 'Группа', true), 'desk.handle.anonymous'],
  ])('%s presses and writes in vain, and is told so once', async (_, who, key) => {
    const stranger = who()
    expect(await stranger.presses(`take:${room.he.id}`)).toMatchObject({
      alert: true,
      toast: expect.stringMatching(/./),
    })
    await stranger.says('Здравствуйте, чем помочь?')
    await stranger.says('/close')
    await stranger.does({ kind: 'files', files: [photo], message: '7' })
    expect((await room.posts()).map(({ text }) => text?.key)).toEqual([key])
    expect(await room.staff.lines(room.he.id)).toEqual([])
    expect(await room.handOff()).toMatchObject({ state: 'waiting' })
  })

  test('one who was removed is a stranger, and an anonymous consultant is nobody', async () => {
    const gone = await room.consultant('Была')
    await room.staff.sql('removed', 'UPDATE consultant SET removed_at = $2 WHERE id = $1', [gone.id, room.clock.now()])
    expect(await gone.presses(`take:${room.he.id}`)).toMatchObject({ alert: true })
    const one = await room.consultant('Анна')
    expect(await room.person(one.id, 'Анна', true).presses(`take:${room.he.id}`)).toMatchObject({ alert: true })
    expect(await room.handOff()).toMatchObject({ state: 'waiting' })
  })

  test('what strangers say among themselves in the general topic is their own matter', async () => {
    const before = await room.staff.sql('count', 'SELECT 1 FROM desk_post WHERE forum IS NOT NULL', [])
    await room.person('3', 'Чужой').says('привет', { thread: null })
    expect(await room.staff.sql('count', 'SELECT 1 FROM desk_post WHERE forum IS NOT NULL', [])).toHaveLength(
      before.length,
    )
  })

  test('who comes in is named to supervisors with his id, once', async () => {
    await room.person('4711', 'Новая').does({ kind: 'joined' }, { thread: null })
    expect((await room.lastInGeneral()).whole).toContain('erc consultant add 4711')
  })
})

describe('an event', () => {
  test('that comes twice is done once', async () => {
    const one = await room.holder('Анна')
    const input: StaffInput = { kind: 'text', text: { text: 'Добрый день', spans: [] }, message: '77' }
    await one.does(input, { event: 'desk:twice' })
    await one.does(input, { event: 'desk:twice' })
    expect(await room.toHim()).toHaveLength(1)
  })

  test('wakes whoever delivers, after it is kept', async () => {
    const before = room.changes
    await room.holder('Анна')
    expect(room.changes).toBe(before + 1)
  })

  test('of lost and returned room.rights is told to whoever watches over us', async () => {
    const one = await room.consultant('Анна')
    await one.does({ kind: 'rights', may: false }, { thread: null })
    await one.does({ kind: 'rights', may: true }, { thread: null })
    expect(room.rights).toEqual([
      { forum, may: false },
      { forum, may: true },
    ])
  })

  test('in a topic of the staff’s own is none of our business', async () => {
    const one = await room.consultant('Анна')
    const before = await room.staff.sql('all', 'SELECT 1 FROM desk_post', [])
    await one.says('обед?', { thread: '999999' })
    await one.says('// себе', { thread: '999999' })
    await one.does({ kind: 'closed' }, { thread: '999999' })
    await one.does({ kind: 'unsupported', message: '5' }, { thread: '999999' })
    expect(await room.staff.sql('all', 'SELECT 1 FROM desk_post', [])).toHaveLength(before.length)
  })
})

test('whoever leaves the group leaves his residents to the queue, and supervisors are told', async () => {
  const one = await room.holder('Анна')
  const first = room.he
  await room.another()
  await one.presses(`take:${room.he.id}`)
  await one.presses(`hold:${room.he.id}:60`)
  const chief = await room.supervisor()
  await one.does({ kind: 'left' }, { thread: null })
  for (const { id } of [first, room.he])
    expect(await room.staff.handOff(id)).toMatchObject({ state: 'waiting', refusedBy: [one.id] })
  const said = await room.lastInGeneral()
  expect(said.whole).toContain('2 чата')
  expect(said.mentions).toContain(chief.id)
  expect(
    await room.staff.sql('shift', 'SELECT 1 FROM consultant WHERE id = $1 AND shift_since IS NOT NULL', [one.id]),
  ).toEqual([])
})

describe('a topic closed by hand', () => {
  test.each([
    ['by the holder is the end of the chat', () => room.holder('Анна'), 'closed', 'close'],
    ['by a supervisor is the end of the chat', () => room.supervisor(), 'closed', 'close'],
    ['by another one is opened again', () => room.consultant('Борис'), 'waiting', 'say'],
    ['by a stranger is opened again', async () => room.person('8', 'Чужой'), 'waiting', 'say'],
  ])('%s', async (_, who, state, act) => {
    const one = await who()
    await one.does({ kind: 'closed' })
    expect(await room.handOff()).toMatchObject({ state })
    const kinds = (await room.posts()).map(({ kind }) => kind)
    expect(kinds.at(-1)).toBe(act)
    expect(kinds.includes('reopen')).toBe(state === 'waiting')
  })

  test('and opened again by a consultant is in the queue again; after a day it stays closed', async () => {
    const one = await room.holder('Анна')
    await one.does({ kind: 'closed' })
    await room.person('8', 'Чужой').does({ kind: 'reopened' })
    expect(await room.handOff()).toMatchObject({ state: 'closed' })
    expect((await room.posts()).at(-1)?.kind).toBe('close')
    await one.does({ kind: 'reopened' })
    expect(await room.handOff()).toMatchObject({ state: 'waiting' })
    await room.staff.inOne((sql) => closeHandOff(sql, { handOff: room.he.id, by: 'clock', now: room.clock.now() }))
    room.clock.set('2026-11-12T07:00:00Z')
    await one.does({ kind: 'reopened' })
    expect(await room.handOff()).toMatchObject({ state: 'closed' })
    expect((await room.lastSaid()).key).toBe('desk.handle.refused.late')
  })
})
