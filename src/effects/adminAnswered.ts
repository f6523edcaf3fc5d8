import { openHandOff } from '../desk/opening.ts'
import { consultantSpoke } from '../desk/transitions/spoke.ts'
import { takeFromInbox } from '../desk/transitions/take.ts'
import { addLine, post } from '../desk/writing.ts'
import type { Input } from '../engine/event.ts'
import type { EffectContext } from './context.ts'
import { activeOf } from './deskHandOff.ts'

/**
 * An administrator of the community has answered from VK's own inbox: the hand-off is his unless somebody has it, and his words, which the
 * resident has read already, stand in the topic. One is opened when there is none. Nothing for a resident whom we do not know.
 */
export async function adminAnswered(
  context: EffectContext,
  { admin, text, files, location, message }: Omit<Extract<Input, { kind: 'fromAdmin' }>, 'kind'>,
): Promise<{ kind: 'kept'; handOff: string } | { kind: 'stranger' }> {
  const { sql, chat, resident, now, clock, rules } = context
  if (resident === undefined) return { kind: 'stranger' }
  const found = await activeOf(sql, resident)
  if (!found)
    await openHandOff(
      sql,
      { id: clock.id(), residentId: resident, chat, subject: 'other', morning: false, steps: [], now },
      context,
    )
  const handOff = found ?? (await activeOf(sql, resident))
  if (!handOff) throw new Error('a hand-off was neither opened nor there')
  await takeFromInbox(sql, { handOff: handOff.id, admin, now, rules })
  const line = await addLine(
    sql,
    {
      handOffId: handOff.id,
      author: 'consultant',
      by: `vk:${admin}`,
      body: { kind: 'words', text: { text, spans: [] }, files, ...(location && { location }) },
      chat,
      message,
    },
    now,
  )
  await sql('desk.shownAlready', `UPDATE desk_line SET state = 'shown' WHERE id = $1::bigint`, [line])
  await post(sql, handOff.topicId, { kind: 'line' }, now, line)
  await consultantSpoke(sql, { handOff, now, rules })
  return { kind: 'kept', handOff: handOff.id }
}
