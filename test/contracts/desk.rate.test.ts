import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Gate } from '../../bots/consultants/rate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Calls through a gate that take a while each; `begun` and `ended` tell when, in milliseconds from the beginning. */
function through(gate: Gate, tookMs = 0) {
  const start = performance.now()
  const begun: number[] = []
  const ended: number[] = []
  const call = (messages = 1) =>
    gate.through(messages, async () => {
      begun.push(performance.now() - start)
      if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs))
      ended.push(performance.now() - start)
    })
  return { begun, ended, call }
}

it('lets a burst go at once, and the next when there is room again', async () => {
  const { begun, call } = through(new Gate(20, 60_000))
  const all = Promise.all(Array.from({ length: 45 }, () => call()))
  await vi.advanceTimersByTimeAsync(120_000)
  await all
  expect(begun).toEqual([...Array(20).fill(0), ...Array(20).fill(60_000), ...Array(5).fill(120_000)])
})

it('counts a message until a window after its answer, since nobody knows when in between Telegram has', async () => {
  const { begun, call } = through(new Gate(2, 1_000), 300)
  const all = Promise.all([1, 2, 3].map(() => call()))
  await vi.advanceTimersByTimeAsync(2_000)
  await all
  expect(begun).toEqual([0, 0, 1_300])
})

it('counts an album by its pieces, and overtakes nobody who waits for more room', async () => {
  const { begun, call } = through(new Gate(5, 1_000))
  const all = Promise.all([call(3), call(3), call(1)])
  await vi.advanceTimersByTimeAsync(999)
  expect(begun).toEqual([0])
  await vi.advanceTimersByTimeAsync(1)
  await all
  expect(begun).toEqual([0, 1_000, 1_000])
})

it('lets one that is larger than the limit go alone', async () => {
  const { begun, call } = through(new Gate(2, 1_000))
  const all = Promise.all([call(1), call(10), call(1)])
  await vi.advanceTimersByTimeAsync(2_000)
  await all
  expect(begun).toEqual([0, 1_000, 2_000])
})

it('counts what has failed, too: nobody knows whether Telegram did', async () => {
  const gate = new Gate(1, 1_000)
  await expect(gate.through(1, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
  const { begun, call } = through(gate)
  const next = call()
  await vi.advanceTimersByTimeAsync(1_000)
  await next
  expect(begun).toEqual([1_000])
})

it('turns away who waits when it is closed, and takes up again when it is opened', async () => {
  const gate = new Gate(1, 1_000)
  const { begun, call } = through(gate)
  await call()
  const waiting = Promise.allSettled([call(), call()])
  gate.close()
  const reason = { code: 'RATE_LIMITED', retry: 1_000 }
  expect(await waiting).toMatchObject([{ reason }, { reason }])
  gate.open()
  const next = call()
  await vi.advanceTimersByTimeAsync(1_000)
  await next
  expect(begun).toEqual([0, 1_000])
})
