import { describe, expect, test } from 'vitest'
import { vkSpec } from '../../bots/sandbox/check/specs.ts'
import { checkVkSchema } from '../../bots/sandbox/check/vkSchema.ts'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import type { VkUpdate } from '../../bots/sandbox/vk/shapes.ts'
import { eachWithSandbox, objectOf, vk } from './running.ts'

const running = eachWithSandbox()
const call = <Result>(method: string, params: Record<string, string> = {}) =>
  vk<Result>(running.sandbox.url, method, params)
const anna = () => running.hand.resident('vk', 1)
const ANNA = '770001'
const send = (random: string, more: Record<string, string> = {}) =>
  call<number>('messages.send', { peer_id: ANNA, random_id: random, message: 'Привет', ...more })

interface Server {
  server: string
  key: string
  ts: string
}
type Poll = { ts: string; updates: VkUpdate[]; failed?: number }

const server = async () =>
  (await call<Server>('groups.getLongPollServer', { group_id: String(sandboxTokens.vkGroupId) })).response
const poll = async ({ server, key }: Server, ts: string, wait = 0) =>
  (await (await fetch(`${server}?act=a_check&key=${key}&ts=${ts}&wait=${wait}`)).json()) as Poll

describe('messages.send', () => {
  test('shows a message once however often its random_id comes, and gives the same answer', async () => {
    await anna().start()
    const first = await send('7')
    expect(await send('7')).toEqual(first)
    expect((await anna().chat()).messages).toHaveLength(2)
    await send('8')
    expect((await anna().chat()).messages).toHaveLength(3)
  })

  test('does not compare a random_id of 0, nor those of another conversation', async () => {
    await anna().start()
    await running.hand.resident('vk', 2).start()
    await send('0')
    await send('0')
    expect((await anna().chat()).messages).toHaveLength(3)
    await send('9')
    await send('9', { peer_id: '770002' })
    expect((await running.hand.resident('vk', 2).chat()).messages).toHaveLength(2)
  })

  test('refuses those who do not allow it: as an error to one peer, inside the list to several', async () => {
    expect((await send('1')).error).toMatchObject({ error_code: 901 })
    await running.hand.resident('vk', 2).start()
    const { response } = await call('messages.send', { peer_ids: `${ANNA},770002`, random_id: '1', message: 'x' })
    expect(response).toMatchObject([
      { peer_id: 770001, error: { code: 901 } },
      { peer_id: 770002, message_id: 2 },
    ])
    await anna().start()
    await anna().block()
    expect((await send('2')).error).toMatchObject({ error_code: 901 })
    await anna().unblock()
    expect((await send('3')).error).toBeUndefined()
  })

  test('names the parameters in its refusal, without the token', async () => {
    const { error } = await send('1')
    expect(error?.request_params.map((one) => one.key).sort()).toEqual(['message', 'peer_id', 'random_id', 'v'])
  })
})

describe('the Long Poll', () => {
  test('tells what came after a ts, again for the same ts', async () => {
    const place = await server()
    await anna().say('раз')
    const first = await poll(place, place.ts)
    expect(first.updates.map((one) => one.type)).toEqual(['message_new'])
    expect(await poll(place, place.ts)).toEqual(first)
    expect((await poll(place, first.ts)).updates).toEqual([])
  })

  test('waits for what has not happened yet', async () => {
    const place = await server()
    const waiting = poll(place, place.ts, 25)
    await anna().say('вот')
    expect((await waiting).updates).toHaveLength(1)
  })

  test('fails in the three ways of the documentation', async () => {
    const place = await server()
    await running.hand.vkLongPoll('expireKey')
    expect(await poll(place, place.ts)).toEqual({ failed: 2 })
    const fresh = await server()
    await anna().say('это потеряется')
    await running.hand.vkLongPoll('loseHistory')
    const lost = await poll(fresh, fresh.ts)
    expect(lost).toMatchObject({ failed: 1, ts: expect.any(Number) })
    expect((await poll(fresh, String(lost.ts))).updates).toEqual([])
    const { response } = await call<{ items: { last_message: { text: string } }[] }>('messages.getConversations', {
      filter: 'unanswered',
    })
    expect(response.items[0]?.last_message.text).toBe('это потеряется')
    await running.hand.vkLongPoll('loseInformation')
    expect(await poll(fresh, String(lost.ts))).toEqual({ failed: 3 })
    expect(await poll(fresh, String(lost.ts))).toEqual({ failed: 2 })
  })

  test('tells only the kinds that are switched on', async () => {
    const place = await server()
    await call('groups.setLongPollSettings', {
      group_id: String(sandboxTokens.vkGroupId),
      message_new: '0',
      message_reply: '1',
    })
    await anna().say('раз')
    await send('1')
    expect((await poll(place, place.ts)).updates.map((one) => one.type)).toEqual(['message_reply'])
  })

  test('repeats an event under its own id', async () => {
    const place = await server()
    await anna().say('раз')
    const first = await poll(place, place.ts)
    await running.hand.repeatUpdates('vk', 1)
    expect((await poll(place, first.ts)).updates).toEqual(first.updates)
  })
})

