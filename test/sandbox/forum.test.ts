import { describe, expect, test } from 'vitest'
import { checkTelegramType } from '../../bots/sandbox/check/telegramTypes.ts'
import type { TelegramMessage, Update } from '../../bots/sandbox/telegram/shapes.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { desk, eachWithSandbox, telegram } from './running.ts'

const running = eachWithSandbox()
const chat_id = staffForum.id
const [irina, oleg] = staffPeople.consultants
const call = <Result>(method: string, params: object = {}) =>
  desk<Result>(running.sandbox.url, method, { chat_id, ...params })
const say = (text: string, more: object = {}) => call<TelegramMessage>('sendMessage', { text, ...more })
const refusal = async (method: string, params: object = {}) => (await call(method, params)).description
const createTopic = async (name = 'Анна · Телеграм') =>
  (await call<{ message_thread_id: number }>('createForumTopic', { name })).result.message_thread_id
const updates = async (params: object = {}) => (await desk<Update[]>(running.sandbox.url, 'getUpdates', params)).result
const supervisor = () => running.hand.staff(staffPeople.supervisor.id)
const consultant = () => running.hand.staff(irina?.id ?? 0)
const forum = () => running.hand.forum()

describe('topics', () => {
  test('hold what a bot sends to them; without a thread it stands in General', async () => {
    const topic = await createTopic()
    const inTopic = await say('Вопрос жильца', { message_thread_id: topic })
    const inGeneral = await say('Смена начата')
    expect(inTopic.result).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
      reply_to_message: { message_id: topic, forum_topic_created: { name: 'Анна · Телеграм' } },
      chat: { id: chat_id, is_forum: true },
    })
    expect(inGeneral.result).not.toHaveProperty('message_thread_id')
    expect(checkTelegramType('Array of Message', [inTopic.result, inGeneral.result])).toEqual([])
    const seen = await forum().see()
    expect(seen.topics.map(({ name, messages }) => [name, messages.map((one) => one.service ?? one.text)])).toEqual([
      ['General', ['Смена начата']],
      ['Анна · Телеграм', ['forum_topic_created', 'Вопрос жильца']],
    ])
  })

  test('are renamed, closed, opened again and deleted; each only when it changes something', async () => {
    const topic = { message_thread_id: await createTopic() }
    expect((await call('editForumTopic', { ...topic, name: 'Борис' })).ok).toBe(true)
    expect(await refusal('editForumTopic', { ...topic, name: 'Борис' })).toBe('Bad Request: TOPIC_NOT_MODIFIED')
    expect((await call('closeForumTopic', topic)).ok).toBe(true)
    expect(await refusal('closeForumTopic', topic)).toBe('Bad Request: TOPIC_NOT_MODIFIED')
    expect(await forum().topic('Борис')).toMatchObject({ closed: true })
    expect((await call('reopenForumTopic', topic)).ok).toBe(true)
    expect(await refusal('reopenForumTopic', topic)).toBe('Bad Request: TOPIC_NOT_MODIFIED')
    expect((await call('deleteForumTopic', topic)).ok).toBe(true)
    expect(await refusal('deleteForumTopic', topic)).toBe('Bad Request: TOPIC_ID_INVALID')
    expect((await forum().topic(topic.message_thread_id))?.messages.every((one) => one.deleted)).toBe(true)
  })

  test('that are closed take what an administrator who manages topics writes, and nothing from a plain member', async () => {
    const topic = await createTopic()
    await call('closeForumTopic', { message_thread_id: topic })
    expect((await say('ещё', { message_thread_id: topic })).ok).toBe(true)
    await expect(consultant().say('и я', { topic })).rejects.toThrow('closed')
    await supervisor().setBotRights({ can_pin_messages: true })
    expect(await refusal('sendMessage', { text: 'x', message_thread_id: topic })).toBe('Bad Request: TOPIC_CLOSED')
  })

  test('can be played to be closed for the bot', async () => {
    const topic = await createTopic()
    await running.hand.fault({
      messenger: 'telegram',
      method: 'sendMessage',
      bot: staffForum.botId,
      times: 1,
      effect: { kind: 'answer', code: 400, text: 'Bad Request: TOPIC_CLOSED' },
    })
    await running.hand.resident('telegram', 1).start()
    expect((await telegram(running.sandbox.url, 'sendMessage', { chat_id: 5_551_000_001, text: 'x' })).ok).toBe(true)
    expect(await refusal('sendMessage', { text: 'x', message_thread_id: topic })).toBe('Bad Request: TOPIC_CLOSED')
    expect((await say('x', { message_thread_id: topic })).ok).toBe(true)
  })

  test('that are gone, General by its number, and missing messages are refused', async () => {
    const gone = await createTopic()
    const old = await say('x', { message_thread_id: gone })
    await call('deleteForumTopic', { message_thread_id: gone })
    for (const message_thread_id of [gone, 1, 999])
      expect(await refusal('sendMessage', { text: 'x', message_thread_id })).toBe(
        'Bad Request: message thread not found',
      )
    const reply_parameters = { message_id: old.result.message_id }
    expect(await refusal('sendMessage', { text: 'x', reply_parameters })).toBe(
      'Bad Request: message to be replied not found',
    )
    expect(await refusal('sendChatAction', { action: 'typing', message_thread_id: gone })).toContain('thread not found')
  })
})

