import { waited } from '../../src/infra/backOff.ts'
import type { VkApi } from './api.ts'
import { callsAnExecute, callsASecond } from './limits.ts'

const everyMs = 1_000 / callsASecond

/** So many calls of mailings are under way at most: enough to fill each `execute` while VK answers the ones before. */
const mostUnderWay = 6 * callsAnExecute

const never = new AbortController().signal

/**
 * The calls of mailings, handed on as many at a time as one `execute` holds, so that what people wait for stands behind few of them. They are as fast as VK lets
 * us call.
 */
export function behindAnswers(api: VkApi): VkApi {
  const waiting: (() => void)[] = []
  let underWay = 0
  let isPacing = false

  async function pace(): Promise<void> {
    isPacing = true
    let next = performance.now()
    while (waiting.length > 0) {
      for (let sent = 0; sent < callsAnExecute && underWay < mostUnderWay && waiting.length > 0; sent++) {
        underWay += 1
        waiting.shift()?.()
      }
      // A timer that was late is made up for, a pause is not.
      next = Math.max(next, performance.now() - 2 * everyMs) + everyMs
      await waited(Math.max(0, next - performance.now()), never)
    }
    isPacing = false
  }

  return {
    async call(method, params) {
      const turn = new Promise<void>((resolve) => waiting.push(resolve))
      if (!isPacing) void pace()
      await turn
      try {
        return await api.call(method, params)
      } finally {
        underWay -= 1
      }
    },
  }
}
