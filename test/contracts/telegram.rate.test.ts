import type { Transformer } from 'grammy'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Gate } from '../../bots/telegram/rate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const sent = { ok: true as const, result: true }
const refused = (retry_after: number) => ({
  ...{ ok: false as const, error_code: 429, description: 'Too Many Requests' },
  parameters: { retry_after },
})

/** A gate in front of a Telegram that answers as it is told; `calls` counts what came through. */
function behind(gate: Gate, by: 'transformer' | 'mailingTransformer' = 'transformer') {
  const counts = { calls: 0 }
  const call = (method: string, chat_id: number, answer: object = sent, more: object = {}) => {
    const prev = async () => {
      counts.calls++
      return answer
    }
    const ask = gate[by] as unknown as (...asked: unknown[]) => ReturnType<Transformer>
    return ask(prev, method, { chat_id, ...more })
  }
  return { counts, call }
}

it.each([
  [30, 1_000, [30, 60, 90]],
  [7, 1_000, [7, 14, 21]],
  [100_000, 10, [1_000, 2_000, 3_000]],
])('lets at most %i messages a second go, a burst at once (every %i ms)', async (perSecond, every, expected) => {
  const { counts, call } = behind(new Gate(perSecond))
  for (let chat = 0; chat < 4 * (expected[0] ?? 0); chat++) void call('sendMessage', chat)
  const seen: number[] = []
  await vi.advanceTimersByTimeAsync(every - 1)
  for (const _ of expected) {
    seen.push(counts.calls)
    await vi.advanceTimersByTimeAsync(every)
  }
  expect(seen).toEqual(expected)
})

it('counts an album by its pieces', async () => {
  const { counts, call } = behind(new Gate(10))
  const album = { media: Array.from({ length: 6 }, () => ({ type: 'photo' })) }
  void call('sendMediaGroup', 1, sent, album)
  void call('sendMediaGroup', 2, sent, album)
  await vi.advanceTimersByTimeAsync(999)
  expect(counts.calls).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(counts.calls).toBe(2)
})

it('never lets more go in any second than in one, however they are spread', async () => {
  const { counts, call } = behind(new Gate(10))
  for (let at = 0; at < 10; at++) void call('sendMessage', at)
  await vi.advanceTimersByTimeAsync(900)
  for (let at = 0; at < 10; at++) void call('editMessageText', at)
  expect(counts.calls).toBe(10)
  await vi.advanceTimersByTimeAsync(100)
  expect(counts.calls).toBe(20)
})

it('counts neither polling, answers to presses nor files that are fetched', async () => {
  const { counts, call } = behind(new Gate(1))
  for (const method of ['sendMessage', 'getUpdates', 'answerCallbackQuery', 'getFile']) void call(method, 1)
  await vi.advanceTimersByTimeAsync(0)
  expect(counts.calls).toBe(4)
})

it.each([
  ['one chat that is told to slow down is no matter of the others', [1, 1, 1, 1], 1],
  ['several chats that are told to slow down hold everybody back for as long as they are told', [1, 2, 3], 0],
])('%s', async (_, chats, passing) => {
  const { counts, call } = behind(new Gate(1_000))
  for (const chat of chats) await call('sendMessage', chat, refused(5))
  counts.calls = 0
  void call('sendMessage', 9)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(counts.calls).toBe(passing)
  await vi.advanceTimersByTimeAsync(1)
  expect(counts.calls).toBe(1)
})

it('forgets who was told to slow down when that is over', async () => {
  const { counts, call } = behind(new Gate(1_000))
  for (const chat of [1, 2, 3]) {
    await call('sendMessage', chat, refused(5))
    await vi.advanceTimersByTimeAsync(5_000)
  }
  counts.calls = 0
  void call('sendMessage', 9)
  await vi.advanceTimersByTimeAsync(0)
  expect(counts.calls).toBe(1)
})

it('turns away who waits when it is closed and who would have to wait then, until it is opened', async () => {
  const gate = new Gate(1)
  const { counts, call } = behind(gate)
  const [first, second] = [call('sendMessage', 1), call('sendMessage', 2)]
  gate.close()
  const later = call('sendMessage', 3)
  expect([await first, await second, await later].map((answer) => answer.ok)).toEqual([true, false, false])
  expect(counts.calls).toBe(1)
  gate.open()
  void call('sendMessage', 4)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(counts.calls).toBe(2)
})

it('lets an answer go before every mailing that waits, and spreads mailings evenly', async () => {
  const gate = new Gate(10)
  const answers = behind(gate)
  const mailings = behind(gate, 'mailingTransformer')
  for (let chat = 0; chat < 40; chat++) void mailings.call('sendMessage', chat)
  await vi.advanceTimersByTimeAsync(1_950)
  // One each 100 ms, and the one that had been late at the beginning.
  expect(mailings.counts.calls).toBeGreaterThanOrEqual(19)
  expect(mailings.counts.calls).toBeLessThanOrEqual(21)
  const before = mailings.counts.calls
  void answers.call('sendMessage', 100)
  await vi.advanceTimersByTimeAsync(100)
  expect([answers.counts.calls, mailings.counts.calls - before]).toEqual([1, 0])
})

it('lets mailings and answers together go at the rate, and nobody while closed', async () => {
  const gate = new Gate(10)
  const answers = behind(gate)
  const mailings = behind(gate, 'mailingTransformer')
  for (let chat = 0; chat < 100; chat++) void mailings.call('sendMessage', chat)
  for (let chat = 100; chat < 105; chat++) void answers.call('sendMessage', chat)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(answers.counts.calls).toBe(5)
  expect(answers.counts.calls + mailings.counts.calls).toBeGreaterThanOrEqual(28)
  expect(answers.counts.calls + mailings.counts.calls).toBeLessThanOrEqual(35)
  const turnedAway = mailings.call('sendMessage', 999)
  gate.close()
  expect(await turnedAway).toMatchObject({ ok: false, error_code: 429 })
})

it('lets a mailing go when its chat has been quiet for a second, and holds up no other chat', async () => {
  const gate = new Gate(1_000)
  const answers = behind(gate)
  const mailings = behind(gate, 'mailingTransformer')
  await answers.call('sendMessage', 1)
  await vi.advanceTimersByTimeAsync(600)
  void mailings.call('sendMessage', 1)
  void mailings.call('sendMessage', 2)
  await answers.call('sendMessage', 1)
  await vi.advanceTimersByTimeAsync(990)
  expect([answers.counts.calls, mailings.counts.calls]).toEqual([2, 1])
  await vi.advanceTimersByTimeAsync(20)
  expect(mailings.counts.calls).toBe(2)
})

it('sends the parts of a mailing a second apart in a chat, whose answers wait for none of them', async () => {
  const gate = new Gate(1_000)
  const answers = behind(gate)
  const mailings = behind(gate, 'mailingTransformer')
  const parts = (async () => {
    for (const _ of [1, 2, 3]) await mailings.call('sendMessage', 1)
  })()
  await vi.advanceTimersByTimeAsync(990)
  void answers.call('sendMessage', 1)
  await vi.advanceTimersByTimeAsync(0)
  expect([answers.counts.calls, mailings.counts.calls]).toEqual([1, 1])
  await vi.advanceTimersByTimeAsync(2_100)
  expect(mailings.counts.calls).toBe(3)
  await parts
})