describe('the rights of the bot', () => {
  test('are wanted for what they stand for', async () => {
    const own = await createTopic('своя')
    const topic = await supervisor().createTopic('чужая')
    const { result } = await say('закрепить', { message_thread_id: own })
    const theirs = Number(await consultant().say('лишнее'))
    await supervisor().setBotRights({})
    expect(await refusal('createForumTopic', { name: 'x' })).toBe('Bad Request: not enough rights to create a topic')
    expect(await refusal('closeForumTopic', { message_thread_id: topic })).toContain('not enough rights to')
    expect((await call('closeForumTopic', { message_thread_id: own })).ok).toBe(true)
    expect(await refusal('deleteForumTopic', { message_thread_id: own })).toContain('not enough rights to')
    expect(await refusal('pinChatMessage', { message_id: result.message_id })).toContain('not enough rights to')
    expect(await refusal('deleteMessage', { message_id: theirs })).toBe("Bad Request: message can't be deleted")
    await supervisor().setBotRights({ can_manage_topics: true, can_delete_messages: true, can_pin_messages: true })
    expect((await call('deleteMessage', { message_id: theirs })).ok).toBe(true)
    expect(await refusal('deleteMessage', { message_id: topic })).toBe("Bad Request: message can't be deleted")
    expect((await call('pinChatMessage', { message_id: result.message_id })).ok).toBe(true)
  })

  test('are told when they change, as is its being taken out of the group and let in again', async () => {
    await supervisor().setBotRights()
    await supervisor().kickBot()
    expect(await call('sendMessage', { text: 'x' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was kicked from the supergroup chat',
    })
    await consultant().say('бота нет')
    await supervisor().addBot()
    const told = await updates()
    expect(
      told.map(({ my_chat_member: change }) => [change?.old_chat_member.status, change?.new_chat_member.status]),
    ).toEqual([
      ['administrator', 'member'],
      ['member', 'kicked'],
      ['kicked', 'administrator'],
    ])
    expect(checkTelegramType('Array of Update', told)).toEqual([])
  })

  test('let it hear everything; a plain member hears commands, replies to it and what is done', async () => {
    await supervisor().setBotRights()
    const { result } = await say('вопрос')
    await consultant().say('между нами')
    await consultant().say('/today')
    await consultant().say('ответ', { replyTo: String(result.message_id) })
    await consultant().createTopic('новая')
    const told = (await updates()).flatMap(({ message }) => (message ? [message.text ?? 'сделано'] : []))
    expect(told).toEqual(['/today', 'ответ', 'сделано'])
  })
})

describe('who is in the group', () => {
  test('is told to the bot by status', async () => {
    const status = async (user_id: number) =>
      (await call<{ status: string }>('getChatMember', { user_id })).result?.status
    expect(await status(staffForum.botId)).toBe('administrator')
    expect(await status(irina?.telegramId ?? 0)).toBe('member')
    expect(await status(staffPeople.supervisor.telegramId)).toBe('creator')
    expect(await status(5_551_000_001)).toBe('left')
    await consultant().leave()
    expect(await status(irina?.telegramId ?? 0)).toBe('left')
    expect(await refusal('getChatMember', { user_id: 1 })).toBe('Bad Request: PARTICIPANT_ID_INVALID')
    const { result } = await call<{ user: { id: number } }[]>('getChatAdministrators')
    expect(result.map((one) => one.user.id)).toEqual([staffPeople.supervisor.telegramId, staffForum.botId])
    expect(checkTelegramType('Array of ChatMember', result)).toEqual([])
    await supervisor().setBotRights()
    expect((await call<unknown[]>('getChatAdministrators')).result).toHaveLength(1)
    expect(checkTelegramType('ChatFullInfo', (await call('getChat')).result)).toEqual([])
  })

  test('changes are told when they are asked for', async () => {
    await consultant().leave()
    expect((await updates()).map((one) => Object.keys(one).at(-1))).toEqual(['message'])
    await updates({ allowed_updates: ['message', 'chat_member'], offset: -1 })
    await consultant().join()
    const told = await updates()
    expect(told.at(-2)?.chat_member).toMatchObject({
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member', user: { id: irina?.telegramId } },
    })
    expect(checkTelegramType('Array of Update', told)).toEqual([])
  })

  test('somebody who has left can do nothing there', async () => {
    await consultant().leave()
    await expect(consultant().say('x')).rejects.toThrow('not a member')
  })

  test('a bot that is not in it hears and says nothing', async () => {
    const topic = await createTopic()
    await consultant().say('секрет', { topic })
    expect((await telegram<Update[]>(running.sandbox.url, 'getUpdates')).result).toEqual([])
    expect(await telegram(running.sandbox.url, 'sendMessage', { chat_id, text: 'x' })).toMatchObject({
      error_code: 403,
    })
  })
})

test('everything that is done by hand has exactly the shape that the Bot API specifies', async () => {
  const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  const photo = { kind: 'photo', name: 'a.gif', bytes } as const
  const topic = await consultant().createTopic('Вера · ВК')
  const { result } = await say('Карточка', {
    message_thread_id: topic,
    reply_markup: { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] },
  })
  const said = await consultant().say('беру', { topic, replyTo: String(result.message_id) })
  await consultant().edit(said, 'беру я')
  await consultant().press('Взять', { topic })
  await consultant().send([photo, photo], { topic, caption: 'альбом' })
  await consultant().send([{ kind: 'document', name: 'a.pdf', bytes }], { topic })
  await consultant().send([{ kind: 'voice', name: 'a.ogg', bytes }], { topic })
  await consultant().send([{ kind: 'video', name: 'a.mp4', bytes }], { topic })
  await consultant().location({ topic, latitude: 56.9, longitude: 60.5 })
  await supervisor().renameTopic(topic, 'Вера')
  await supervisor().closeTopic(topic)
  await supervisor().reopenTopic(topic)
  await supervisor().deleteTopic(topic)
  const told = await updates()
  expect(checkTelegramType('Array of Update', told)).toEqual([])
  expect(told.map((one) => Object.keys(one).at(-1))).toEqual([
    ...['message', 'message', 'edited_message', 'callback_query'],
    ...['message', 'message', 'message', 'message', 'message', 'message'],
    ...['message', 'message', 'message'],
  ])
  const [created, reply] = told.map((one) => one.message)
  expect(created).toMatchObject({ message_id: topic, message_thread_id: topic, forum_topic_created: {} })
  expect(reply).toMatchObject({
    message_thread_id: topic,
    is_topic_message: true,
    reply_to_message: { message_id: result.message_id },
    from: { id: irina?.telegramId },
  })
  expect(told[3]?.callback_query).toMatchObject({ data: 'take', message: { message_id: result.message_id } })
  const albums = told.flatMap(({ message }) => message?.media_group_id ?? [])
  expect(albums).toHaveLength(2)
  expect(new Set(albums).size).toBe(1)
})

