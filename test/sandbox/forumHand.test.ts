import { expect, test } from 'vitest'
import type { TelegramMessage, Update } from '../../bots/sandbox/telegram/shapes.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { desk, eachWithSandbox, telegram } from './running.ts'

const running = eachWithSandbox()
const bot = staffForum.botId
const say = (text: string, more: object = {}) =>
  desk<TelegramMessage>(running.sandbox.url, 'sendMessage', { chat_id: staffForum.id, text, ...more })
const updates = async (params: object = {}) => (await desk<Update[]>(running.sandbox.url, 'getUpdates', params)).result
const texts = (told: Update[]) => told.map((one) => one.message?.text)
const consultant = (at = 0) => running.hand.staff(staffPeople.consultants[at]?.id ?? 0)
const take = { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] }

test('the staff is known by fixed numbers, apart from residents', async () => {
  const staff = await running.hand.staffPeople()
  expect(staff.map(({ telegramId, role }) => [telegramId, role])).toEqual([
    ...[5_552_000_001, 5_552_000_002, 5_552_000_003, 5_552_000_004].map((id) => [id, 'consultant']),
    [5_552_000_005, 'supervisor'],
    [5_552_000_006, 'stranger'],
  ])
  expect(staff).toEqual([...staffPeople.consultants, staffPeople.supervisor, staffPeople.stranger])
  const residents = await running.hand.people()
  expect(residents.filter((one) => staff.some(({ id }) => id === one.id))).toEqual([])
  expect((await running.hand.forum().see()).members.map((one) => one.id)).toEqual(staff.map((one) => one.id))
})

test('a page that listens is told that the forum has changed, and may wait for it', async () => {
  const aborting = new AbortController()
  const response = await fetch(`${running.sandbox.url}/sandbox/events`, { signal: aborting.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const waiting = running.hand.forum().waitForTopic('Новая')
  await consultant().createTopic('Новая')
  let heard = ''
  while (!heard.includes('"kind":"forum"')) heard += (await reader?.read())?.value ?? ''
  expect(heard).toContain(`{"kind":"forum","messenger":"telegram","forum":${staffForum.id}}`)
  expect((await waiting).name).toBe('Новая')
  aborting.abort()
})

test('a reply in General opens a thread that is no topic', async () => {
  const { result } = await say('кто сегодня?')
  await consultant().say('я', { replyTo: String(result.message_id) })
  const [update] = await updates()
  expect(update?.message).toMatchObject({
    message_thread_id: result.message_id,
    reply_to_message: { message_id: result.message_id },
  })
  expect(update?.message).not.toHaveProperty('is_topic_message')
  const [general] = (await running.hand.forum().see()).topics
  expect(general?.messages.map((one) => one.text)).toEqual(['кто сегодня?', 'я'])
})

test('a button is found by its label in the newest message, in a topic or under a message, and pressed when gone', async () => {
  const topic = await consultant().createTopic('Анна')
  const first = await say('раз', { message_thread_id: topic, reply_markup: take })
  const second = await say('два', { reply_markup: take })
  await consultant().press('Взять')
  await consultant().press('Взять', { topic })
  const [one, two] = [first.result.message_id, second.result.message_id]
  await desk(running.sandbox.url, 'deleteMessage', { chat_id: staffForum.id, message_id: two })
  await consultant(1).pressToken('take', { message: String(two) })
  const presses = (await updates()).flatMap((update) => update.callback_query ?? [])
  expect(presses.map(({ message }) => [message.message_id, message.date > 0])).toEqual([
    [two, true],
    [one, true],
    [two, false],
  ])
  expect(presses.map(({ from }) => from.id)).toEqual([5_552_000_001, 5_552_000_001, 5_552_000_002])
  await expect(consultant().press('Взять', { topic: 1 })).rejects.toThrow('no button')
})

test('only his own message is edited or erased, and only what is there is answered', async () => {
  const message = await consultant().say('моё')
  await expect(consultant(1).edit(message, 'его')).rejects.toThrow('not a message of his own')
  await expect(consultant(1).erase(message)).rejects.toThrow('not a message of his own')
  await consultant().erase(message)
  await expect(consultant(1).say('ответ', { replyTo: message })).rejects.toThrow('no such message')
  await expect(consultant().say('x', { topic: 999 })).rejects.toThrow('no such topic')
})

test('closing what is closed and deleting a topic tell nobody anything', async () => {
  const topic = await consultant().createTopic('Анна')
  await consultant().closeTopic(topic)
  await consultant().closeTopic(topic)
  await consultant().deleteTopic(topic)
  await expect(consultant().deleteTopic(topic)).rejects.toThrow('no such topic')
  expect((await updates()).map(({ message }) => Object.keys(message ?? {}).at(-1))).toEqual([
    'forum_topic_created',
    'forum_topic_closed',
  ])
})

test('updates of the desk’s bot are held, let go in reverse and repeated as those of the residents’ one', async () => {
  await running.hand.hold('telegram')
  await consultant().say('раз')
  await consultant().say('два')
  expect(await updates()).toEqual([])
  const waiting = updates({ timeout: 30 })
  await running.hand.release('telegram', { reversed: true, bot })
  const told = await waiting
  expect(texts(told)).toEqual(['два', 'раз'])
  await updates({ offset: Math.max(...told.map((one) => one.update_id)) + 1 })
  await running.hand.repeatUpdates('telegram', 1, bot)
  expect(texts(await updates())).toEqual(['раз'])
})

test('calls are told apart by the bot', async () => {
  await say('x')
  await telegram(running.sandbox.url, 'getMe')
  expect((await running.hand.calls({ bot })).map((one) => one.method)).toEqual(['sendMessage'])
  expect((await running.hand.calls({ messenger: 'telegram' })).map((one) => one.bot)).toEqual([bot, 7_000_000_001])
})
