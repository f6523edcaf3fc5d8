import type { Messenger } from '../../src/engine/event.ts'
import type { Town } from '../support/town.ts'
import { said } from './said.ts'
import { newcomer, settle, type Talk } from './talk.ts'

/** Activation codes on the receipts of some flats of the sample town. */
export const codes = { twoWater: 'DVEP-T4FH', oneMeter: '7TRC-7H9T', house: 'YJ6M-WD8R', closed: 'D6UH-V664' } as const

/** Somebody who has consented and linked nothing yet, asked how he wants to. */
export async function unlinked(town: Town, messenger: Messenger): Promise<Talk> {
  const talk = await newcomer(town, messenger)
  await settle(town, talk.chat, [])
  await talk.start(said('linking.first'))
  return talk
}

/** …and asked for the code. */
export async function askedForCode(town: Town, messenger: Messenger): Promise<Talk> {
  const talk = await unlinked(town, messenger)
  await talk.press('По коду активации', said('linking.askCode'))
  return talk
}

/** The numbers of the accounts that whoever talks has linked. */
export async function linkedNumbers({ fresh }: Town, { chat }: Talk): Promise<string[]> {
  const { rows } = await fresh.database.pool.query<{ number: string }>(
    `SELECT a.number FROM conversation c JOIN link l USING (resident_id) JOIN account a ON a.id = l.account_id
     WHERE c.chat = $1 AND l.removed_at IS NULL ORDER BY a.number`,
    [chat],
  )
  return rows.map(({ number }) => number)
}
