import type { VkApi } from './api.ts'
import { callsAnExecute, callsASecond } from './limits.ts'

const everyMs = 1_000 / callsASecond

/** So many calls of mailings are under way at most: enough to fill each `execute` while VK answers the ones before. */
const mostUnderWay = 6 * callsAnExecute

/**
 * The calls of mailings, handed on as many at a time as one `execute` holds, so that what people wait for stands behind few of them. They are as fast as VK lets
 * us call.
 */
export function behindAnswers(api: VkApi): VkApi {
  const waiting: (() => void)[] = []
  let underWay = 0
  let next = 0
  let timer: NodeJS.Timeout | undefined

  function arrange(): void {
    if (timer === undefined && waiting.length > 0) timer = setTimeout(handOn, Math.max(0, next - performance.now()))
  }

  function handOn(): void {
    timer = undefined
    for (let sent = 0; sent < callsAnExecute && underWay < mostUnderWay && waiting.length > 0; sent++) {
      underWay += 1
      waiting.shift()?.()
    }
    // A timer that was late is made up for, a pause is not.
    next = Math.max(next, performance.now() - 2 * everyMs) + everyMs
    arrange()
  }

  return {
    async call(method, params) {
      const turn = new Promise<void>((resolve) => waiting.push(resolve))
      arrange()
      await turn
      try {
        return await api.call(method, params)
      } finally {
        underWay -= 1
      }
    },
  }
}
