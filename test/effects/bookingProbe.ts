import { subscribe } from 'node:diagnostics_channel'
import type { VisitChoice } from '../../src/effects/visits/outcomes.ts'
import { officeChanges } from '../../src/jobs/officeChanges.ts'
import { effectsOver, type Someone } from './visiting.ts'

/**
 * A process that books a visit at nine, moves it to ten and cancels it, going on from wherever the resident's bookings stand; or, asked to `follow`,
 * moves what offices receive no longer. It kills itself at the nth time it comes to a named point: `bookingProbe.ts URL WHAT POINT NTH WHO OFFICE`.
 */
const [url = '', what, deadly, nth, who = '', officeId = ''] = process.argv.slice(2)
let left = Number(nth)
subscribe('erc:point', (name) => {
  if (name === deadly && --left === 0) process.kill(process.pid, 'SIGKILL')
})
const { database, clock, rules, run, queries } = await effectsOver(url)
const someone: Someone = JSON.parse(who)
if (what === 'follow') await officeChanges({ database, clock, rules, log: { ...console, info() {} } as never })()
else await visit()
await database.close()

async function visit(): Promise<void> {
  const present = async () => (await queries.visits.upcoming(someone.resident, clock.now(), rules))[0]
  const at = (minute: number, moves?: string): VisitChoice => ({
    officeId,
    topic: 'meters',
    date: '2026-11-11',
    minute,
    moves,
  })
  if (!(await present())) await book(at(540))
  const first = await present()
  if (first?.minute === 540) await book(at(600, first.id))
  const second = await present()
  if (second?.minute === 600) await run(someone, 'cancelBooking', { booking: second.id })
}

async function book(choice: VisitChoice): Promise<void> {
  const held = await run(someone, 'holdSlot', choice)
  if (held.kind === 'held') await run(someone, 'confirmBooking', { ...choice, hold: held.booking.id })
}
