import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hold } from '../../src/desk/transitions/hold.ts'
import { consultantSpoke, residentSpoke } from '../../src/desk/transitions/spoke.ts'
import { takeFromInbox } from '../../src/desk/transitions/take.ts'
import type { Waiting } from './staff.ts'
import { rules, type Ticking, tickingDesk } from './ticking.ts'

let desk: Ticking
beforeAll(async () => {
  desk = await tickingDesk()
})
afterAll(() => desk.fresh.drop())
beforeEach(() => desk.empty())

/** A talk that Анна has taken at a moment. */
async function talk(moment: string): Promise<Waiting> {
  desk.set(moment)
  await desk.staff.consultant('1', { name: 'Анна' })
  const he = await desk.staff.waiting()
  await desk.take(he, '1')
  return he
}
const he = (one: Waiting) => desk.staff.handOff(one.id)
const residentWrites = (one: Waiting) =>
  desk.staff.inOne((sql) => residentSpoke(sql, { handOff: one.id, chat: one.chat, now: desk.clock.now(), rules }))
const consultantWrites = (one: Waiting) =>
  desk.staff.inOne((sql) => consultantSpoke(sql, { handOff: one, now: desk.clock.now(), rules }))
const reminder = {
  text: 'Житель ждёт вашего ответа. Через 5 минут без ответа чат вернётся в очередь.',
  mentions: ['1'],
}

describe('without an answer', () => {
  test('the holder is reminded after five minutes, once, and after ten the resident is back in the queue, not for him', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await desk.at('2026-11-28T12:04:58')
    expect(await desk.said(one)).toEqual([])
    await desk.at('2026-11-28T12:05:01')
    await desk.tick()
    await desk.at('2026-11-28T12:10:00')
    expect(await desk.said(one)).toEqual([reminder])
    expect(await he(one)).toMatchObject({ state: 'taken' })
    await desk.at('2026-11-28T12:10:03')
    await desk.tick()
    expect(await he(one)).toMatchObject({ state: 'waiting', takenBy: null, refusedBy: ['1'] })
    expect(await desk.told(one)).toEqual(['taken', 'queued'])
    expect(await desk.staff.takes(one.id)).toEqual([{ by: '1', ended: 'silent' }])
  })

  test('more words of the resident do not make him wait anew', async () => {
    const one = await talk('2026-11-28T12:00:00')
    desk.set('2026-11-28T12:01:00')
    await consultantWrites(one)
    desk.set('2026-11-28T12:02:00')
    await residentWrites(one)
    await desk.at('2026-11-28T12:06:00')
    await residentWrites(one)
    await desk.at('2026-11-28T12:06:58')
    expect(await desk.said(one)).toEqual([])
    await desk.at('2026-11-28T12:07:01')
    expect(await desk.said(one)).toEqual([reminder])
  })

  test('an answer after the reminder keeps the chat with whoever gives it', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await desk.at('2026-11-28T12:05:01')
    desk.set('2026-11-28T12:09:00')
    await consultantWrites(one)
    await desk.at('2026-11-28T12:11:00')
    expect(await he(one)).toMatchObject({ state: 'taken', takenBy: '1' })
  })

  test('nobody is reminded in a pause, and the time begins with the opening', async () => {
    const one = await talk('2026-11-30T11:58:00')
    for (const moment of ['12:03:01', '12:30:00', '13:00:00', '13:04:58']) await desk.at(`2026-11-30T${moment}`)
    expect(await desk.said(one)).toEqual([])
    expect(await he(one)).toMatchObject({ state: 'taken' })
    await desk.at('2026-11-30T13:05:01')
    expect(await desk.said(one)).toEqual([reminder])
  })

  test('whoever was reminded just before a pause is reminded anew after it', async () => {
    const one = await talk('2026-11-30T11:54:00')
    await desk.at('2026-11-30T11:59:01')
    for (const moment of ['12:05:00', '13:00:00', '13:04:58']) await desk.at(`2026-11-30T${moment}`)
    expect(await he(one)).toMatchObject({ state: 'taken' })
    await desk.at('2026-11-30T13:05:01')
    expect(await desk.said(one)).toEqual([reminder, reminder])
    await desk.at('2026-11-30T13:10:03')
    expect(await he(one)).toMatchObject({ state: 'waiting', refusedBy: ['1'] })
  })

  test('a process that was away reminds first', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await desk.at('2026-11-28T12:40:00')
    await desk.tick()
    expect(await he(one)).toMatchObject({ state: 'taken' })
    expect(await desk.said(one)).toEqual([reminder])
  })

  test('an administrator of the inbox is mentioned nowhere, and the resident goes back into the queue', async () => {
    desk.set('2026-11-28T12:00:00')
    const one = await desk.staff.waiting()
    await desk.staff.inOne((sql) => takeFromInbox(sql, { handOff: one.id, admin: '77', now: desk.clock.now(), rules }))
    await desk.at('2026-11-28T12:05:01')
    expect(await desk.said(one)).toEqual([{ ...reminder, mentions: [] }])
    await desk.at('2026-11-28T12:10:03')
    expect(await he(one)).toMatchObject({ state: 'waiting', refusedBy: ['vk:77'] })
  })
})

