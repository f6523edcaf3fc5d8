import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { openInTopic } from '../requests/ofTopic.ts'
import { closeHandOff } from '../transitions/closeHandOff.ts'
import { reopen } from '../transitions/reopen.ts'
import { post } from '../writing.ts'
import { inWords } from './refusals.ts'
import { reply, type Turn } from './turn.ts'

/** Somebody's topic was closed by hand: by whoever may, the hand-off is over; else the topic is opened again, for the resident is not answered yet. */
export async function closedByHand(turn: Pick<Turn, 'sql' | 'spot' | 'now' | 'event'> & { who?: Turn['who'] }) {
  const { sql, spot, now, who } = turn
  if (!spot) return
  await remember(sql, spot.topicId, true)
  const { handOff } = spot
  if (!handOff || handOff.state === 'closed') {
    if ((await openInTopic(sql, spot.topicId)).length === 0) return
    await post(sql, spot.topicId, { kind: 'reopen' }, now)
    return reply(turn, text('desk.request.notClosed'))
  }
  const came = who && (await closeHandOff(sql, { handOff: handOff.id, by: 'consultant', who, now }))
  if (came?.kind === 'done') return
  await post(sql, spot.topicId, { kind: 'reopen' }, now)
  await reply(turn, text('desk.handle.byHand.notClosed'))
}

/** A topic was opened by hand: the hand-off waits again. Where it cannot, the topic is closed again. */
export async function reopenedByHand(
  turn: Pick<Turn, 'sql' | 'spot' | 'now' | 'event' | 'rules'> & { who?: Turn['who'] },
) {
  const { sql, spot, now, rules, who } = turn
  if (!spot) return
  await remember(sql, spot.topicId, false)
  const { handOff } = spot
  if (handOff?.state !== 'closed' || (await openInTopic(sql, spot.topicId)).length > 0) return
  const came = who && (await reopen(sql, { handOff: handOff.id, by: who, now, rules }))
  if (came?.kind === 'done') return
  const { text: why } = came ? await inWords(turn, came) : { text: text('desk.handle.stranger') }
  if (why) await reply(turn, why)
  await post(sql, spot.topicId, { kind: 'close' }, now)
}

async function remember(sql: Sql, topicId: number, isClosed: boolean): Promise<void> {
  await sql('topic.byHand', 'UPDATE desk_topic SET is_closed = $2 WHERE id = $1', [topicId, isClosed])
}
