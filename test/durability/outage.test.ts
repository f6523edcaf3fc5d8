import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectOrStart, type EmbeddedPostgres } from '../../src/infra/embeddedPostgres.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { account, storedReadings } from './accounting.ts'
import { type Ground, openGround } from './ground.ts'
import { endPrograms, type Program, startProgram } from './program.ts'
import { inTime } from './running.ts'
import { askReadings, confirmReadings, linkFlat, typeReadings, valuesOf } from './talk.ts'

const settings = { fsync: 'off' }
let dataDir: string
let postgres: EmbeddedPostgres
let ground: Ground
let program: Program
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'erc-outage-'))
  await chmod(dataDir, 0o755)
  postgres = await connectOrStart({ dataDir, settings })
  await migrate(postgres.url)
  ground = await openGround({ databaseUrl: postgres.url })
  program = await startProgram(ground.env)
})
afterAll(async () => {
  await endPrograms()
  await ground?.close()
  await postgres?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const readiness = async () => {
  const response = await program.health('/readyz')
  const { missing } = (await response.json()) as { missing: string[] }
  return { status: response.status, missing }
}

const says = (status: number, missing: unknown) =>
  vi.waitFor(async () => expect(await readiness()).toMatchObject({ status, missing }), inTime)

test('PostgreSQL is away for ten seconds: what is said meanwhile is answered afterwards, nothing twice', async () => {
  await says(200, [])
  const talks = (['telegram', 'vk'] as const).map((messenger, nth) => {
    const flat = ground.flats[nth]
    if (!flat) throw new Error('the sample town has too few flats')
    return { messenger, flat, resident: ground.hand.resident(messenger, 1), asker: ground.hand.resident(messenger, 2) }
  })
  for (const { resident, flat, asker } of talks) {
    await linkFlat(resident, flat)
    await askReadings(resident)
    await asker.start()
    await asker.reply()
  }
  // A message that is on its way when PostgreSQL goes away is noted as shown when it is back.
  const held = await Promise.all(
    talks.map(async ({ messenger, asker }) => {
      const method = messenger === 'vk' ? 'messages.send' : 'sendMessage'
      const fault = await ground.hand.fault({ messenger, method, times: 1, effect: { kind: 'hold' } })
      await asker.say('помощь')
      return fault
    }),
  )
  await vi.waitFor(
    async () => expect(await ground.database.prisma.outbox.count({ where: { state: 'pending' } })).toBe(2),
    inTime,
  )

  await postgres.stop()
  for (const { release } of held) await release()
  await says(503, expect.arrayContaining(['postgresql']))
  const values = talks.map(({ flat }) => valuesOf(flat, 1))
  const answers = talks.map(({ resident }, nth) => typeReadings(resident, values[nth] ?? []))
  await Promise.all(talks.map(({ asker }) => asker.say('настройки')))
  await pause(10_000)
  expect((await program.health('/healthz')).status).toBe(200)
  const before = postgres.url
  postgres = await connectOrStart({ dataDir, settings })
  expect(postgres.url).toBe(before)

  await Promise.all(answers)
  for (const [nth, { resident, flat, asker }] of talks.entries()) {
    const told = await confirmReadings(resident, values[nth] ?? [])
    expect(await storedReadings(ground.database, flat)).toEqual({ told: [told], current: told })
    const { messages } = await asker.waitFor((chat) => chat.messages.at(-1)?.text.startsWith('Настройки') ?? false)
    expect(messages.filter(({ from }) => from === 'bot')).toHaveLength(3)
  }
  await says(200, [])
  expect(await program.terminate()).toBe(0)
  expect(await account(ground)).toMatchObject({ wrong: [], repeated: 0, vkExtra: 0 })
})
