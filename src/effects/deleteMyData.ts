import { newState } from '../engine/state.ts'
import { type EffectContext, residentOf } from './context.ts'

/**
 * Deletes what we keep of a resident: consents, links, files, what was said in all his chats. Readings that were taken stay,
 * without a name: the billing has counted them. Answers how many did.
 */
export async function deleteMyData(
  context: EffectContext,
  _: Record<string, never>,
): Promise<{ readingsKept: number }> {
  const { tx, chat, now, log } = context
  const residentId = residentOf(context)
  const chats = await tx.conversation.findMany({ where: { residentId }, select: { chat: true } })
  const all = chats.map((one) => one.chat)
  const others = all.filter((one) => one !== chat)
  const kept = await tx.reading.updateMany({ where: { residentId }, data: { residentId: null, photoId: null } })
  await tx.file.deleteMany({ where: { residentId } })
  await tx.$executeRaw`UPDATE outbox SET body = NULL, state = CASE WHEN state = 'pending' THEN 'dropped'::"OutboxState" ELSE state END WHERE chat = ANY (${all})`
  await tx.$executeRaw`DELETE FROM delivery WHERE chat = ANY (${all})`
  await tx.$executeRaw`DELETE FROM timer WHERE chat = ANY (${all})`
  await tx.$executeRaw`DELETE FROM deferred WHERE chat = ANY (${all})`
  await tx.$executeRaw`UPDATE conversation SET state = ${JSON.stringify(newState())}::jsonb, revision = revision + 1 WHERE chat = ANY (${others})`
  await tx.conversation.updateMany({ where: { residentId }, data: { residentId: null, updatedAt: now } })
  await tx.resident.delete({ where: { id: residentId } })
  log.info({ chats: all.length, readingsKept: kept.count }, 'a resident has deleted his data')
  return { readingsKept: kept.count }
}
