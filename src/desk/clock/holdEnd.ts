import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { endHold } from '../transitions/hold.ts'
import { post } from '../writing.ts'
import type { Duty } from './due.ts'
import { mentioned } from './remind.ts'

/** The time until which a hand-off was put off has come: its holder has it before him again and is called. */
export async function endOfHold(sql: Sql, duty: Duty): Promise<boolean> {
  const { handOff, now, rules } = duty
  await endHold(sql, { handOff: handOff.id, now, rules })
  await post(
    sql,
    handOff.topicId,
    { kind: 'say', text: text('desk.clock.holdOver'), mentions: mentioned(handOff.takenBy) },
    now,
  )
  return true
}
