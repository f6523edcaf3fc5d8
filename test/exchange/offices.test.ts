import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exportBookings } from '../../src/exchange/exportBookings.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { officesOf } from '../../src/queries/offices.ts'
import { openVisiting, type Someone, type Visiting } from '../effects/visiting.ts'
import { type BillingFolder, billingFolder, type Cells, inShort, officeRows, withRow } from './billingFiles.ts'

let v: Visiting
let folder: BillingFolder
beforeAll(async () => {
  v = await openVisiting()
})
afterAll(() => v.close())
beforeEach(async () => {
  folder = await billingFolder()
  await v.fresh.database.pool.query('TRUNCATE office, bookings_export RESTART IDENTITY CASCADE')
})
afterEach(() => folder.remove())

async function load(name: string, rows: readonly Cells[], encoding?: string) {
  const path = await folder.put(name, rows, encoding === undefined ? {} : { encoding })
  const result = await importFile(v.fresh.database, path, { hashKey: 'k', today: '2026-11-10' })
  const errors = result.errorsFile ? (await readFile(result.errorsFile, 'utf8')).split('\r\n').slice(1, -1) : []
  return { ...inShort(result), refused: result.refused?.code, remarked: result.remarked, errors }
}

const offices = () => load('offices_20261101_001.csv', officeRows(2), 'windows-1251')

describe('offices', () => {
  test('are loaded with their hours, windows and topics; again changes nothing', async () => {
    expect(await offices()).toMatchObject({ loaded: 2, bad: 0 })
    expect((await officesOf(v.sql))[0]).toMatchObject({
      ...{ id: 'O1', name: 'Отделение 1', district: 'KIR', address: 'ул. Мира, 1', phone: '8 (343) 000-00-00' },
      ...{ windows: 2, slotMinutes: 15, topics: ['account', 'meters'] },
      opening: {
        weekly: expect.arrayContaining([
          [
            { from: 480, to: 720 },
            { from: 768, to: 1020 },
          ],
        ]),
      },
    })
    expect(await offices()).toMatchObject({ loaded: 0, unchanged: 2 })
  })

  test('are closed and opened again by a newer file, not by an older one', async () => {
    await offices()
    const closed = officeRows(1, { closed_from: '2026-11-16', closed_to: '20.11.2026' })
    expect(await load('offices_20261103_001.csv', closed)).toMatchObject({ loaded: 1 })
    expect(await load('offices_20261102_001.csv', officeRows(1))).toMatchObject({ loaded: 0, older: 1 })
    expect((await officesOf(v.sql, ['O1']))[0]).toMatchObject({ closedFrom: '2026-11-16', closedTo: '2026-11-20' })
    expect(await load('offices_20261104_001.csv', officeRows(1))).toMatchObject({ loaded: 1 })
    expect((await officesOf(v.sql, ['O1']))[0]).not.toHaveProperty('closedFrom')
  })

  test.each([
    ['hours', 'когда как', 'BAD_HOURS'],
    ['hours', 'mon 17:00-08:00', 'BAD_HOURS'],
    ['topics', 'account,passport', 'BAD_VALUE'],
    ['windows', '0', 'BAD_NUMBER'],
    ['slot_min', '', 'MISSING'],
    ['closed_to', '2026-11-01', 'BAD_DATE'],
  ])('%s «%s»: %s, and one bad row of so few refuses the file', async (column, cell, code) => {
    await offices()
    const rows = withRow(officeRows(3, { closed_from: '2026-11-02' }), 1, { [column]: cell })
    const { errors, ...outcome } = await load('offices_20261105_001.csv', rows)
    expect(outcome).toMatchObject({ refused: 'TOO_MANY_BAD_ROWS', bad: 1 })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(new RegExp(`^3;${column};${code};`))
    expect(await officesOf(v.sql)).toHaveLength(2)
  })
})

const taken = (more: Cells = {}): Cells => ({
  ...{ office_id: 'O1', date: '2026-11-11', time: '9:00', window: '1', taken: '1' },
  ...more,
})
const freeAt = async (minute: number) =>
  (await v.queries.visits.freeTimes('O1', 'meters', '2026-11-11', v.clock.now(), v.rules)).find(
    (time) => time.minute === minute,
  )?.free ?? 0