test('a forum shows answers, pins, reactions, edits, files, typing and what a press was told', async () => {
  const topic = await createTopic()
  const question = await consultant().say('вопрос', { topic })
  const before = Date.now()
  await call('sendChatAction', { action: 'typing', message_thread_id: topic })
  const { result } = await say('ответ', {
    reply_parameters: { message_id: Number(question) },
    reply_markup: { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] },
  })
  await call('pinChatMessage', { message_id: result.message_id })
  await call('setMessageReaction', { message_id: Number(question), reaction: [{ type: 'emoji', emoji: '👍' }] })
  await running.hand.staff(oleg?.id ?? 0).press('Взять')
  const query = (await updates()).at(-1)?.callback_query
  await desk(running.sandbox.url, 'answerCallbackQuery', { callback_query_id: query?.id, text: 'Взято' })
  await call('editMessageText', { message_id: result.message_id, text: 'ответ: взял Олег' })
  const seen = await forum().see()
  expect(seen.toasts[oleg?.id ?? 0]?.text).toBe('Взято')
  const shown = seen.topics.find((one) => one.id === topic)
  expect(shown?.busy?.action).toBe('typing')
  expect(shown?.busy?.at).toBeGreaterThanOrEqual(before)
  expect(shown?.pinned).toEqual([String(result.message_id)])
  expect(shown?.messages.slice(1)).toMatchObject([
    { id: question, from: 'staff', authorId: irina?.telegramId, reaction: '👍', text: 'вопрос' },
    { from: 'bot', replyTo: question, edited: true, text: 'ответ: взял Олег', buttons: [] },
    { service: 'pinned_message' },
  ])
  await call('unpinChatMessage')
  expect((await forum().topic(topic))?.pinned).toEqual([])
  expect(await running.hand.violations()).toEqual([])
})

test('a file over 20 MB can be sent but not fetched', async () => {
  await consultant().send([{ kind: 'document', name: 'большой.zip', bytes: Buffer.alloc(20 * 1024 * 1024 + 1) }])
  const [update] = await updates()
  const file = await desk(running.sandbox.url, 'getFile', { file_id: update?.message?.document?.file_id })
  expect(file).toMatchObject({ error_code: 400, description: 'Bad Request: file is too big' })
})
