import { expect, test } from 'vitest'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { desk, eachWithSandbox, telegram } from './running.ts'

const second = { ...staffForum, id: -1_001_234_567_002, title: 'Вторая смена' }
const running = eachWithSandbox({ forums: [staffForum, second], groupLimit: { messages: 3, windowMs: 60_000 } })
const say = (chat_id = staffForum.id) => desk(running.sandbox.url, 'sendMessage', { chat_id, text: 'x' })
const album = (count: number) =>
  desk(running.sandbox.url, 'sendMediaGroup', {
    chat_id: staffForum.id,
    media: Array.from({ length: count }, () => ({ type: 'photo', media: 'AgAC-1-f1-y' })),
  })

test('more messages than fit into the window are refused with the time to wait; each group counts by itself', async () => {
  for (const _ of [1, 2, 3]) expect((await say()).ok).toBe(true)
  const refused = await say()
  const { retry_after } = refused.parameters ?? { retry_after: 0 }
  expect(refused).toEqual({
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${retry_after}`,
    parameters: { retry_after },
  })
  expect(retry_after).toBeGreaterThan(50)
  expect(retry_after).toBeLessThanOrEqual(60)
  expect((await say(second.id)).ok).toBe(true)
  expect(await running.hand.forum().rate()).toEqual({
    ...{ messages: 3, windowMs: 60_000, enforced: true },
    ...{ sent: 3, refused: 1, inWindow: 3, mostInWindow: 3 },
  })
  expect(await running.hand.forum(second.id).rate()).toMatchObject({ sent: 1, refused: 0 })
  expect(await running.hand.violations()).toEqual([])
})

test('an album counts every picture, and is refused whole', async () => {
  await say()
  await say()
  expect((await album(2)).error_code).toBe(429)
  expect(await running.hand.forum().rate()).toMatchObject({ sent: 2, refused: 1 })
})

test('the window moves on', async () => {
  await running.hand.groupLimit({ windowMs: 1 })
  for (const _ of [1, 2, 3]) await say()
  while ((await running.hand.forum().rate()).inWindow > 0) await Promise.resolve()
  expect((await say()).ok).toBe(true)
})

test('neither edits, topics nor private chats are counted, nor what people write', async () => {
  const { result } = await desk<{ message_id: number }>(running.sandbox.url, 'sendMessage', {
    chat_id: staffForum.id,
    text: 'x',
  })
  for (const text of ['1', '2', '3', '4']) {
    const edited = { chat_id: staffForum.id, message_id: result.message_id, text }
    expect((await desk(running.sandbox.url, 'editMessageText', edited)).ok).toBe(true)
    await desk(running.sandbox.url, 'createForumTopic', { chat_id: staffForum.id, name: text })
    await running.hand.staff(staffPeople.supervisor.id).say(text)
  }
  await running.hand.resident('telegram', 1).start()
  for (const text of ['1', '2', '3', '4'])
    expect((await telegram(running.sandbox.url, 'sendMessage', { chat_id: 5_551_000_001, text })).ok).toBe(true)
  expect(await running.hand.forum().rate()).toMatchObject({ sent: 1, refused: 0 })
})

test('it can be only counted', async () => {
  await running.hand.groupLimit({ enforced: false })
  for (const _ of [1, 2, 3, 4, 5]) expect((await say()).ok).toBe(true)
  expect(await running.hand.forum().rate()).toMatchObject({ sent: 5, refused: 0, mostInWindow: 5 })
})

test('several forums are apart', async () => {
  expect(await running.hand.forums()).toEqual([staffForum, second].map(({ id, title }) => ({ id, title })))
  const { supervisor } = staffPeople
  const topic = await running.hand.staff(supervisor.id, second.id).createTopic('Вечер')
  expect(await running.hand.forum().topic('Вечер')).toBeUndefined()
  expect(await running.hand.forum(second.id).topic('Вечер')).toMatchObject({ id: topic })
})
