import { expect, test } from 'vitest'
import { openLogger } from '../../src/infra/logger.ts'
import { openQueues } from '../../src/infra/queues.ts'
import { dropDatabase, emptyDatabase } from '../support/postgres.ts'

test('a queue that does not reach PostgreSQL when it is opened says so, and leaves nothing that asks on and on', async () => {
  const name = `queues_${process.pid}`
  const queues = openQueues({ databaseUrl: await emptyDatabase(name), log: openLogger({ level: 'silent' }) })
  await queues.open('reached', async () => {})
  await dropDatabase(name)
  await expect(queues.open('notReached', async () => {})).rejects.toThrow('does not exist')
  // It has been let breathe: timers still come.
  await new Promise((resolve) => setTimeout(resolve))
  await queues.close()
})