describe('places taken elsewhere', () => {
  beforeEach(offices)

  test('are free for nobody until a newer file says so', async () => {
    const rows = [taken(), taken({ time: '09:15:00' }), taken({ time: '09:15', window: '2' })]
    expect(await load('slots_taken_20261110_001.csv', rows)).toMatchObject({ loaded: 3, bad: 0 })
    expect([await freeAt(540), await freeAt(555), await freeAt(570)]).toEqual([1, 0, 2])
    await load('slots_taken_20261110_002.csv', [taken({ time: '9:15', taken: '0' })])
    expect(await freeAt(555)).toBe(1)
    expect(await load('slots_taken_20261110_001.csv', rows)).toMatchObject({ older: 1, unchanged: 2 })
    expect(await freeAt(555)).toBe(1)
  })

  test.each([
    [{ office_id: 'O9' }, 'office_id;UNKNOWN_OFFICE'],
    [{ time: '25:00' }, 'time;BAD_DATE'],
    [{ time: '9.00' }, 'time;BAD_DATE'],
    [{ window: '' }, 'window;MISSING'],
    [{ taken: 'да' }, 'taken;BAD_VALUE'],
  ])('%j: %s', async (cells, problem) => {
    const { errors } = await load('slots_taken_20261110_001.csv', [taken(cells)])
    expect(errors[0]).toMatch(new RegExp(`^2;${problem};`))
  })

  test('twice in a file: the first counts', async () => {
    const rows = Array.from({ length: 100 }, (_, nth) => taken({ window: String((nth % 99) + 1) }))
    expect(await load('slots_taken_20261110_001.csv', rows)).toMatchObject({ loaded: 99, bad: 1 })
  })

  test('leave a resident his booking, and are remarked on unless they are what we have handed out', async () => {
    const who = await v.resident()
    await book(who)
    const rows = [taken(), taken({ time: '10:00' })]
    const first = await load('slots_taken_20261110_001.csv', rows)
    expect(first).toMatchObject({ loaded: 2, remarked: 1 })
    expect(first.errors[0]).toMatch(/^2;time;BOOKED_HERE;/)
    expect(await v.statesOf(who)).toEqual(['booked'])
    await exported()
    expect(await load('slots_taken_20261110_002.csv', rows)).toMatchObject({ unchanged: 2, remarked: 0, errors: [] })
  })
})

async function book(who: Someone, minute = 540): Promise<string> {
  const outcome = await v.book(who, { officeId: 'O1', topic: 'meters', date: '2026-11-11', minute })
  if (outcome.kind !== 'booked') throw new Error(outcome.kind)
  return outcome.booking.id
}

const exported = (signal?: AbortSignal) =>
  exportBookings(v.fresh.database, {
    ...{ folder: folder.path, now: new Date('2026-11-10T21:00:00Z'), timeZone: 'Asia/Yekaterinburg' },
    ...(signal && { signal }),
  })
const linesOf = async (path = '') => (await readFile(path, 'latin1')).split('\r\n').slice(0, -1)

describe('bookings', () => {
  beforeEach(offices)

  test('are handed out once, each by its last state, and what became of them later in the next file', async () => {
    const [one, two] = [await v.resident(), await v.resident()]
    const [kept, gone] = [await book(one), await book(two, 555)]
    await v.run(two, 'cancelBooking', { booking: gone })
    await v.run(two, 'holdSlot', { officeId: 'O1', topic: 'account', date: '2026-11-11', minute: 600 })
    const [file, ...more] = await exported()
    expect(more).toEqual([])
    expect(file).toEqual({ path: `${folder.path}/bookings_20261111_001.csv`, rows: 2, resumed: false })
    const [header, first, second, ...rest] = await linesOf(file?.path)
    expect(header).toBe('booking_id;office_id;date;time;window;topic;account_no;ticket;state;changed_at')
    const instant = '2026-11-10T07:\\d\\d:\\d\\dZ'
    expect(first).toMatch(new RegExp(`^${kept};O1;2026-11-11;09:00;1;meters;;.\\d{3};booked;${instant}$`))
    expect(second).toMatch(new RegExp(`^${gone};O1;2026-11-11;09:15;1;meters;;.\\d{3};cancelled;${instant}$`))
    expect(rest).toEqual([])
    expect(await readFile(`${folder.path}/bookings_20261111_001.ctl`, 'utf8')).toMatch(
      /^rows=2\r\nsha256=[0-9a-f]{64}\r\n$/,
    )
    expect(await exported()).toEqual([])
    await v.run(one, 'cancelBooking', { booking: kept })
    const [next] = await exported()
    expect((await linesOf(next?.path))[1]).toMatch(new RegExp(`^${kept};.*;cancelled;`))
  })

  test('an export that was cut short is written again, the same, whatever happened meanwhile', async () => {
    const who = await v.resident()
    const booking = await book(who)
    const calledOff = new AbortController()
    calledOff.abort(new Error('called off'))
    await expect(exported(calledOff.signal)).rejects.toThrow('called off')
    await v.run(who, 'cancelBooking', { booking })
    const [first, second] = await exported()
    expect([first, second]).toMatchObject([
      { rows: 1, resumed: true },
      { rows: 1, resumed: false },
    ])
    expect((await linesOf(first?.path))[1]).toMatch(/;booked;/)
    expect((await linesOf(second?.path))[1]).toMatch(/;cancelled;/)
  })

  test('of whoever did not come, and of who came, a later file tells', async () => {
    const who = await v.resident()
    const booking = await book(who)
    const result = (number: number, cells: Cells) =>
      load(`bookings_result_20261112_00${number}.csv`, [{ booking_id: booking, ...cells }])
    expect((await result(1, { result: 'missed' })).errors[0]).toMatch(/^2;booking_id;UNKNOWN_BOOKING;/)
    await exported()
    // Not before its day.
    expect(await result(2, { result: 'missed' })).toMatchObject({ loaded: 0, unchanged: 1 })
    await v.sql('yesterday', `UPDATE booking SET date = '2026-11-09' WHERE id = $1`, [booking])
    expect(await result(4, { result: 'missed' })).toMatchObject({ loaded: 1 })
    expect(await result(3, { result: 'done' })).toMatchObject({ older: 1 })
    expect(await v.statesOf(who)).toEqual(['missed'])
    expect(await result(5, { result: 'done' })).toMatchObject({ loaded: 1 })
    expect(await v.statesOf(who)).toEqual(['done'])
  })
})