describe('a resident who is silent', () => {
  test('is asked gently after twenty minutes and the talk is closed five minutes later', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await consultantWrites(one)
    await desk.at('2026-11-28T12:19:58')
    expect(await desk.told(one)).toEqual(['taken'])
    await desk.at('2026-11-28T12:20:01')
    await desk.tick()
    const question = 'Мы ответили на ваш вопрос? Если остались вопросы, просто напишите, консультант ещё здесь.'
    expect(await desk.told(one)).toEqual(['taken', question])
    await desk.at('2026-11-28T12:24:58')
    expect(await he(one)).toMatchObject({ state: 'taken' })
    await desk.at('2026-11-28T12:25:03')
    expect(await he(one)).toMatchObject({ state: 'closed' })
    expect(await desk.told(one)).toEqual(['taken', question, 'closed'])
  })

  test('is asked in his own language', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await desk.staff.sql(
      'english',
      `UPDATE conversation SET state = jsonb_set(state, '{language}', '"en"') WHERE chat = $1`,
      [one.chat],
    )
    await consultantWrites(one)
    await desk.at('2026-11-28T12:20:01')
    expect((await desk.told(one)).at(-1)).toMatch(/^Did we answer/)
  })

  test('and answers after all is waited for anew, and his words want an answer', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await consultantWrites(one)
    await desk.at('2026-11-28T12:20:01')
    desk.set('2026-11-28T12:22:00')
    await residentWrites(one)
    await desk.at('2026-11-28T12:25:03')
    expect(await he(one)).toMatchObject({ state: 'taken' })
    await desk.at('2026-11-28T12:27:01')
    expect((await desk.said(one)).at(-1)).toEqual(reminder)
  })
})

describe('a chat that was put off', () => {
  const putOff = async (one: Waiting, until: string) =>
    desk.staff.inOne((sql) =>
      hold(sql, {
        ...{ handOff: one.id, now: desk.clock.now(), until: new Date(`${until}+05:00`) },
        by: { id: '1', name: 'Анна', role: 'consultant', mostChats: null, onShift: null },
      }),
    )

  test('is before its holder again when the time has come, and he is called', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await putOff(one, '2026-11-28T15:00:00')
    await desk.at('2026-11-28T14:59:58')
    expect(await he(one)).toMatchObject({ state: 'on_hold' })
    await desk.at('2026-11-28T15:00:00')
    await desk.tick()
    expect(await he(one)).toMatchObject({ state: 'taken', takenBy: '1' })
    expect((await desk.said(one)).slice(1)).toEqual([
      { text: 'Вы откладывали этот чат до этого времени.', mentions: ['1'] },
    ])
  })

  test('comes back at the opening when that time is at night', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await putOff(one, '2026-11-28T21:00:00')
    for (const moment of ['2026-11-28T20:30:00', '2026-11-28T21:00:01', '2026-11-29T07:59:58']) await desk.at(moment)
    expect(await he(one)).toMatchObject({ state: 'on_hold' })
    await desk.at('2026-11-29T08:00:00')
    expect(await he(one)).toMatchObject({ state: 'taken', takenBy: '1' })
  })

  test('goes into the queue when its holder is a consultant no more', async () => {
    const one = await talk('2026-11-28T12:00:00')
    await putOff(one, '2026-11-28T15:00:00')
    await desk.staff.sql('removed', 'UPDATE consultant SET removed_at = $1', [desk.clock.now()])
    await desk.tick()
    expect(await he(one)).toMatchObject({ state: 'waiting', refusedBy: ['1'] })
    expect(await desk.staff.takes(one.id)).toEqual([{ by: '1', ended: 'gone' }])
  })
})
