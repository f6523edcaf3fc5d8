import { describe, expect, test } from 'vitest'
import { vkSpec } from '../../bots/sandbox/check/specs.ts'
import { checkVkSchema } from '../../bots/sandbox/check/vkSchema.ts'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import type { VkMessage, VkUpdate } from '../../bots/sandbox/vk/shapes.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { eachWithSandbox, objectOf, vk } from './running.ts'

const running = eachWithSandbox()
const call = <Result>(method: string, params: Record<string, string> = {}) =>
  vk<Result>(running.sandbox.url, method, params)
const anna = () => running.hand.resident('vk', 1)
const ANNA = '770001'
const send = (random: string, more: Record<string, string> = {}) =>
  call<number>('messages.send', { peer_id: ANNA, random_id: random, message: 'Ответ', ...more })
const group_id = String(sandboxTokens.vkGroupId)

/** Answers what is told of after `act`. */
async function toldOf(act: () => Promise<unknown>): Promise<VkUpdate[]> {
  const { response } = await call<{ server: string; key: string; ts: string }>('groups.getLongPollServer', { group_id })
  await act()
  const answer = await fetch(`${response.server}?act=a_check&key=${response.key}&ts=${response.ts}&wait=0`)
  return ((await answer.json()) as { updates: VkUpdate[] }).updates
}

const messageOf = objectOf<VkMessage>

/** Of a resident. */
const newMessageOf = (update: VkUpdate | undefined) => objectOf<{ message: VkMessage }>(update).message
const last = async () => (await anna().chat()).messages.at(-1)

describe('a message of the community', () => {
  test('is told of with the random_id it was sent by, and without an administrator', async () => {
    await anna().start()
    const [told] = await toldOf(() => send('77'))
    expect(told?.type).toBe('message_reply')
    expect(messageOf(told)).toMatchObject({ random_id: 77, out: 1, from_id: -sandboxTokens.vkGroupId })
    expect(messageOf(told)).not.toHaveProperty('admin_author_id')
  })

  test('from VK’s own inbox names the administrator, and is seen as his', async () => {
    const question = await anna().say('есть кто?')
    const { supervisor } = staffPeople
    const [told] = await toldOf(() => anna().adminSays('Сейчас посмотрю', supervisor.id, question))
    expect(told?.type).toBe('message_reply')
    expect(messageOf(told)).toMatchObject({
      ...{ out: 1, from_id: -sandboxTokens.vkGroupId, admin_author_id: supervisor.vkId, text: 'Сейчас посмотрю' },
      reply_message: { conversation_message_id: Number(question), text: 'есть кто?' },
    })
    expect(checkVkSchema({ $ref: 'messages_message' }, told?.object, 'message', 'open')).toEqual([])
    expect(await last()).toMatchObject({ from: 'admin', author: supervisor.firstName, replyTo: question })
    const { response } = await call('users.get', { user_ids: String(supervisor.vkId) })
    expect(response).toMatchObject([{ first_name: supervisor.firstName }])
  })
})

test('a resident who types is told of only when the community has asked for it', async () => {
  await anna().start()
  expect(await toldOf(() => anna().typing())).toEqual([])
  expect(await call('groups.setLongPollSettings', { group_id, message_typing_state: '1' })).toEqual({ response: 1 })
  const [told] = await toldOf(() => anna().typing())
  expect(told?.type).toBe('message_typing_state')
  expect(told?.object).toEqual({ state: 'typing', from_id: Number(ANNA), to_id: -sandboxTokens.vkGroupId })
  expect(checkVkSchema({ $ref: 'callback_message_typing_state' }, told?.object, 'state', 'strict')).toEqual([])
})

test('the community is seen to type', async () => {
  await anna().start()
  const before = Date.now()
  expect(await call('messages.setActivity', { peer_id: ANNA, type: 'typing' })).toEqual({ response: 1 })
  const { busy } = await anna().chat()
  expect(busy?.action).toBe('typing')
  expect(busy?.at).toBeGreaterThanOrEqual(before)
  expect((await call('messages.setActivity', { peer_id: '770002', type: 'typing' })).error?.error_code).toBe(901)
})

