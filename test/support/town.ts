import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { vi } from 'vitest'
import { type Product, startProduct } from '../../bots/product.ts'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { type SandboxOptions, startSandbox } from '../../bots/sandbox/start.ts'
import { sandboxTokens, staffForum } from '../../bots/sandbox/tokens.ts'
import { sandboxConsultants } from '../../bots/sandbox/world/staff.ts'
import { addMissing } from '../../src/desk/consultants.ts'
import { type Config, readConfig } from '../../src/infra/config.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { type TestClock, testClock } from './clock.ts'
import { hashKey } from './hashKey.ts'
import { type FreshDatabase, freshDatabase } from './postgres.ts'

/** The whole product over the sandbox messengers and a database with the sample town in it. */
export interface Town {
  hand: SandboxHand
  /** Where the sandbox's page is. */
  url: string
  product: Product
  fresh: FreshDatabase
  clock: TestClock
  /** Every line that was logged. */
  logged: string[]
  /** Starts the product once more beside the first, over the same database and messengers, with settings of its own. */
  join(env: Record<string, string>): Promise<Product>
  /** Ends the product and starts it again on the same database and messengers, with other settings when they are given. */
  restart(env?: Record<string, string>): Promise<void>
  close(): Promise<void>
}

/** A working day within the readings window, at noon in Yekaterinburg. */
export const noon = '2026-11-10T07:00:00Z'

export async function openTown({
  env = {},
  at = noon,
  desk = false,
  sandboxed = {},
  forumMinuteMs,
}: {
  env?: Record<string, string>
  at?: string
  /** With consultants at their forums. */
  desk?: boolean
  forumMinuteMs?: number
  sandboxed?: Pick<SandboxOptions, 'forums' | 'groupLimit'>
} = {}): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'erc-town-'))
  const groupLimit = { enforced: false }
  const sandbox = await startSandbox({ folder, groupLimit, isSavedAtOnce: false, ...sandboxed })
  const fresh = await freshDatabase({ of: 'town' })
  const clock = testClock(at)
  const logged: string[] = []
  const forums = (sandboxed.forums ?? [staffForum]).map(({ id }) => String(id))
  const configured = (own: Record<string, string> = {}) => {
    const config = sandboxConfig(sandbox.url, fresh.url, own)
    return desk ? withDesk(config, sandbox.url, forums, own.CONSULTANTS_MESSAGES_PER_MINUTE) : config
  }
  const config = configured(env)
  if (desk) await addMissing(sqlOn(fresh.database), sandboxConsultants, clock.now())
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  const secrets = [config.telegram?.token ?? '', config.vk?.token ?? '']
  const log = openLogger({ level: 'debug', secrets }, sink)
  const start = (settings = config) =>
    startProduct({
      config: settings,
      hashKey,
      databaseUrl: fresh.url,
      clock,
      log,
      // The clock of a test may be set at any moment.
      planEveryMs: 250,
      ...(forumMinuteMs !== undefined && { forumMinuteMs }),
      fatal: (reason) => {
        throw reason
      },
    })
  const town: Town = {
    hand: new SandboxHand(sandbox.url),
    url: sandbox.url,
    product: await start(),
    ...{ fresh, clock, logged },
    join: (own) => start(configured(own)),
    async restart(own) {
      await town.product.close()
      town.product = await start(own && configured(own))
    },
    async close() {
      await town.product.close()
      await sandbox.close()
      await fresh.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  // VK tells only of what is said once somebody listens for the first time.
  await vi.waitUntil(() => residents.every((messenger) => town.product.listening.has(messenger)), {
    timeout: 60_000,
    interval: 5,
  })
  return town
}

const residents = ['telegram', 'vk'] as const

/** The product's settings over a sandbox. */
export function sandboxConfig(url: string, databaseUrl: string, env: Record<string, string> = {}) {
  const [telegram] = sandboxTokens.telegram
  // Nobody is written to out of the blue, unless a test asks for that.
  const unbounded = { TELEGRAM_MESSAGES_PER_SECOND: '100000', REMINDERS: 'none' }
  const config = readConfig({ DATABASE_URL: databaseUrl, HASH_KEY: hashKey, ...unbounded, ...env })
  return {
    ...config,
    telegram: { token: telegram?.token ?? '', apiRoot: url },
    vk: { token: sandboxTokens.vk, groupId: sandboxTokens.vkGroupId, apiRoot: `${url}/method` },
  }
}

/** The same with consultants in these forums. */
function withDesk(config: Config, url: string, forums: string[], perMinute = '100000'): Config {
  const [, staff] = sandboxTokens.telegram
  const messagesPerMinute = Number(perMinute)
  return {
    ...config,
    rules: { ...config.rules, hasDesk: true },
    desk: { token: staff?.token ?? '', apiRoot: url, forums, messagesPerMinute },
  }
}
