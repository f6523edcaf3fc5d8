import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressKey } from '../../src/domain/address/key.ts'
import { type EffectCall, effectRunner } from '../../src/effects/registry.ts'
import { newState } from '../../src/engine/state.ts'
import { activationCodeHash } from '../../src/infra/activationCode.ts'
import { readConfig } from '../../src/infra/config.ts'
import { inTransaction, type Sql, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'

let fresh: FreshDatabase
const clock = testClock(noon)
beforeAll(async () => {
  fresh = await freshDatabase({ of: 'town' })
  await sql('expired', 'UPDATE account SET activation_code_until = $2 WHERE activation_code_hash = $1', [
    activationCodeHash('4AUP-UWTN', hashKey),
    '2026-11-09',
  ])
})
afterAll(() => fresh.drop())

const sql: Sql = (name, statement, values) => sqlOn(fresh.database)(name, statement, values)
const { rules, linkLimits: limits } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey })
const log = { info() {}, warn() {} }
const run = effectRunner({ clock, rules, words: openWords(rules.timeZone), limits, hashKey, log })

async function someone(): Promise<{ resident: string; chat: `vk:${string}` }> {
  const [resident, chat] = [randomUUID(), `vk:${randomUUID()}` as const]
  await sql('resident', 'INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, clock.now()])
  await sql(
    'chat',
    'INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)',
    [chat, JSON.stringify(newState()), resident, clock.now()],
  )
  return { resident, chat }
}

/** What came of it, and the names of the statements it took, in order. */
async function tried(
  call: EffectCall,
  who?: Awaited<ReturnType<typeof someone>>,
): Promise<{ outcome: unknown; statements: string[] }> {
  const statements: string[] = []
  const he = who ?? (await someone())
  const { outcome } = await inTransaction(fresh.database, (tx) => {
    const watched: Sql = (name, statement, values) => {
      statements.push(name)
      return tx(name, statement, values)
    }
    return run(call, { ...he, revision: 1, sql: watched, now: clock.now(), today: '2026-11-10' })
  })
  return { outcome, statements }
}

const byCode = (code: string) => tried({ effect: 'linkByCode', input: { code } })
const byAddress = (number: string, flat: string, who?: Awaited<ReturnType<typeof someone>>) => {
  const address = addressKey({ streetType: 'улица', street: '8 Марта', house: '120', flat })
  return tried({ effect: 'linkAccount', input: { number, address } }, who)
}

test('a code is looked up by one statement, whatever it is: the time tells nothing', async () => {
  const [unknown, closed, expired] = [await byCode('AAAA-9999'), await byCode('D6UH-V664'), await byCode('4AUP-UWTN')]
  expect(unknown.outcome).toEqual({ kind: 'noCode' })
  expect(closed).toEqual(unknown)
  expect(expired).toEqual({ outcome: { kind: 'expired' }, statements: unknown.statements })
  expect(unknown.statements.filter((name) => name.startsWith('account.'))).toEqual(['account.findByCode'])
})

test('a wrong number, a wrong flat and a closed account take the same statements', async () => {
  const unknown = await byAddress('6699999999', '45')
  expect(unknown.outcome).toEqual({ kind: 'noMatch' })
  expect(await byAddress('6682305547', '46')).toEqual(unknown)
  expect(await byAddress('6698619064', '45')).toEqual(unknown)
  expect((await byAddress('6682305547', '45')).outcome).toMatchObject({ kind: 'linked' })
})

test('whoever links an account while another link to it is under way finds that one, and has it told', async () => {
  const first = await someone()
  let [begun, mayEnd] = [() => {}, () => {}]
  const [hasBegun, end] = [new Promise<void>((tell) => (begun = tell)), new Promise<void>((tell) => (mayEnd = tell))]
  const linking = inTransaction(fresh.database, async (tx) => {
    const moment = { revision: 1, now: clock.now(), today: '2026-11-10' } as const
    await run({ effect: 'linkByCode', input: { code: '7TRC-7H9T' } }, { ...first, ...moment, sql: tx })
    begun()
    await end
  })
  await hasBegun
  const address = addressKey({ streetType: 'улица', street: 'XXII Партсъезда', house: '7', flat: '14' })
  let over = false
  const second = tried({ effect: 'linkAccount', input: { number: '6606101622', address } }).finally(() => {
    over = true
  })
  const waits = async () => (await sql('waiting', 'SELECT FROM pg_locks WHERE NOT granted', [])).length > 0
  await expect.poll(async () => over || (await waits()), { timeout: 20_000 }).toBe(true)
  mayEnd()
  await linking
  expect((await second).outcome).toMatchObject({ kind: 'linked' })
  const told = await sql<{ residentId: string }>(
    'told',
    `SELECT resident_id AS "residentId" FROM notice WHERE dialog = 'newcomer'`,
    [],
  )
  expect(told).toEqual([{ residentId: first.resident }])
})

test('a code that two accounts have links neither', async () => {
  await sql('twice', 'UPDATE account SET activation_code_hash = $1 WHERE number = ANY ($2)', [
    activationCodeHash('TWICE-999', hashKey),
    ['6673352945', '6618326651'],
  ])
  expect((await byCode('TWICE-999')).outcome).toEqual({ kind: 'noCode' })
})

test('an account where somebody was denied is linked by its code alone: he is told so, all others hear what a wrong pair hears', async () => {
  const [number, flat] = ['6682305547', '45']
  const [owner, guest] = [await someone(), await someone()]
  await byAddress(number, flat, owner)
  await byAddress(number, flat, guest)
  const [link] = await sql<{ id: string }>('his', 'SELECT id FROM link WHERE resident_id = $1', [guest.resident])
  expect((await tried({ effect: 'denyLink', input: { link: link?.id ?? '' } }, owner)).outcome).toEqual({
    kind: 'denied',
  })
  expect((await byAddress(number, flat, guest)).outcome).toEqual({ kind: 'codeOnly' })
  await tried({ effect: 'deleteMyData', input: {} }, guest)
  const wrong = await byAddress(number, '46')
  expect(wrong.outcome).toEqual({ kind: 'noMatch' })
  // He again, his data deleted or from another chat; the statements are the same, so that the time tells nothing either.
  expect(await byAddress(number, flat)).toEqual(wrong)
  expect((await byAddress(number, flat, owner)).outcome).toMatchObject({ kind: 'linked' })
  expect((await byCode('DVEP-T4FH')).outcome).toMatchObject({ kind: 'linked' })
})
