import type { ChatId } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'
import type { DeskPlace, StaffMember } from './channel.ts'

/** Consultants by their ids, as they are called. */
export function membersOf(sql: Sql, ids: readonly string[]): Promise<StaffMember[]> {
  return sql('deskRows.members', 'SELECT id, name FROM consultant WHERE id = ANY ($1) AND removed_at IS NULL', [ids])
}

/** Where a resident who writes in this chat is talked with now. */
export async function topicOfChat(sql: Sql, chat: ChatId): Promise<Required<DeskPlace> | undefined> {
  const [place] = await sql<Required<DeskPlace>>(
    'deskRows.topicOfChat',
    `SELECT t.forum, t.thread FROM conversation c
     JOIN hand_off h ON h.resident_id = c.resident_id AND h.state = 'taken'
     JOIN desk_topic t ON t.id = h.topic_id AND t.thread IS NOT NULL
     WHERE c.chat = $1`,
    [chat],
  )
  return place
}

/** Their ids. */
export async function supervisors(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    'staff.supervisors',
    `SELECT id FROM consultant WHERE role = 'supervisor' AND removed_at IS NULL ORDER BY id`,
    [],
  )
  return rows.map(({ id }) => id)
}
