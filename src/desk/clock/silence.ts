import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { residentLanguage } from '../residentLanguage.ts'
import { closeHandOff } from '../transitions/closeHandOff.ts'
import { addLine, post } from '../writing.ts'
import { minutesAfter } from './deps.ts'
import type { Duty } from './due.ts'

/** So long the resident has to answer the question whether he is there still. */
const questionMinutes = 5

/** A resident who says nothing is asked first whether all is answered; when he says nothing to this either, the talk is closed. */
export async function silence(sql: Sql, { handOff, now, words }: Duty): Promise<true> {
  if (handOff.remindedAt !== null) {
    await closeHandOff(sql, { handOff: handOff.id, by: 'silence', now })
    return true
  }
  await sql('silence.mark', 'UPDATE hand_off SET reminded_at = $2, next_at = $3 WHERE id = $1::uuid', [
    handOff.id,
    now,
    minutesAfter(now, questionMinutes),
  ])
  const question = words.rich(await residentLanguage(sql, handOff.chat), text('desk.clock.stillThere'))
  await addLine(sql, { handOffId: handOff.id, author: 'desk', body: { kind: 'words', text: question, files: [] } }, now)
  await post(sql, handOff.topicId, { kind: 'say', text: text('desk.clock.asked') }, now)
  return true
}
