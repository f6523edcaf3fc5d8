import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { StaffEvent } from '../channel.ts'
import { goOffShift, lockConsultant } from '../consultants.ts'
import { supervisors } from '../members.ts'
import { putBack } from '../transitions/putBack.ts'
import { postInGeneral } from '../writing.ts'
import { isFirst, type Turn } from './turn.ts'

/** A consultant has left the group or was put out: what he has there goes back into the queue, and supervisors are told. */
export async function left({ sql, now, rules, event: { place }, who }: Omit<Turn, 'spot'>): Promise<void> {
  await lockConsultant(sql, who.id)
  await goOffShift(sql, who.id)
  await sql('handOff.noOffer', 'UPDATE hand_off SET offered_to = NULL WHERE offered_to = $1', [who.id])
  const held = await sql<{ id: string }>(
    'handOff.heldIn',
    `SELECT h.id FROM hand_off h JOIN desk_topic t ON t.id = h.topic_id
     WHERE h.taken_by = $1 AND h.state <> 'closed' AND (t.forum = $2 OR t.forum IS NULL) ORDER BY h.topic_id`,
    [who.id, place.forum],
  )
  for (const { id } of held) await putBack(sql, { handOff: id, why: 'gone', now, rules })
  const said = text('desk.handle.left', { name: who.name, count: held.length })
  await postInGeneral(sql, place.forum, { kind: 'say', text: said, mentions: await supervisors(sql) }, now)
}

/** Somebody who is not on the list has come in: supervisors learn his id, once. */
export async function cameIn(sql: Sql, { place, by }: StaffEvent, now: Date): Promise<void> {
  if (!(await isFirst(sql, `desk:joined:${place.forum}:${by.id}`, now))) return
  const said = text('desk.handle.joined', { name: by.name, id: by.id })
  await postInGeneral(sql, place.forum, { kind: 'say', text: said }, now)
}
