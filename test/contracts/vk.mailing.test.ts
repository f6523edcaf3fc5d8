import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { behindAnswers } from '../../bots/vk/mailing.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** A VK that answers a call when it is told to, or at once. */
function vk(answersAtOnce: boolean) {
  const waiting: (() => void)[] = []
  const counts = { calls: 0 }
  const api = behindAnswers({
    call: async () => {
      counts.calls += 1
      if (!answersAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
      return counts.calls
    },
  })
  return { api, counts, answerAll: () => void waiting.splice(0).map((answer) => answer()) }
}

test('mailings are handed on as one execute takes them, twenty times a second', async () => {
  const { api, counts } = vk(true)
  for (let nth = 0; nth < 2_000; nth++) void api.call('messages.send', {})
  await vi.advanceTimersByTimeAsync(0)
  expect(counts.calls).toBeLessThanOrEqual(3 * 25)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(counts.calls).toBeGreaterThanOrEqual(500)
  expect(counts.calls).toBeLessThanOrEqual(600)
})

test('while VK is slow no more than a few of them stand before an answer, and they go on with it', async () => {
  const { api, counts, answerAll } = vk(false)
  for (let nth = 0; nth < 1_000; nth++) void api.call('messages.send', {})
  await vi.advanceTimersByTimeAsync(5_000)
  expect(counts.calls).toBe(150)
  answerAll()
  await vi.advanceTimersByTimeAsync(60)
  expect(counts.calls).toBeGreaterThan(150)
})

test('a call that fails makes room for the next', async () => {
  const api = behindAnswers({ call: () => Promise.reject(new Error('VK is down')) })
  const calls = Array.from({ length: 400 }, () => api.call('messages.send', {}).catch(() => 'failed'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['failed']))
})
