import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../bots/sandbox/start.ts'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import type { VkUpdate } from '../../bots/sandbox/vk/shapes.ts'

export interface Running {
  folder: string
  sandbox: Sandbox
  hand: SandboxHand
}

/** A sandbox of its own for each test, in a temporary folder. */
export function eachWithSandbox(options: Omit<SandboxOptions, 'folder'> = {}): Running {
  const running = {} as Running
  beforeEach(async () => {
    running.folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    running.sandbox = await startSandbox({ ...options, folder: running.folder })
    running.hand = new SandboxHand(running.sandbox.url)
  })
  afterEach(async () => {
    await running.sandbox.close()
    await rm(running.folder, { recursive: true })
  })
  return running
}

export interface TelegramAnswer<Result> {
  ok: boolean
  result: Result
  error_code?: number
  description?: string
  parameters?: { retry_after: number }
}

/** A call of the residents' bot. */
export const telegram = <Result>(url: string, method: string, params: object = {}) =>
  callAs<Result>(0, url, method, params)

/** A call of the consultants' bot. */
export const desk = <Result>(url: string, method: string, params: object = {}) => callAs<Result>(1, url, method, params)

async function callAs<Result>(
  bot: number,
  url: string,
  method: string,
  params: object,
): Promise<TelegramAnswer<Result>> {
  const response = await fetch(`${url}/bot${sandboxTokens.telegram[bot]?.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return (await response.json()) as TelegramAnswer<Result>
}

export interface VkAnswer<Result> {
  response: Result
  error?: { error_code: number; error_msg: string; request_params: { key: string }[] }
}

export async function vk<Result>(
  url: string,
  method: string,
  params: Record<string, string> = {},
): Promise<VkAnswer<Result>> {
  const response = await fetch(`${url}/method/${method}`, {
    method: 'POST',
    body: new URLSearchParams({ access_token: sandboxTokens.vk, v: '5.199', ...params }),
  })
  return (await response.json()) as VkAnswer<Result>
}

/** What a VK event tells of; the test knows which kind of event it has asked for. */
export function objectOf<Kind>(update: VkUpdate | undefined): Kind {
  if (!update) throw new Error('no event')
  return update.object as Kind
}