describe('a reply', () => {
  test.each<[string, (id: number, cmid: number) => Record<string, string>]>([
    ['by reply_to', (id) => ({ reply_to: String(id) })],
    [
      'by forward',
      (_, cmid) => ({
        forward: JSON.stringify({ peer_id: Number(ANNA), conversation_message_ids: [cmid], is_reply: true }),
      }),
    ],
  ])('%s shows what it answers', async (_, how) => {
    const [asked] = await toldOf(() => anna().say('вопрос'))
    const message = newMessageOf(asked)
    await send('1', how(message.id, message.conversation_message_id))
    expect(await last()).toMatchObject({ from: 'bot', replyTo: String(message.conversation_message_id) })
    const { response } = await call<{ items: VkMessage[] }>('messages.getHistory', { peer_id: ANNA, count: '1' })
    expect(response.items[0]).toMatchObject({ reply_message: { text: 'вопрос' } })
    expect(checkVkSchema({ $ref: 'messages_message' }, response.items[0], 'message', 'open')).toEqual([])
  })

  test('to what is not there is refused', async () => {
    await anna().start()
    expect((await send('1', { reply_to: '999' })).error).toMatchObject({ error_code: 100 })
    const forward = JSON.stringify({ peer_id: Number(ANNA), conversation_message_ids: [999], is_reply: true })
    expect((await send('2', { forward })).error).toMatchObject({ error_code: 100 })
  })

  test('of a resident is told of with what he answers', async () => {
    await anna().start()
    await send('1')
    const answered = (await last())?.id ?? ''
    const [told] = await toldOf(() => anna().say('спасибо', answered))
    const message = newMessageOf(told)
    expect(message.reply_message).toMatchObject({ conversation_message_id: Number(answered), text: 'Ответ' })
    expect(checkVkSchema({ $ref: 'callback_message_new' }, told?.object, 'message', 'open')).toEqual([])
    await expect(anna().say('x', '999')).rejects.toThrow('no such message')
  })
})

test('messages are forwarded from another conversation', async () => {
  await anna().start()
  const [told] = await toldOf(() => running.hand.resident('vk', 2).say('из другой'))
  const message = newMessageOf(told)
  await send('1', { forward_messages: String(message.id) })
  expect((await last())?.forwarded).toEqual(['из другой'])
})

describe('a voice message', () => {
  const upload = async (type: string) => {
    const { response } = await call<{ upload_url: string }>('docs.getMessagesUploadServer', { peer_id: ANNA, type })
    const form = new FormData()
    form.set('file', new Blob([Buffer.from('OggS')]), 'voice.ogg')
    const { file } = (await (await fetch(response.upload_url, { method: 'POST', body: form })).json()) as {
      file: string
    }
    return call<{ type: string; audio_message?: Place; doc?: Place }>('docs.save', { file })
  }
  type Place = { id: number; owner_id: number; access_key: string }

  test('is saved as one, and sent under either of its names', async () => {
    await anna().start()
    const saved = await upload('audio_message')
    expect(checkVkSchema({ $ref: vkSpec.methods['docs.save']?.answer ?? '' }, saved, 'docs.save', 'open')).toEqual([])
    expect(saved.response.type).toBe('audio_message')
    const place = saved.response.audio_message
    for (const [at, kind] of ['audio_message', 'doc'].entries()) {
      const attachment = `${kind}${place?.owner_id}_${place?.id}_${place?.access_key}`
      expect((await send(`${at + 1}`, { attachment, message: '' })).error).toBeUndefined()
      expect(await last()).toMatchObject({ files: [{ kind: 'voice', name: 'voice.ogg' }] })
    }
    const file = await fetch(`${running.sandbox.url}${(await last())?.files[0]?.url}`)
    expect(await file.text()).toBe('OggS')
  })

  test('is no document, nor the other way round', async () => {
    await anna().start()
    const { doc, type } = (await upload('doc')).response
    expect(type).toBe('doc')
    expect((await send('1', { attachment: `audio_message${doc?.owner_id}_${doc?.id}` })).error?.error_code).toBe(100)
    expect((await send('2', { attachment: `doc${doc?.owner_id}_${doc?.id}` })).error).toBeUndefined()
    expect(await last()).toMatchObject({ files: [{ kind: 'document' }] })
  })
})

test('a place is sent by the community and by a resident', async () => {
  await anna().start()
  await send('1', { lat: '56.5', long: '60.25', message: '' })
  expect((await last())?.location).toEqual({ latitude: 56.5, longitude: 60.25 })
  await anna().location({ latitude: 57, longitude: 61 })
  expect((await last())?.location).toEqual({ latitude: 57, longitude: 61 })
})
