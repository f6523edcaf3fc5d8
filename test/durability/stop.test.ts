import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'
import { account, storedReadings } from './accounting.ts'
import { type Ground, openGround } from './ground.ts'
import { endPrograms, type Program, startProgram } from './program.ts'
import { inTime } from './running.ts'
import { linkFlat, submitReadings, type Told } from './talk.ts'

const cleaning: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await endPrograms()
  for (const clean of cleaning.splice(0).reverse()) await clean()
})

const ready = (program: Program) =>
  vi.waitFor(async () => expect((await program.health('/readyz')).status).toBe(200), inTime)

test('SIGTERM or SIGINT in the midst of work ends with 0, and the next start goes on where it was', async () => {
  const ground = await openGround()
  cleaning.push(ground.close)
  let program = await startProgram(ground.env)
  await ready(program)
  let going = true
  const talks = [1, 2, 3].flatMap((person) =>
    (['telegram', 'vk'] as const).map(async (messenger, nth) => {
      const flat = ground.flats[person * 2 + nth]
      if (!flat) throw new Error('the sample town has too few flats')
      const resident = ground.hand.resident(messenger, person)
      const told: Told[] = []
      await linkFlat(resident, flat)
      for (let round = 1; going; round++) told.push(await submitReadings(resident, flat, round))
      return { flat, told }
    }),
  )
  for (const how of ['terminate', 'interrupt', 'terminate'] as const) {
    const taken = await ground.database.prisma.reading.count()
    await vi.waitFor(async () => {
      // A talk that has failed is told at once.
      await Promise.race([...talks, undefined])
      expect(await ground.database.prisma.reading.count()).toBeGreaterThan(taken + 4)
    }, inTime)
    expect(await program[how]()).toBe(0)
    program = await startProgram(ground.env)
  }
  going = false
  const done = await Promise.all(talks)
  expect(await program.interrupt()).toBe(0)
  for (const { flat, told } of done)
    expect(await storedReadings(ground.database, flat)).toEqual({ told, current: told.at(-1) })
  // Whoever ends by himself leaves no answer cut: nothing is said twice, not in Telegram either.
  expect(await account(ground)).toMatchObject({ wrong: [], repeated: 0, vkExtra: 0 })
})

test('a turn and a delivery under way are ended before the product is', async () => {
  const ground = await openGround()
  cleaning.push(ground.close)
  let program = await startProgram(ground.env)
  await ready(program)
  const [asker, teller] = [ground.hand.resident('telegram', 1), ground.hand.resident('vk', 2)]
  for (const resident of [asker, teller]) {
    await resident.start()
    await resident.reply()
  }
  const pending = () => ground.database.prisma.outbox.count({ where: { state: 'pending' } })
  await vi.waitFor(async () => expect(await pending()).toBe(0), inTime)
  const held = await ground.hand.fault({
    messenger: 'telegram',
    method: 'sendMessage',
    times: 1,
    effect: { kind: 'hold' },
  })
  await asker.say('помощь')
  await vi.waitFor(async () => expect(await pending()).toBe(1), inTime)
  const lock = await ground.database.pool.connect()
  await lock.query(`BEGIN; SELECT FROM conversation WHERE chat LIKE 'vk:%' FOR UPDATE`)
  await teller.say('помощь')
  const waiting = async () => {
    const { rowCount } = await lock.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return rowCount
  }
  await vi.waitFor(async () => expect(await waiting()).toBe(1), inTime)

  const ended = program.terminate()
  await vi.waitFor(() => expect(program.health('/healthz')).rejects.toThrow(), inTime)
  await lock.query('COMMIT')
  lock.release()
  // Whoever still has a message under way remains the sender there, so that nobody else sends it meanwhile.
  await vi.waitFor(async () => expect(await senders(ground)).toEqual(['telegram']), inTime)
  await held.release()
  expect(await ended).toBe(0)
  const sent = await ground.database.prisma.outbox.count({
    where: { chat: { startsWith: 'telegram:' }, state: 'sent' },
  })
  expect(sent).toBe(2)
  expect(await ground.database.prisma.conversation.count({ where: { chat: { startsWith: 'vk:' }, revision: 2 } })).toBe(
    1,
  )

  program = await startProgram(ground.env)
  await teller.reply(({ text }) => text.startsWith('Помощь'))
  expect(await program.terminate()).toBe(0)
  expect(await account(ground)).toMatchObject({ wrong: [], repeated: 0, vkExtra: 0 })
})

/** Messengers that somebody listens to and sends in. */
const senders = async ({ database }: Ground): Promise<string[]> =>
  (await database.prisma.lease.findMany()).map(({ name }) => name)

test('the product with its own PostgreSQL and the sandbox: Ctrl-C leaves nothing running, a kill is recovered from', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'erc-whole-'))
  await chmod(dataDir, 0o755)
  cleaning.push(async () => {
    const left = await connectOrStart({ dataDir })
    await left.stop()
    await rm(dataDir, { recursive: true })
  })
  const env = { DATA_DIR: dataDir }
  let program = await startProgram(env, true)
  await ready(program)
  const residents = async () => {
    const hand = new SandboxHand(new URL((await program.health('/')).headers.get('location') ?? '').origin)
    return (['telegram', 'vk'] as const).map((messenger) => hand.resident(messenger, 1))
  }
  for (const resident of await residents()) {
    await resident.start()
    await resident.reply(({ text }) => text.includes('Согласие'))
  }
  expect(await program.interrupt()).toBe(0)
  expect(await postgresRuns(dataDir)).toBe(false)

  program = await startProgram(env)
  await ready(program)
  for (const resident of await residents()) {
    await resident.press('Согласен')
    await resident.reply(({ text }) => text.includes('Подключить счёт'))
  }
  await program.kill()
  expect(await postgresRuns(dataDir)).toBe(true)

  program = await startProgram(env)
  await ready(program)
  for (const resident of await residents()) {
    await resident.press('По адресу и номеру счёта')
    await resident.reply(({ text }) => text.includes('Напишите адрес'))
  }
  expect(await program.interrupt()).toBe(0)
  expect(await postgresRuns(dataDir)).toBe(false)
})

/** PostgreSQL takes this file away last. */
async function postgresRuns(dataDir: string): Promise<boolean> {
  const names = await readdir(dataDir, { recursive: true })
  return names.some((name) => name.endsWith('postmaster.pid'))
}
