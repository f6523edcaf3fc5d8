import { forgetResident } from '../desk/forgetting.ts'
import { closeHandOff } from '../desk/transitions/closeHandOff.ts'
import { newState } from '../engine/state.ts'
import { type EffectContext, residentOf } from './context.ts'
import { activeOf } from './deskHandOff.ts'
import { forgetRequests } from './requests/forgetRequests.ts'
import { forgetBookings } from './visits/forgetBookings.ts'

/**
 * Deletes what we keep of a resident: consents, links, files, what was said in all his chats and to consultants; visits that he has booked are
 * cancelled. Readings that were taken stay, without a name: the billing has counted them; that there were requests stays too, about nobody,
 * and so do the numbers of documents that were drawn, so that whoever was given one can have it checked. Answers how many did.
 */
export async function deleteMyData(
  context: EffectContext,
  _: Record<string, never>,
): Promise<{ readingsKept: number; requestsKept: number }> {
  const { sql, chat, now, log } = context
  const residentId = residentOf(context)
  const handOff = await activeOf(sql, residentId)
  if (handOff) await closeHandOff(sql, { handOff: handOff.id, by: 'deleted', now })
  await forgetResident(sql, residentId, handOff, now)
  await forgetBookings(context, residentId)
  const requestsKept = await forgetRequests(context, residentId)
  const rows = await sql<{ chat: string }>('delete.chats', 'SELECT chat FROM conversation WHERE resident_id = $1', [
    residentId,
  ])
  const all = rows.map((row) => row.chat)
  const others = all.filter((one) => one !== chat)
  const kept = await sql(
    'delete.readings',
    `UPDATE reading SET resident_id = NULL, photo_id = NULL, photo_ids = '{}' WHERE resident_id = $1 RETURNING id`,
    [residentId],
  )
  await sql('delete.files', 'DELETE FROM file WHERE resident_id = $1', [residentId])
  await sql(
    'delete.said',
    `UPDATE outbox SET body = NULL, messages = '{}', state = CASE WHEN state = 'pending' THEN 'dropped' ELSE state END WHERE chat = ANY ($1)`,
    [all],
  )
  await sql('delete.timers', 'DELETE FROM timer WHERE chat = ANY ($1)', [all])
  await sql('delete.deferred', 'DELETE FROM deferred WHERE chat = ANY ($1)', [all])
  await sql(
    'delete.otherChats',
    'UPDATE conversation SET state = $2::jsonb, revision = revision + 1 WHERE chat = ANY ($1)',
    [others, JSON.stringify(newState())],
  )
  await sql('delete.names', 'UPDATE conversation SET resident_id = NULL, updated_at = $2 WHERE chat = ANY ($1)', [
    all,
    now,
  ])
  await sql('delete.resident', 'DELETE FROM resident WHERE id = $1', [residentId])
  log.info({ chats: all.length, readingsKept: kept.length, requestsKept }, 'a resident has deleted his data')
  return { readingsKept: kept.length, requestsKept }
}
