import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { startSandbox } from '../../bots/sandbox/start.ts'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import { telegramChannel } from '../../bots/telegram/main.ts'
import { vkChannel } from '../../bots/vk/main.ts'
import type { Channel, DeliveryContext, FileToSend, StopListening } from '../../src/engine/channel.ts'
import type { ChatId, Event, Input, Messenger } from '../../src/engine/event.ts'
import { openHttp } from '../../src/infra/http.ts'

export interface LogLine {
  facts: object
  message: string
}

/** A sandbox with one adapter pointed at it; all of it lives in a temporary folder and is stopped by `close`. */
export interface Stage {
  hand: SandboxHand
  log: LogLine[]
  /** VK's saved place, as a test may look at it. */
  cursor: { value: string | undefined; load(): Promise<string | undefined>; save(value: string): Promise<void> }
  channel(options?: { token?: string; refusedPauseMs?: number; messagesPerSecond?: number }): Channel
  /** Somebody new, who has pressed «Start» while nobody listened. */
  resident(language?: 'ru' | 'en'): Promise<{ phone: ResidentHand; chat: ChatId; person: number }>
  close(): Promise<void>
}

/** `residentLimits`: the sandbox refuses what is too much. */
export async function openStage(messenger: Messenger, residentLimits?: 'enforced'): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'channel-'))
  const sandbox = await startSandbox({ folder, ...(residentLimits && { residentLimits, isSavedAtOnce: false }) })
  const http = openHttp()
  const hand = new SandboxHand(sandbox.url)
  const log: LogLine[] = []
  const note = (facts: object, message: string) => void log.push({ facts, message })
  const cursor: Stage['cursor'] = {
    value: undefined,
    load: async () => cursor.value,
    save: async (value) => {
      cursor.value = value
    },
  }
  const common = { http, log: { info: note, warn: note, error: note }, clock: { now: () => new Date() } }
  const telegramToken = sandboxTokens.telegram[0]?.token ?? ''
  return {
    hand,
    log,
    cursor,
    channel: ({ token, refusedPauseMs, messagesPerSecond = 100_000 } = {}) =>
      messenger === 'telegram'
        ? telegramChannel({
            ...common,
            ...(refusedPauseMs !== undefined && { refusedPauseMs }),
            messagesPerSecond,
            token: token ?? telegramToken,
            apiRoot: sandbox.url,
            menuCommands: [
              { language: 'ru', command: 'menu', description: 'Меню' },
              { language: 'en', command: 'menu', description: 'Menu' },
            ],
          })
        : vkChannel({
            ...common,
            ...(refusedPauseMs !== undefined && { refusedPauseMs }),
            token: token ?? sandboxTokens.vk,
            apiRoot: `${sandbox.url}/method`,
            groupId: sandboxTokens.vkGroupId,
            cursor,
            startWords: ['начать', 'start'],
          }),
    async resident(language = 'ru') {
      const names = { firstName: 'Мария', lastName: 'Пробная', username: 'maria_probe', language }
      const person = await hand.addPerson(names)
      const phone = hand.resident(messenger, person.id)
      await phone.start()
      const id = messenger === 'telegram' ? person.telegramId : person.vkId
      return { phone, chat: `${messenger}:${id}`, person: person.id }
    },
    async close() {
      await sandbox.close()
      await http.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The engine's side of `listen`: remembers what was taken, may refuse a batch, and lets a test wait for an event. */
export class Ear {
  readonly taken: Event[] = []
  readonly offered: Event[][] = []
  /** What taking a batch does besides; an error refuses the batch. */
  onBatch: (events: Event[]) => Promise<void> = async () => {}
  #waiting: (() => void)[] = []

  readonly hear = async (events: Event[]): Promise<void> => {
    this.offered.push(events)
    this.#wake()
    await this.onBatch(events)
    this.taken.push(...events)
    this.#wake()
  }

  /** The first event taken of a chat that fits, now or later. */
  async event(chat: ChatId, fits: (input: Input, event: Event) => boolean): Promise<Event> {
    let found: Event | undefined
    await this.until(() => {
      found = this.taken.find((event) => event.chat === chat && fits(event.input, event))
      return found !== undefined
    })
    if (!found) throw new Error('unreachable')
    return found
  }

  async input<Kind extends Input['kind']>(chat: ChatId, kind: Kind): Promise<Input & { kind: Kind }> {
    const { input } = await this.event(chat, (one) => one.kind === kind)
    return input as Input & { kind: Kind }
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

/** Listens for as long as the work lasts. */
export async function whileListening<T>(channel: Channel, ear: Ear, work: () => Promise<T>): Promise<T> {
  const stop: StopListening = await channel.listen(ear.hear)
  try {
    return await work()
  } finally {
    await stop()
  }
}

let deliveries = 0

/** A delivery of its own; `files` by their ids. */
export function delivery(
  more: Partial<Omit<DeliveryContext, 'file'>> = {},
  files: Record<string, FileToSend> = {},
): DeliveryContext {
  return {
    id: `delivery-${++deliveries}`,
    partsDone: 0,
    ...more,
    file: async (id) => {
      const file = files[id]
      if (!file) throw new Error(`no file ${id}`)
      return file
    },
  }
}

/** No call of the adapter broke a rule of the platform's specification. */
export async function expectNoViolations(hand: SandboxHand, messenger: Messenger): Promise<void> {
  expect(await hand.violations()).toEqual([])
  expect((await hand.stats())[messenger].calls).toBeGreaterThan(0)
}

/** A PNG of 12 × 8 dots. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAIAAABChommAAAAD0lEQVR4nGNoIAIwjCoCAEYFkAGVU3q0AAAAAElFTkSuQmCC',
  'base64',
)
