import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { exportReadings } from '../../src/exchange/exportReadings.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { accountRows, type BillingFolder, billingFolder, inShort, meterRows } from './billingFiles.ts'
import { given, statesOf } from './givenReadings.ts'

let fresh: FreshDatabase
let folder: BillingFolder

beforeAll(async () => {
  fresh = await freshDatabase()
  folder = await billingFolder()
  for (const path of [
    await folder.put('accounts_20261101_001.csv', accountRows(2)),
    await folder.put('meters_20261101_001.csv', meterRows(2)),
  ])
    await importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
  await folder.remove()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  folder = await billingFolder()
  await fresh.database.pool.query('TRUNCATE reading, readings_export, notice RESTART IDENTITY')
})
afterEach(() => folder.remove())

const newsAt = new Date('2026-11-29T04:00:00Z')
const exported = () =>
  exportReadings(fresh.database, {
    folder: folder.path,
    now: new Date('2026-11-28T21:00:00Z'),
    timeZone: 'Asia/Yekaterinburg',
  })

type Result = [id: string, result: string, code?: string, message?: string]

/** Loads a file of results, the newer the greater its number. */
async function told(number: number, ...results: Result[]) {
  const rows = results.map(([reading_id, result, code = '', message = '']) => ({ reading_id, result, code, message }))
  const path = await folder.put(`readings_result_20261129_00${number}.csv`, rows)
  return { path, ...inShort(await importFile(fresh.database, path, { hashKey: 'k', today: '2026-11-10', newsAt })) }
}

const kept = (id: string) =>
  fresh.database.prisma.reading.findUniqueOrThrow({
    where: { id },
    select: { status: true, rejection: true, rejectionWords: true },
  })

test('what was handed out is counted or not taken, with the billing’s code and words; again changes nothing', async () => {
  const [good, bad] = [await given(fresh.database), await given(fresh.database, second)]
  await exported()
  const results: Result[] = [
    [good, 'ok'],
    [bad, 'rejected', 'X17', 'Прибор не на учёте'],
  ]
  expect(await told(1, ...results)).toMatchObject({ loaded: 2, bad: 0 })
  expect(await kept(good)).toEqual({ status: 'confirmed', rejection: null, rejectionWords: null })
  expect(await kept(bad)).toEqual({ status: 'rejected', rejection: 'X17', rejectionWords: 'Прибор не на учёте' })
  expect(await told(1, ...results)).toMatchObject({ loaded: 0, unchanged: 2 })
})

test('a later file may turn it round, an earlier one may not', async () => {
  const id = await given(fresh.database)
  await exported()
  await told(2, [id, 'rejected', 'E_LESS'])
  expect(await told(1, [id, 'ok'])).toMatchObject({ loaded: 0, older: 1 })
  expect(await kept(id)).toMatchObject({ status: 'rejected' })
  await told(3, [id, 'ok'])
  expect(await kept(id)).toEqual({ status: 'confirmed', rejection: null, rejectionWords: null })
  await told(4, [id, 'rejected', 'DUPLICATE'])
  expect(await kept(id)).toMatchObject({ status: 'rejected', rejection: 'DUPLICATE' })
})

test('what was corrected meanwhile stays corrected, and a rejected one that was given anew stays rejected', async () => {
  const [corrected, rejected] = [await given(fresh.database), await given(fresh.database, second)]
  await exported()
  const right = await given(fresh.database, { replacesId: corrected })
  await told(1, [corrected, 'ok'], [rejected, 'rejected', 'E_LESS'])
  const anew = await given(fresh.database, { ...second, t1: '430' })
  await told(2, [corrected, 'rejected', 'E_LESS'], [rejected, 'ok'])
  expect(await statesOf(fresh.database)).toEqual({
    ...{ [corrected]: 'superseded', [right]: 'accepted' },
    ...{ [rejected]: 'rejected', [anew]: 'accepted' },
  })
})

test('a file that the billing took before a killed export was finished is answered all the same', async () => {
  const id = await given(fresh.database)
  await exported()
  await fresh.database.pool.query(`UPDATE reading SET status = 'accepted'`)
  await fresh.database.pool.query('UPDATE readings_export SET finished_at = NULL')
  await told(1, [id, 'ok'])
  expect(await exported()).toMatchObject([{ resumed: true }])
  expect(await kept(id)).toMatchObject({ status: 'confirmed' })
})

test('what we have not handed out is a bad row', async () => {
  const ours = await Promise.all(
    Array.from({ length: 200 }, (_, month) => given(fresh.database, { period: `p${month}` })),
  )
  await exported()
  const never = await given(fresh.database, second)
  const good = ours.map((id): Result => [id, 'ok'])
  for (const stranger of [never, randomUUID(), 'R-1']) {
    const { path, ...outcome } = await told(1, ...good, [stranger, 'ok'])
    expect(outcome).toMatchObject({ rows: 201, bad: 1 })
    expect(await readFile(`${path}.errors.csv`, 'utf8')).toContain('202;reading_id;UNKNOWN_READING;')
  }
  expect(await told(2, [never, 'ok'])).toMatchObject({ refused: 'TOO_MANY_BAD_ROWS' })
  expect(await kept(never)).toMatchObject({ status: 'accepted' })
})

test('who has given a reading that is not taken is told once, where he can be written to, of all of a confirmation', async () => {
  const residentId = randomUUID()
  const { prisma, pool } = fresh.database
  const at = new Date('2026-11-01')
  await prisma.resident.create({ data: { id: residentId, createdAt: at } })
  for (const [chat, blockedAt] of [
    ['vk:1', null],
    ['telegram:1', at],
  ] as const)
    await prisma.conversation.create({ data: { chat, blockedAt, residentId, revision: 1, state: {}, updatedAt: at } })
  const mine = [await given(fresh.database, { residentId }), await given(fresh.database, { meterId: 'M2', residentId })]
  await pool.query(`UPDATE reading SET confirmation = '77'`)
  const others = await given(fresh.database, { period: '2026-10' })
  await exported()
  await told(1, ...[...mine, others].map((id): Result => [id, 'rejected', 'E_LESS']))
  const about = expect.stringMatching(/^rejected:\d+:77$/)
  expect(await prisma.notice.findMany()).toMatchObject([
    { residentId, chat: 'vk:1', dueAt: newsAt, dialog: 'readings', about, kind: 'rejected' },
  ])
})

const second = { meterId: 'M2', accountNo: '6600000002' }
