import type { Agent } from 'node:https'
import { API, APIError, APIRequest, ExecuteError } from 'vk-io'
import type { Http } from '../../src/infra/http.ts'
import { judge } from './answers.ts'
import { callsASecond } from './limits.ts'
import { Pace } from './pace.ts'

export interface Connection {
  token: string
  groupId: number
  apiRoot: string
  http: Http
}

/** Calls by name, with flat parameters: lists and objects as VK wants them, as strings. */
export interface VkApi {
  call(method: string, params: Record<string, string | number>): Promise<unknown>
}

const callTimeoutMs = 15_000

/**
 * VK for what people wait for, and for mailings, over one pace. Up to 25 waiting calls are packed into one `execute`. When VK refuses such a script as a
 * whole (12, 13: it cannot be compiled or run), its calls are made once more one by one, so that one resident's text does no harm to the 24 others.
 * vk-io tries nothing again by itself, but for error 6 (too many calls), for which it pauses a second: the outbox tries again.
 */
export function vkApis({ token, apiRoot, http }: Connection): { answers: VkApi; mailings: VkApi } {
  const root = apiRoot.replace(/\/+$/, '')
  // vk-io types its agent as https, but hands it to node-fetch, which takes either.
  const agent = http.agentFor(root) as Agent
  const options = {
    token,
    agent,
    apiBaseUrl: root,
    apiVersion: '5.199',
    apiLimit: callsASecond,
    apiRetryLimit: 0,
    apiTimeout: callTimeoutMs,
  }
  const single = new API({ ...options, apiMode: 'sequential' })
  const pace = new Pace(single)
  const over = (enqueue: (request: APIRequest) => void): VkApi => ({
    call: (method, params) => {
      const request = new APIRequest({ api: single, method, params })
      enqueue(request)
      return request.promise.catch((error: unknown) => {
        if (isOfWholeScript(error)) return single.call<unknown>(method, params)
        throw error
      })
    },
  })
  return {
    answers: over((request) => pace.enqueue(request)),
    mailings: over((request) => pace.enqueueMailing(request)),
  }
}

/** An error of one call within the script is an `ExecuteError`. What would meet each call alike is not tried again. */
const isOfWholeScript = (error: unknown): boolean =>
  error instanceof APIError && !(error instanceof ExecuteError) && judge(error, 'execute', {}).kind !== 'failed'
