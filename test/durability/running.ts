import { vi } from 'vitest'
import { type Product, startProduct } from '../../bots/product.ts'
import type { Dialogs } from '../../src/engine/turn.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { noon } from '../support/town.ts'
import type { Ground } from './ground.ts'

/** Starts the product in this process. A second one on the same ground listens to nobody while the first one lives. */
export function startHere(ground: Ground, dialogs?: Dialogs): Promise<Product> {
  return startProduct({
    config: readConfig(ground.env),
    hashKey,
    databaseUrl: ground.databaseUrl,
    clock: testClock(noon),
    log: openLogger({ level: 'silent' }),
    fatal: (reason) => {
      throw reason
    },
    ...(dialogs && { dialogs }),
  })
}

export const listensToBoth = ({ listening }: Product): Promise<void> =>
  vi.waitFor(() => {
    if (listening.size < 2) throw new Error('not both messengers are listened to')
  }, inTime)

/** How long a test waits for what is to happen before it says that it did not. */
export const inTime = { timeout: 60_000, interval: 20 }
