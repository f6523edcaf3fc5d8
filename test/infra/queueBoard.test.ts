import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveOps } from '../../bots/ops.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { openQueues } from '../../src/infra/queues.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { openRedis, type TestRedis } from '../support/redis.ts'

const log = openLogger({ level: 'silent' })
let fresh: FreshDatabase
let redis: TestRedis
beforeAll(async () => {
  ;[fresh, redis] = await Promise.all([freshDatabase(), openRedis()])
})
afterAll(async () => {
  await fresh.drop()
  await redis.close()
})

describe.each(['PostgreSQL', 'Redis'])('queues in %s', (backend) => {
  test('are shown to operators on this machine, with what waits in them, and cannot be changed', async () => {
    const queues = openQueues({ databaseUrl: fresh.url, log, ...(backend === 'Redis' && { redisUrl: redis.url }) })
    const queue = await queues.open<{ id: string }>('later', async () => {})
    await queue.add([{ id: 'one', data: { id: 'one' }, delayMs: 3_600_000 }])
    const ops = await serveOps(0, { queues, log })
    const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${ops.port}${path}`, { method })
    expect(await (await get('/')).text()).toContain('<title>ЕРЦ</title>')
    const shown = await (await get('/queues/api/queues?activeQueue=later&status=delayed&page=1&jobsPerPage=10')).json()
    expect(shown).toMatchObject({ queues: [{ name: 'later', readOnlyMode: true, counts: { delayed: 1 } }] })
    expect((await get('/queues/api/queues/later/empty', 'PUT')).ok).toBe(false)
    const second = await serveOps(ops.port ?? 0, { queues, log })
    expect(second.port).toBeUndefined()
    await second.close()
    await ops.close()
    await queues.close()
  })
})
