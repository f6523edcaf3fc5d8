import type { Sql } from '../../infra/database.ts'
import type { Consultant } from '../consultants.ts'
import { post } from '../writing.ts'
import { lockHandOff } from './handOff.ts'
import { mayAct } from './mayAct.ts'
import { type Outcome, refused } from './outcome.ts'
import { consultantSpoke } from './spoke.ts'
import { tellResident } from './telling.ts'

/** «Отправить в шаг…»: opens a dialog for the resident. The talk goes on. `title`: what the dialog is called, for staff. */
export async function lead(
  sql: Sql,
  asked: {
    handOff: string
    by: Consultant
    dialog: string
    opening?: string
    title: string
    now: Date
    rules: Parameters<typeof consultantSpoke>[1]['rules']
  },
): Promise<Outcome> {
  const { by, dialog, opening, title, now, rules } = asked
  const handOff = await lockHandOff(sql, asked.handOff)
  if (!handOff) return refused('gone')
  const refusal = mayAct(handOff, by)
  if (refusal) return refusal
  if (handOff.takenBy === null) return refused('waiting')
  const word = { kind: 'led', dialog, ...(opening !== undefined && { opening }) } as const
  await tellResident(sql, handOff, word, now, by.id)
  await consultantSpoke(sql, { handOff, now, rules })
  await post(sql, handOff.topicId, { kind: 'say', text: { key: 'desk.handle.led', values: { dialog: title } } }, now)
  return { kind: 'done', handOff }
}
