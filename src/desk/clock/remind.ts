import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { backAt } from '../transitions/nextAt.ts'
import { post } from '../writing.ts'
import { type Duty, dueSinceOpening } from './due.ts'

/** Calls whoever has a hand-off to the resident's unanswered words. Answers whether anything was said. */
export async function remind(sql: Sql, duty: Duty): Promise<boolean> {
  const { handOff, now, rules } = duty
  const later = dueSinceOpening(duty)
  if (later && later > now) {
    await sql('remind.later', 'UPDATE hand_off SET next_at = $2, reminded_at = NULL WHERE id = $1::uuid', [
      handOff.id,
      later,
    ])
    return false
  }
  const back = backAt(now, rules)
  await sql('remind.mark', 'UPDATE hand_off SET reminded_at = $2, next_at = $3 WHERE id = $1::uuid', [
    handOff.id,
    now,
    back,
  ])
  const minutes = Math.round((back.getTime() - now.getTime()) / 60_000)
  const said = text('desk.clock.remind', { minutes: text('desk.report.minutes', { count: minutes }) })
  await post(sql, handOff.topicId, { kind: 'say', text: said, mentions: mentioned(handOff.takenBy) }, now)
  return true
}

/** An administrator of VK's inbox is not in the forum. */
export const mentioned = (id: string | null): string[] => (id === null || id.startsWith('vk:') ? [] : [id])
