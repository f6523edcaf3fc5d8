import { expect, test } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'

test('each test has a migrated database of its own', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  try {
    await one.database.prisma.cursor.create({ data: { name: 'vk', value: '17' } })
    expect(await other.database.prisma.cursor.findMany()).toEqual([])
    expect((await one.database.pool.query(`SELECT value, lower('ЁЖ') AS small FROM cursor`)).rows).toEqual([
      { value: '17', small: 'ёж' },
    ])
  } finally {
    await Promise.all([one.drop(), other.drop()])
  }
})
