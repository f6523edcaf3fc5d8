import { subscribe } from 'node:diagnostics_channel'
import { type Product, startProduct } from '../../bots/product.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openLogger } from '../../src/infra/logger.ts'
import type { Order } from '../support/child.ts'

// The product as a process of its own that can be killed, over messengers and a database that live on. It waits, loaded, for
// the order to start, so that the next one is ready at once when this one is killed; SIGTERM stops it as an operator would.
let product: Product | undefined
let fatal: Extract<Order, { do: 'killAt' }> | undefined

subscribe('erc:point', (name) => {
  if (!fatal || (fatal.point !== undefined && fatal.point !== name)) return
  fatal.nth -= 1
  if (fatal.nth > 0) return
  if (fatal.afterMs === undefined) process.kill(process.pid, 'SIGKILL')
  else setTimeout(() => process.kill(process.pid, 'SIGKILL'), fatal.afterMs)
})

process.on('message', async (order: Order) => {
  if (order.do === 'killAt') {
    fatal = order
    process.send?.('armed')
    return
  }
  const { env, databaseUrl, clockShiftMs, planEveryMs } = order
  product = await startProduct({
    config: readConfig(env),
    hashKey: env.HASH_KEY ?? '',
    databaseUrl,
    clock: { now: () => new Date(Date.now() + clockShiftMs), id: () => crypto.randomUUID() },
    log: openLogger({ level: process.env.LOG_LEVEL ?? 'error' }),
    fatal: (reason) => {
      throw reason
    },
    ...(planEveryMs !== undefined && { planEveryMs }),
  })
  process.send?.('started')
})
process.once('SIGTERM', async () => {
  await product?.close()
  process.exit(0)
})
process.once('disconnect', () => process.exit(1))
process.send?.('loaded')
