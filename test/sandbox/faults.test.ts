import { expect, test } from 'vitest'
import { eachWithSandbox, telegram, vk } from './running.ts'

const running = eachWithSandbox()
const ANNA = 5_551_000_001
const anna = () => running.hand.resident('telegram', 1)
const say = (text = 'x') => telegram(running.sandbox.url, 'sendMessage', { chat_id: ANNA, text })
const heard = async () => (await anna().chat()).messages.filter((one) => one.from === 'bot').map((one) => one.text)

test('a refusal that was asked for comes once, with the time to wait', async () => {
  await anna().start()
  const effect = { kind: 'answer', code: 429, text: 'Too Many Requests: retry after 3', retryAfter: 3 } as const
  await running.hand.fault({ messenger: 'telegram', method: 'sendMessage', times: 1, effect })
  expect(await say()).toEqual({ ok: false, error_code: 429, description: effect.text, parameters: { retry_after: 3 } })
  expect(await heard()).toEqual([])
  expect((await say()).ok).toBe(true)
})

test.each([
  ['before it has taken effect', false, []],
  ['after it has taken effect', true, ['x']],
])('a connection is cut %s', async (_, after, expected) => {
  await anna().start()
  await running.hand.fault({ messenger: 'telegram', method: 'sendMessage', times: 1, effect: { kind: 'cut', after } })
  await expect(say()).rejects.toThrow()
  expect(await heard()).toEqual(expected)
})

test('a server that is down answers without an envelope', async () => {
  await running.hand.fault({ messenger: 'vk', method: '*', times: 1, effect: { kind: 'http', status: 502 } })
  const response = await fetch(`${running.sandbox.url}/method/users.get`, {
    method: 'POST',
    body: new URLSearchParams({ access_token: 'vk1.a.sandbox-community' }),
  })
  expect(response.status).toBe(502)
})

test('a held call goes on when it is let go', async () => {
  await anna().start()
  const fault = await running.hand.fault({
    messenger: 'telegram',
    method: 'sendMessage',
    times: 1,
    effect: { kind: 'hold' },
  })
  const held = say('поздно')
  // The held one is known to be in when another call has used no fault up.
  while ((await running.hand.calls({ method: 'sendMessage' })).length === 0) await Promise.resolve()
  expect((await say('рано')).ok).toBe(true)
  await fault.release()
  expect((await held).ok).toBe(true)
  expect(await heard()).toEqual(['рано', 'поздно'])
})

test('VK refuses inside its own envelope', async () => {
  await running.hand.fault({
    messenger: 'vk',
    method: 'users.get',
    times: 1,
    effect: { kind: 'answer', code: 6, text: 'Too many requests per second' },
  })
  expect((await vk(running.sandbox.url, 'users.get')).error).toMatchObject({ error_code: 6 })
})

test('calls are recorded with what came of them', async () => {
  await say()
  await anna().start()
  await say()
  expect(
    (await running.hand.calls({ messenger: 'telegram', method: 'sendMessage' })).map((one) => one.outcome),
  ).toEqual(['403', 'ok'])
})

test.each([
  ['another site’s page', { origin: 'https://example.org' }],
  ['a name that only points here', { host: 'example.org' }],
])('nobody from outside may act: %s', async (_, headers) => {
  // fetch does not let a caller set the host.
  const { request } = await import('node:http')
  const status = await new Promise((resolve) => {
    request(`${running.sandbox.url}/sandbox/people`, { headers }, (response) => resolve(response.statusCode)).end()
  })
  expect(status).toBe(403)
})
