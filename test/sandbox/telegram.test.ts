import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { checkTelegramType } from '../../bots/sandbox/check/telegramTypes.ts'
import type { TelegramMessage, Update } from '../../bots/sandbox/telegram/shapes.ts'
import { eachWithSandbox, telegram } from './running.ts'

const running = eachWithSandbox()
const call = <Result>(method: string, params: object = {}) => telegram<Result>(running.sandbox.url, method, params)
const updates = async (params: object = {}) => (await call<Update[]>('getUpdates', params)).result
const anna = () => running.hand.resident('telegram', 1)
const ANNA = 5_551_000_001

describe('getUpdates', () => {
  test('tells an update until a higher offset confirms it', async () => {
    await anna().start()
    const [first] = await updates()
    expect(await updates()).toEqual([first])
    expect(await updates({ offset: first?.update_id })).toEqual([first])
    expect(await updates({ offset: (first?.update_id ?? 0) + 1 })).toEqual([])
    expect(await updates()).toEqual([])
  })

  test('tells at most as many as asked for, in order', async () => {
    for (const text of ['раз', 'два', 'три']) await anna().say(text)
    const page = await updates({ limit: 2 })
    expect(page.map((one) => one.message?.text)).toEqual(['раз', 'два'])
  })

  test('forgets all but the last ones at a negative offset', async () => {
    for (const text of ['раз', 'два', 'три']) await anna().say(text)
    expect((await updates({ offset: -1 })).map((one) => one.message?.text)).toEqual(['три'])
    expect((await updates()).map((one) => one.message?.text)).toEqual(['три'])
  })

  test('waits for what has not happened yet', async () => {
    const waiting = updates({ timeout: 30 })
    await setImmediate()
    await anna().say('вот')
    expect((await waiting)[0]?.message?.text).toBe('вот')
  })

  test('ends the older of two polls at once with a conflict', async () => {
    const older = call('getUpdates', { timeout: 30 })
    let olderIsIn = false
    void older.then(() => {
      olderIsIn = true
    })
    // Whichever of the two arrived first is refused; asking again until one was.
    while (!olderIsIn) await call('getUpdates', { timeout: 0 })
    expect(await older).toMatchObject({
      ok: false,
      error_code: 409,
      description: expect.stringContaining('terminated by other getUpdates request'),
    })
  })

  test('keeps back kinds that were not asked for', async () => {
    await updates({ allowed_updates: ['message'] })
    await anna().start()
    await anna().block()
    expect(Object.keys((await updates())[0] ?? {})).toContain('message')
    expect(await updates()).toHaveLength(1)
  })

  test('tells confirmed updates again when asked to repeat, under their own ids', async () => {
    await anna().say('раз')
    const [first] = await updates()
    await updates({ offset: (first?.update_id ?? 0) + 1 })
    await running.hand.repeatUpdates('telegram', 1)
    expect(await updates({ offset: (first?.update_id ?? 0) + 1 })).toEqual([first])
    expect(await updates({ offset: (first?.update_id ?? 0) + 1 })).toEqual([])
  })

  test('holds updates back and lets them go in reverse', async () => {
    await running.hand.hold('telegram')
    await anna().say('раз')
    await anna().say('два')
    expect(await updates()).toEqual([])
    await running.hand.release('telegram', { reversed: true })
    expect((await updates()).map((one) => one.message?.text)).toEqual(['два', 'раз'])
  })
})

test('everything a person can do has exactly the shape that the Bot API specifies', async () => {
  const hand = anna()
  await hand.start('link_1')
  await call('sendMessage', {
    chat_id: ANNA,
    text: 'Выберите',
    reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'y' }]] },
  })
  await hand.press('Да')
  const id = await hand.say('12 34')
  await hand.edit(id, '12 35')
  const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  await hand.send(
    [
      { kind: 'photo', name: 'a.gif', bytes },
      { kind: 'photo', name: 'b.gif', bytes },
    ],
    'альбом',
  )
  await hand.send([{ kind: 'document', name: 'a.pdf', bytes }])
  await hand.send([{ kind: 'voice', name: 'a.ogg', bytes }])
  await hand.sticker()
  await hand.location()
  await hand.contact()
  await hand.sayInGroup('привет')
  await hand.block()
  await hand.unblock()
  const told = await updates()
  expect(told).toHaveLength(15)
  expect(told.map((one) => one.message?.text).slice(0, 1)).toEqual(['/start link_1'])
  expect(checkTelegramType('Array of Update', told)).toEqual([])
})

test('the answers to calls have the shape that the Bot API specifies', async () => {
  await anna().start()
  const sent = await call<TelegramMessage>('sendMessage', {
    chat_id: ANNA,
    text: 'x',
    entities: [{ type: 'bold', offset: 0, length: 1 }],
  })
  expect(checkTelegramType('Message', sent.result)).toEqual([])
  expect(
    checkTelegramType('User', (await call('getMe')).result).filter((one) => one.rule !== 'unknown parameter'),
  ).toEqual([])
  expect(checkTelegramType('ChatFullInfo', (await call('getChat', { chat_id: ANNA })).result)).toEqual([])
  expect(checkTelegramType('WebhookInfo', (await call('getWebhookInfo')).result)).toEqual([])
})

describe('refusals', () => {
  const edit = (id: number | undefined, text: string) =>
    call('editMessageText', { chat_id: ANNA, message_id: id, text })

  test('of a bot that writes first, to a stranger, and to one who blocked it', async () => {
    expect(await call('sendMessage', { chat_id: ANNA, text: 'x' })).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    })
    expect(await call('sendMessage', { chat_id: 1, text: 'x' })).toMatchObject({
      error_code: 400,
      description: 'Bad Request: chat not found',
    })
    await anna().start()
    await anna().block()
    expect(await call('sendMessage', { chat_id: ANNA, text: 'x' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
  })

  test('of an edit that changes nothing, of what is gone, and of what is not its own', async () => {
    const own = await anna().say('x')
    const { result } = await call<TelegramMessage>('sendMessage', { chat_id: ANNA, text: 'раз' })
    expect((await edit(result.message_id, 'раз')).description).toContain('message is not modified')
    expect((await edit(result.message_id, 'два')).ok).toBe(true)
    expect((await edit(Number(own), 'x')).description).toBe("Bad Request: message can't be edited")
    await call('deleteMessage', { chat_id: ANNA, message_id: result.message_id })
    expect((await edit(result.message_id, 'три')).description).toBe('Bad Request: message to edit not found')
    expect((await call('deleteMessage', { chat_id: ANNA, message_id: result.message_id })).description).toBe(
      'Bad Request: message to delete not found',
    )
  })

  test('of a press that nobody made, of a wrong token and of an unknown method', async () => {
    expect((await call('answerCallbackQuery', { callback_query_id: '1' })).description).toContain('query is too old')
    const wrong = await fetch(`${running.sandbox.url}/bot1:wrong/getMe`)
    expect(wrong.status).toBe(401)
    expect(await call('getMee')).toMatchObject({ error_code: 404, description: 'Not Found' })
  })

  test('count as violations only where a rule of the specification is broken', async () => {
    await call('sendMessage', { chat_id: 1, text: 'x' })
    expect((await running.hand.stats()).telegram).toEqual({ calls: 1, violations: 0 })
    await call('sendMessage', { chat_id: 1, text: '' })
    expect((await running.hand.stats()).telegram).toEqual({ calls: 2, violations: 1 })
    expect(await running.hand.violations()).toMatchObject([
      { messenger: 'telegram', method: 'sendMessage', path: 'text' },
    ])
  })
})
