import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { API, APIRequest } from 'vk-io'
import { Pace } from '../../bots/vk/pace.ts'

const later = globalThis.setTimeout
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance', 'Date'] })
  madeAt.length = 0
  packed.length = 0
  vi.spyOn(APIRequest.prototype, 'make').mockImplementation(async function (this: APIRequest) {
    const names = [...String(this.params.code).matchAll(/"name":"(.*?)"/g)].map(([, name]) => name ?? '')
    madeAt.push(performance.now())
    packed.push(names)
    return { response: names.map(() => 1) }
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** When each call was made, and the names of what it carried. */
const madeAt: number[] = []
const packed: string[][] = []

const api = new API({ token: 'token' })
const request = (name: string) => new APIRequest({ api, method: 'messages.send', params: { name } })
const mail = (pace: Pace, from: number, to: number) => {
  for (let nth = from; nth < to; nth++) pace.enqueueMailing(request(`mailing ${nth}`))
}
const mostInASecond = () =>
  Math.max(...madeAt.map((from) => madeAt.filter((at) => at >= from && at < from + 1_000).length))

test('mailings go 25 in each call, in their order, evenly and never more than 20 times in any second', async () => {
  const pace = new Pace(api)
  mail(pace, 0, 50)
  await vi.advanceTimersByTimeAsync(0)
  mail(pace, 50, 2_000)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(packed.length).toBe(80)
  expect(packed.flat()).toEqual(Array.from({ length: 2_000 }, (_, nth) => `mailing ${nth}`))
  expect(new Set(packed.map((calls) => calls.length))).toEqual(new Set([25]))
  expect(mostInASecond()).toBe(20)
  expect(Math.max(...madeAt.slice(1).map((at, nth) => at - (madeAt[nth] ?? 0)))).toBeLessThanOrEqual(50)
})

test.each([
  ['every timer is 15 ms late', () => 15],
  ['now and then one is a tenth of a second late', (nth: number) => (nth % 17 === 0 ? 100 : 2)],
])('keeps 95 % of the rate, and not more in any second, when %s', async (_, lateMs) => {
  const timer = globalThis.setTimeout
  let nth = 0
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms = 0) =>
    timer(work, ms + lateMs(++nth))) as typeof later)
  const pace = new Pace(api)
  mail(pace, 0, 100)
  for (let second = 0; second < 60; second++) {
    await vi.advanceTimersByTimeAsync(0)
    mail(pace, 0, 25 * 20)
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(packed.length).toBeGreaterThanOrEqual(0.95 * 20 * 60)
  expect(mostInASecond()).toBeLessThanOrEqual(20)
})

test('what people wait for goes before all mailings with the next call, and is alone in it only when there are none', async () => {
  const pace = new Pace(api)
  pace.enqueue(request('answer 1'))
  await vi.advanceTimersByTimeAsync(0)
  mail(pace, 0, 500)
  await vi.advanceTimersByTimeAsync(120)
  const before = packed.length
  for (const nth of [2, 3]) pace.enqueue(request(`answer ${nth}`))
  await vi.advanceTimersByTimeAsync(50)
  expect(packed[0]).toEqual(['answer 1'])
  expect(packed[before]?.slice(0, 3)).toEqual(['answer 2', 'answer 3', `mailing ${25 * (before - 1)}`])
  expect(packed[before]?.length).toBe(25)
})

test('nothing was called of late: the first call waits for nobody, also after a pause', async () => {
  const pace = new Pace(api)
  for (const nth of [1, 2]) {
    pace.enqueue(request(`answer ${nth}`))
    await vi.advanceTimersByTimeAsync(0)
    expect(packed.length).toBe(nth)
    await vi.advanceTimersByTimeAsync(10_000)
  }
})