test('everything a person can do has the shape that the schema specifies', async () => {
  const place = await server()
  const hand = anna()
  await hand.start('ref1')
  const row = ['callback', 'text'].map((type) => ({ action: { type, label: type, payload: '{"t":1}' } }))
  await send('1', { keyboard: JSON.stringify({ inline: true, buttons: [row] }) })
  await hand.press('callback')
  await hand.press('text')
  const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  await hand.send([
    { kind: 'photo', name: 'a.gif', bytes },
    { kind: 'document', name: 'a.pdf', bytes },
    { kind: 'voice', name: 'a.ogg', bytes },
  ])
  await hand.sticker()
  await hand.location()
  const id = await hand.say('ошбика')
  await hand.edit(id, 'ошибка')
  await hand.block()
  await hand.unblock()
  const { updates } = await poll(place, place.ts)
  const types = [
    'message_new',
    'message_reply',
    'message_event',
    'message_new',
    'message_new',
    'message_new',
    'message_new',
    'message_new',
    'message_edit',
    'message_deny',
    'message_allow',
  ]
  expect(updates.map((one) => one.type)).toEqual(types)
  for (const { type, object } of updates) {
    const definition = type === 'message_reply' || type === 'message_edit' ? 'messages_message' : `callback_${type}`
    expect(checkVkSchema({ $ref: definition }, object, type, 'open')).toEqual([])
  }
})

test.each<[method: string, params: Record<string, string>]>([
  ['groups.getById', {}],
  ['groups.getLongPollServer', { group_id: String(sandboxTokens.vkGroupId) }],
  ['messages.getConversations', { filter: 'unanswered' }],
  ['messages.getConversationsById', { peer_ids: ANNA }],
  ['messages.getHistory', { peer_id: ANNA }],
  ['messages.getById', { message_ids: '1' }],
  ['messages.getByConversationMessageId', { peer_id: ANNA, conversation_message_ids: '1' }],
  ['messages.delete', { peer_id: ANNA, cmids: '1' }],
  ['photos.getMessagesUploadServer', { peer_id: ANNA }],
  ['docs.getMessagesUploadServer', { peer_id: ANNA }],
  ['users.get', { user_ids: ANNA }],
])('%s answers in the shape that the schema specifies', async (method, params) => {
  await anna().start()
  const answer = await call(method, params)
  expect(answer.error).toBeUndefined()
  expect(checkVkSchema({ $ref: vkSpec.methods[method]?.answer ?? 'missing' }, answer, method, 'open')).toEqual([])
})

test('reads the history from either end', async () => {
  for (const text of ['1', '2', '3', '4']) await anna().say(text)
  const history = async (params: Record<string, string>) =>
    (await call<{ items: { text: string }[] }>('messages.getHistory', { peer_id: ANNA, ...params })).response.items.map(
      (one) => one.text,
    )
  expect(await history({ count: '2' })).toEqual(['4', '3'])
  expect(await history({ count: '2', rev: '1' })).toEqual(['1', '2'])
  expect(await history({ start_message_id: '3', count: '2' })).toEqual(['3', '2'])
  expect(await history({ start_message_id: '3', offset: '-1', count: '2' })).toEqual(['4', '3'])
})

test('does what is packed into a script, and tells of what failed in it', async () => {
  await anna().start()
  const code = `return [API.messages.send({"peer_id":${ANNA},"random_id":1,"message":"a }) \\" b"}),API.messages.send({"peer_id":770002,"random_id":2,"message":"x"})];`
  expect(await call('execute', { code })).toMatchObject({
    response: [2, false],
    execute_errors: [{ method: 'messages.send', error_code: 901 }],
  })
  expect((await anna().chat()).messages.at(-1)?.text).toBe('a }) " b')
})

test('an answered press shows its words once; a second answer is refused', async () => {
  await anna().start()
  await send('1', {
    keyboard: JSON.stringify({
      inline: true,
      buttons: [[{ action: { type: 'callback', label: 'Да', payload: '{}' } }]],
    }),
  })
  const place = await server()
  await anna().press('Да')
  const [event] = (await poll(place, place.ts)).updates
  const { event_id } = objectOf<{ event_id: string }>(event)
  const answer = { event_id, user_id: ANNA, peer_id: ANNA, event_data: '{"type":"show_snackbar","text":"Готово"}' }
  expect(await call('messages.sendMessageEventAnswer', answer)).toEqual({ response: 1 })
  expect((await anna().chat()).toast?.text).toBe('Готово')
  expect((await call('messages.sendMessageEventAnswer', answer)).error?.error_code).toBe(100)
})

test('an old client tells what it cannot do, and cannot press', async () => {
  await running.hand.oldVkClient(1, true)
  const place = await server()
  await anna().start()
  const [event] = (await poll(place, place.ts)).updates
  expect(objectOf<{ client_info: { button_actions: string[] } }>(event).client_info.button_actions).not.toContain(
    'callback',
  )
  await send('1', {
    keyboard: JSON.stringify({
      inline: true,
      buttons: [[{ action: { type: 'callback', label: 'Да', payload: '{}' } }]],
    }),
  })
  await expect(anna().press('Да')).rejects.toThrow('old client')
})
