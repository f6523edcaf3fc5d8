import { text, type Words } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { type Consultant, consultantBy, nameOf } from '../consultants.ts'
import { staffLanguage } from '../records.ts'
import { post, staleCard } from '../writing.ts'
import { lockHandOff } from './handOff.ts'
import { mayAct } from './mayAct.ts'
import { type Outcome, refused } from './outcome.ts'

/**
 * «Передать»: offers it to another one, who is mentioned. It stays with its holder, who goes on answering, until the other one presses «Беру»:
 * a resident is never left with somebody who does not know of him or has no room. A later offer takes the place of an earlier one.
 */
export async function passTo(
  sql: Sql,
  { handOff: id, by, to, now, words }: { handOff: string; by: Consultant; to: string; now: Date; words: Words },
): Promise<Outcome> {
  const handOff = await lockHandOff(sql, id)
  const other = await consultantBy(sql, to)
  if (!handOff || !other) return refused('gone')
  const refusal = mayAct(handOff, by)
  if (refusal) return refusal
  if (handOff.takenBy === to) return refused('yours')
  await sql('handOff.offer', 'UPDATE hand_off SET offered_to = $2 WHERE id = $1::uuid', [id, to])
  const from = (handOff.takenBy !== null && (await nameOf(sql, handOff.takenBy))) || by.name
  const said = text('desk.handle.offered', { name: other.name, from })
  const label = words.plain(staffLanguage, text('desk.handle.button.take'))
  const buttons = [[{ label, token: `take:${id}` }]]
  await post(sql, handOff.topicId, { kind: 'say', text: said, buttons, mentions: [to] }, now)
  await staleCard(sql, handOff.topicId, now)
  return { kind: 'done', handOff }
}
