import type { RichText } from '../../engine/outgoing.ts'
import { text } from '../../engine/text.ts'
import type { Words } from '../records.ts'
import { editReply } from '../requests/handle/edit.ts'
import { lockHandOff } from '../transitions/handOff.ts'
import { consultantSpoke } from '../transitions/spoke.ts'
import { addLine } from '../writing.ts'
import { noteIn } from './note.ts'
import { readCommand } from './readCommand.ts'
import { holderName } from './refusals.ts'
import { reply, type Turn } from './turn.ts'

interface Said {
  id: string
  handOffId: string
  author: 'consultant' | 'note'
  state: 'pending' | 'told' | 'shown' | 'failed' | 'kept'
  body: Words
  /** As he has corrected them last. */
  latest: RichText
}

/**
 * He has corrected his words. What the resident has not been told yet changes where it stands, a note too; what he has been told is edited in his
 * chat, while the corrector still has it. Words that did not reach him go as new ones.
 */
export async function edit(turn: Turn, corrected: RichText, message: string): Promise<void> {
  const { sql, who, now, rules } = turn
  if (await editReply(turn, corrected.text, message)) return
  const found = await lineOf(turn, message)
  const handOff = found && (await lockHandOff(sql, found.handOffId))
  if (!found || !handOff || isSame(found.latest, corrected)) return
  const note = noteIn(corrected)
  if (!note && readCommand(corrected.text, turn.words, { bare: false }))
    return reply(turn, text('desk.handle.edit.noCommand'))
  const words: Words = { ...found.body, text: corrected }
  if (found.author === 'note') return change(turn, found, { ...words, text: note ?? corrected })
  if (note) return reply(turn, text('desk.handle.edit.noNote'))
  if (handOff.state === 'closed') return reply(turn, text('desk.handle.edit.closed'))
  if (handOff.takenBy !== who.id) {
    const name = handOff.takenBy === null ? '' : await holderName(sql, handOff.takenBy)
    return reply(turn, text(handOff.takenBy === null ? 'desk.handle.edit.notYours' : 'desk.handle.stopped', { name }))
  }
  if (found.state === 'pending') return change(turn, found, words)
  const isNew = found.state === 'failed'
  const body: Words = isNew ? words : { kind: 'words', text: corrected, files: [], edits: found.id }
  await addLine(
    sql,
    { handOffId: handOff.id, author: 'consultant', by: who.id, body, ...(isNew && { staffMessage: message }) },
    now,
  )
  await consultantSpoke(sql, { handOff, now, rules })
}

/** What the message became at first: edits of it have no message of their own. */
async function lineOf({ sql, spot, who }: Turn, message: string): Promise<Said | undefined> {
  const [found] = await sql<Said>(
    'line.edited',
    `SELECT l.id::text, l.hand_off_id AS "handOffId", l.author, l.state, l.body,
            coalesce((SELECT e.body FROM desk_line e WHERE e.hand_off_id = l.hand_off_id AND e.body ->> 'edits' = l.id::text
                      ORDER BY e.id DESC LIMIT 1), l.body) -> 'text' AS latest
     FROM desk_line l JOIN hand_off h ON h.id = l.hand_off_id
     WHERE l.staff_message = $2 AND h.topic_id = $1 AND l.by = $3 AND l.author IN ('consultant', 'note') AND l.body ->> 'kind' = 'words'
     ORDER BY l.id DESC LIMIT 1 FOR UPDATE OF l`,
    [spot?.topicId ?? null, message, who.id],
  )
  return found
}

/** Platforms tell of edits that change no words (a preview of a link). */
const isSame = (before: RichText, after: RichText): boolean =>
  before.text === after.text && JSON.stringify(before.spans) === JSON.stringify(after.spans)

async function change({ sql }: Turn, { id }: Said, words: Words): Promise<void> {
  await sql('line.change', 'UPDATE desk_line SET body = $2::jsonb WHERE id = $1::bigint', [id, JSON.stringify(words)])
}
