import { expect, test } from 'vitest'
import type { TelegramMessage, Update } from '../../bots/sandbox/telegram/shapes.ts'
import { eachWithSandbox, telegram } from './running.ts'

const running = eachWithSandbox()
const chat_id = 5_551_000_001
const call = <Result>(method: string, params: object = {}) =>
  telegram<Result>(running.sandbox.url, method, { chat_id, ...params })
const anna = () => running.hand.resident('telegram', 1)
const told = async () => (await telegram<Update[]>(running.sandbox.url, 'getUpdates')).result.map((one) => one.message)
const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
const photo = { kind: 'photo', name: 'a.gif', bytes } as const

test('a resident answers a message with words, a place and an album', async () => {
  await anna().start()
  const { result } = await call<TelegramMessage>('sendMessage', { text: 'Где это?' })
  const id = String(result.message_id)
  await anna().say('дома', id)
  await anna().location({ latitude: 56.5, longitude: 60.25 }, id)
  await anna().send([photo, photo], 'вот', id)
  const [, ...answers] = await told()
  expect(answers.map((one) => one?.reply_to_message?.message_id)).toEqual(Array(4).fill(result.message_id))
  expect(answers[1]?.location).toEqual({ latitude: 56.5, longitude: 60.25 })
  expect(new Set(answers.slice(2).map((one) => one?.media_group_id)).size).toBe(1)
  expect(answers[3]?.media_group_id).toMatch(/^\d+$/)
  expect((await anna().chat()).messages.slice(2).map((one) => one.replyTo)).toEqual([id, id, id, id])
  await expect(anna().say('x', '999')).rejects.toThrow('no such message')
})

test('a resident sees which message the bot answers, its voice, its video, its place, and that it types', async () => {
  const question = await anna().say('Алло?')
  const reply_parameters = { message_id: Number(question) }
  await call('sendChatAction', { action: 'record_voice' })
  await call('sendMessage', { text: 'да', reply_parameters })
  const [, update] = [await anna().send([{ kind: 'voice', name: 'a.ogg', bytes }]), (await told()).at(-1)]
  const voice = update?.voice?.file_id
  expect((await call('sendVoice', { voice, duration: 2, reply_parameters })).result).toMatchObject({
    voice: { duration: 2 },
    reply_to_message: { message_id: Number(question) },
  })
  await call('sendVideo', { video: voice })
  await call('sendLocation', { latitude: 56.5, longitude: 60.25 })
  const { messages, busy } = await anna().chat()
  expect(busy).toMatchObject({ action: 'record_voice', at: expect.any(Number) })
  expect(messages.filter((one) => one.from === 'bot')).toMatchObject([
    { text: 'да', replyTo: question },
    { files: [{ kind: 'voice' }], replyTo: question },
    { files: [{ kind: 'video' }] },
    { location: { latitude: 56.5, longitude: 60.25 } },
  ])
})

test('what is not of Telegram cannot be done there', async () => {
  await expect(anna().typing()).rejects.toThrow('VK only')
})
