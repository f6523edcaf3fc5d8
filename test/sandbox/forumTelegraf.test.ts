import { Agent } from 'node:http'
import { Input, Telegraf } from 'telegraf'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandboxTokens, staffForum } from '../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { eachWithSandbox } from './running.ts'

const running = eachWithSandbox()
const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
const consultant = () => running.hand.staff(staffPeople.consultants[0]?.id ?? 0)
const chat = staffForum.id

let bot: Telegraf
let agent: Agent
beforeEach(() => {
  agent = new Agent({ keepAlive: true })
  const telegram = { apiRoot: running.sandbox.url, agent, webhookReply: false }
  bot = new Telegraf(sandboxTokens.telegram[1]?.token ?? '', { telegram })
})
afterEach(() => agent.destroy())

test('Telegraf sends all that a desk sends into a topic, without breaking a rule', async () => {
  const { telegram } = bot
  const { message_thread_id } = await telegram.createForumTopic(chat, 'Анна', { icon_color: 7322096 })
  const file = (name: string) => Input.fromBuffer(bytes, name)
  const there = { message_thread_id }
  const first = await telegram.sendMessage(chat, 'Карточка', {
    ...there,
    reply_markup: { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] },
  })
  await telegram.sendPhoto(chat, file('a.gif'), { ...there, caption: 'фото' })
  const document = await telegram.sendDocument(chat, file('квитанция.pdf'), there)
  await telegram.sendVoice(chat, file('a.ogg'), { ...there, duration: 4 })
  await telegram.sendVideo(chat, file('a.mp4'), there)
  await telegram.sendLocation(chat, 56.8, 60.6, there)
  const album = await telegram.sendMediaGroup(
    chat,
    ['a.gif', 'b.gif'].map((name) => ({ type: 'photo', media: file(name) })),
    there,
  )
  await telegram.sendChatAction(chat, 'typing', there)
  await telegram.sendMessage(chat, 'ответ', { ...there, reply_parameters: { message_id: first.message_id } })
  await telegram.editMessageReplyMarkup(chat, first.message_id, undefined, undefined)
  await telegram.editMessageText(chat, first.message_id, undefined, 'Карточка: занята')
  await telegram.editMessageCaption(chat, document.message_id, undefined, 'квитанция')
  await telegram.pinChatMessage(chat, first.message_id)
  await telegram.setMessageReaction(chat, first.message_id, [{ type: 'emoji', emoji: '👀' }])
  await telegram.unpinChatMessage(chat, first.message_id)
  await telegram.deleteMessage(chat, album[0]?.message_id ?? 0)
  await telegram.editForumTopic(chat, message_thread_id, { name: 'Анна · ждёт' })
  await telegram.closeForumTopic(chat, message_thread_id)
  await telegram.reopenForumTopic(chat, message_thread_id)
  expect((await telegram.getChatMember(chat, staffForum.botId)).status).toBe('administrator')
  expect(await telegram.getChat(chat)).toMatchObject({ is_forum: true, title: staffForum.title })
  expect(await telegram.getChatAdministrators(chat)).toHaveLength(2)
  const topic = await running.hand.forum().topic('Анна · ждёт')
  expect(
    topic?.messages.map(({ service, text, files, deleted }) => service ?? files[0]?.kind ?? (deleted ? '—' : text)),
  ).toEqual([
    ...['forum_topic_created', 'Карточка: занята', 'photo', 'document', 'voice', 'video', '', 'photo', 'photo'],
    ...['ответ', 'pinned_message', 'forum_topic_edited', 'forum_topic_closed', 'forum_topic_reopened'],
  ])
  expect(topic?.messages.filter((one) => one.album)).toMatchObject([{ deleted: true }, { deleted: false }])
  await telegram.deleteForumTopic(chat, message_thread_id)
  expect(await running.hand.violations()).toEqual([])
})

test('Telegraf hears the members of a topic and answers there; files can be fetched', async () => {
  const fetched: Promise<string>[] = []
  bot.action('take', async (context) => {
    await context.answerCbQuery('Взято')
    await context.editMessageText('занято')
  })
  bot.on('document', async (context) => {
    const link = await context.telegram.getFileLink(context.message.document.file_id)
    fetched.push(fetch(link).then((response) => response.text()))
    await context.reply('получено')
  })
  bot.on('text', async (context) => {
    await context.reply('Свободно?', {
      reply_markup: { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] },
    })
  })
  const polling = bot.launch()
  const topic = await consultant().createTopic('Глеб')
  await consultant().say('кто возьмёт', { topic })
  await consultant().waitForTopic(topic, ({ messages }) => messages.some((one) => one.buttons.length > 0))
  await consultant().press('Взять', { topic })
  await consultant().waitForTopic(topic, ({ messages }) => messages.some((one) => one.text === 'занято'))
  await consultant().waitFor(({ toasts }) => toasts[consultant().person]?.text === 'Взято')
  await consultant().send([{ kind: 'document', name: 'a.txt', bytes: Buffer.from('текст') }], { topic })
  await consultant().waitForTopic(topic, ({ messages }) => messages.at(-1)?.text === 'получено')
  expect(await Promise.all(fetched)).toEqual(['текст'])
  bot.stop()
  await polling
})
