import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundled } from '../support/bundle.ts'
import { openVisiting, type Someone, type Visiting } from './visiting.ts'

const probe = fileURLToPath(new URL('./bookingProbe.ts', import.meta.url))
let v: Visiting
beforeAll(async () => {
  v = await openVisiting()
})
afterAll(() => v.close())

/** Runs the probe to its end, or to where it kills itself. */
async function ran(what: 'visit' | 'follow', who: Someone, office: string, deadly = 'none', nth = 1): Promise<unknown> {
  const words = [v.fresh.url, what, deadly, String(nth), JSON.stringify(who), office]
  const child = fork(await bundled(probe), words, { execArgv: [] })
  const [code, signal] = await once(child, 'exit')
  return signal ?? code
}

const changes = async (office: string) =>
  (
    await v.sql<{ state: string }>(
      'changes',
      'SELECT c.state FROM booking_change c JOIN booking b ON b.id = c.booking_id WHERE b.office_id = $1 ORDER BY c.id',
      [office],
    )
  ).map(({ state }) => state)

describe.each([
  ['visits.held', 1, []],
  ['visits.booked', 1, []],
  ['visits.released', 2, ['booked']],
  ['visits.held', 2, ['booked']],
  ['visits.moved', 1, ['booked']],
  ['visits.booked', 2, ['booked']],
  ['visits.cancelled', 1, ['booked', 'moved', 'booked']],
])('killed at %s, time %i', (point, nth, before) => {
  test('the step has not been made; the next process makes it, and no place is lost or given twice', async () => {
    const [office, who, other] = [await v.office(), await v.resident(), await v.resident()]
    const free = () => v.queries.visits.freeTimes(office, 'meters', '2026-11-11', v.clock.now(), v.rules)
    const all = await free()
    expect(await ran('visit', who, office, point, nth)).toBe('SIGKILL')
    expect(await changes(office)).toEqual(before)
    expect(await ran('visit', who, office)).toBe(0)
    expect(await changes(office)).toEqual(['booked', 'moved', 'booked', 'cancelled'])
    expect((await v.statesOf(who)).toSorted()).toEqual(['cancelled', 'moved'])
    expect(await free()).toEqual(all)
    for (const minute of [540, 600]) {
      const topic = minute === 540 ? 'debt' : 'meters'
      const choice = { officeId: office, topic, date: '2026-11-11', minute } as const
      expect(await v.book(other, choice)).toMatchObject({ kind: 'booked' })
    }
  })
})

test.each(['visits.held', 'visits.moved', 'visits.booked', 'visits.displaced'])(
  'killed at %s while an office’s visits are moved: moved once, told once',
  async (point) => {
    const [office, who] = [await v.office({ district: point }), await v.resident()]
    await v.book(who, { officeId: office, topic: 'meters', date: '2026-11-11', minute: 540 })
    await v.sql('close', `UPDATE office SET closed_from = '2026-11-11', closed_to = '2026-11-11' WHERE id = $1`, [
      office,
    ])
    expect(await ran('follow', who, office, point)).toBe('SIGKILL')
    expect(await v.statesOf(who)).toEqual(['booked'])
    expect(await ran('follow', who, office)).toBe(0)
    expect((await v.statesOf(who)).toSorted()).toEqual(['booked', 'moved'])
    expect(await changes(office)).toEqual(['booked', 'moved', 'booked'])
    expect(
      await v.sql('told', `SELECT FROM notice WHERE chat = $1 AND about NOT LIKE 'remind:%'`, [who.chat]),
    ).toHaveLength(1)
  },
)
