import type { Text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskWord } from '../records.ts'
import { addLine, post, staleCard } from '../writing.ts'
import type { HandOff } from './handOff.ts'

/** What a changed hand-off wants in its topic: its words, if any, then another title and another card. */
export async function tellTopic(sql: Sql, { topicId }: HandOff, now: Date, ...said: Text[]): Promise<void> {
  for (const text of said) await post(sql, topicId, { kind: 'say', text }, now)
  await post(sql, topicId, { kind: 'title' }, now)
  await staleCard(sql, topicId, now)
}

/** What the desk tells the resident, after all that was said to him before. `by` is whose doing it is. */
export async function tellResident(sql: Sql, { id }: HandOff, word: DeskWord, now: Date, by?: string): Promise<void> {
  await addLine(sql, { handOffId: id, author: 'desk', by, body: word }, now)
}

/** What concerns the resident's other chats, where the talk may stand as well. */
export async function tellOtherChats(
  sql: Sql,
  { id, residentId, chat }: HandOff,
  word: DeskWord,
  now: Date,
): Promise<void> {
  await sql(
    'line.otherChats',
    `INSERT INTO desk_line (hand_off_id, author, state, body, chat, at)
     SELECT $1::uuid, 'desk', 'pending', $4::jsonb, c.chat, $5 FROM conversation c WHERE c.resident_id = $2::uuid AND c.chat <> $3 ORDER BY c.chat`,
    [id, residentId, chat, JSON.stringify(word), now],
  )
}

/** The end of the time that somebody had it. */
export async function endTake(
  sql: Sql,
  { id }: HandOff,
  ended: 'closed' | 'passed' | 'queue' | 'silent' | 'gone',
  now: Date,
): Promise<void> {
  await sql(
    'take.end',
    'UPDATE hand_off_take SET until = $2, ended = $3 WHERE hand_off_id = $1::uuid AND until IS NULL',
    [id, now, ended],
  )
}
