import { entersPeriod } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import type { MetersOfAccount } from '../queries/meters.ts'

/** Which receipt a reading given now enters. */
export const periodOf = ({ today, rules }: Here<unknown>) => entersPeriod(today, rules.readingsWindow)

/** The account's meters of the services that the centre takes readings of. */
export async function onHand(here: Here<unknown>, accountId = here.accountId): Promise<MetersOfAccount> {
  const { readingsServices: taken } = here.rules
  const { meters, persons } = await here.queries.meters.onHand(accountId, periodOf(here).period)
  return { meters: taken ? meters.filter(({ service }) => taken.includes(service)) : meters, persons }
}
