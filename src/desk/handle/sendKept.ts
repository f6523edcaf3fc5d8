import { logView } from '../card/views.ts'
import { lockConsultant } from '../consultants.ts'
import { type HandOff, lockHandOff } from '../transitions/handOff.ts'
import type { Refusal } from '../transitions/outcome.ts'
import { reopen } from '../transitions/reopen.ts'
import { noRoom, take } from '../transitions/take.ts'
import { inWords } from './refusals.ts'
import { send, type ToSend } from './speak.ts'
import { type Answered, done, notDone, type Turn } from './turn.ts'

type Kept = ToSend & { id: string }

/**
 * «Беру и отправить», «Открыть снова и отправить»: his words that were kept go to the resident, all pieces of an album together. The hand-off is
 * opened and taken first, if need be; when that is refused the words stay kept.
 */
export async function sendKept(turn: Turn, line: string): Promise<Answered> {
  const { sql, who } = turn
  await lockConsultant(sql, who.id)
  const [first] = await keptLines(turn, line)
  if (!first) return notDone('desk.handle.alreadySent')
  if (first.by !== who.id) return notDone('desk.handle.notYourWords')
  const refusal = await makeHis(turn, first.handOffId)
  if (refusal) return inWords(turn, refusal)
  const handOff = await lockHandOff(sql, first.handOffId)
  if (!handOff) return notDone('desk.handle.refused.gone')
  const kept = await keptLines(turn, line)
  for (const { id: _, ...words } of kept) await send(turn, handOff, words)
  await sql('line.sent', 'DELETE FROM desk_line WHERE id = ANY ($1::bigint[])', [kept.map(({ id }) => id)])
  return kept.length > 0 ? done('desk.handle.done.send') : notDone('desk.handle.alreadySent')
}

async function makeHis(turn: Turn, id: string): Promise<Refusal | undefined> {
  const { sql, who, now, rules } = turn
  const handOff = await lockHandOff(sql, id)
  if (!handOff || isHis(handOff, who.id)) return undefined
  if (handOff.state === 'closed') {
    // Without room for it, it is not even opened.
    const refusal = await noRoom(sql, who, rules)
    if (refusal) return refusal
    const opened = await reopen(sql, { handOff: id, by: who, now, rules })
    if (opened.kind === 'refused') return opened
  }
  const came = await take(sql, { handOff: id, by: who, now, rules })
  if (came.kind === 'refused') return came
  await logView(sql, { by: who.id, handOff: id, why: 'taken', now })
  return undefined
}

const isHis = ({ takenBy, state }: HandOff, id: string): boolean => takenBy === id && state !== 'closed'

const keptLines = ({ sql }: Turn, line: string): Promise<Kept[]> =>
  sql<Kept>(
    'line.kept',
    `SELECT o.id::text, o.hand_off_id AS "handOffId", o.by, o.body, o.staff_message AS "staffMessage"
     FROM desk_line l JOIN desk_line o
       ON o.id = l.id OR o.hand_off_id = l.hand_off_id AND o.author = 'note' AND o.by = l.by AND o.body ->> 'album' = l.body ->> 'album'
     WHERE l.id = $1::bigint AND l.author = 'note' AND l.body ->> 'kind' = 'words' ORDER BY o.id`,
    [line],
  )
