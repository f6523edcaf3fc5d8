import type { Subject } from '../../../domain/deskSubjects.ts'
import { text } from '../../../engine/text.ts'
import { logView } from '../../card/views.ts'
import { lockConsultant } from '../../consultants.ts'
import { inWords } from '../../handle/refusals.ts'
import { type Answered, done, notDone, type Turn } from '../../handle/turn.ts'
import { openHandOff } from '../../opening.ts'
import { residentLanguage } from '../../residentLanguage.ts'
import { noRoom, take } from '../../transitions/take.ts'
import { addLine } from '../../writing.ts'
import { moveRequest } from '../move.ts'
import { type DeskRequest, lockRequest } from '../request.ts'
import { showRequest } from '../showRequest.ts'
import { mayWork, refusedInWords, takeNobodys } from './common.ts'

/**
 * «В разговор»: whoever has a request talks with its resident in his chat, in a hand-off of his own, or in the one that is under way and waits. The
 * request stays open: it has a number and a day, and ends with an answer.
 */
export async function intoTalk(turn: Turn, id: string): Promise<Answered> {
  const { sql, who, now, rules, words } = turn
  const locked = await lockConsultant(sql, who.id)
  const request = await lockRequest(sql, id)
  if (!locked || !request || request.residentId === null) return notDone('desk.request.refused.gone')
  const refusal = mayWork(request, turn)
  if (refusal) return refusedInWords(turn, refusal)
  const full = await noRoom(sql, locked, rules)
  if (full) return inWords(turn, full)
  const { residentId, chat, accountId, number } = request
  const isOpened = await openHandOff(
    sql,
    {
      ...{ id: turn.newId(), residentId, chat, subject: subjectOf(request), accountId: accountId ?? undefined },
      ...{ morning: false, steps: [], quiet: true, now },
    },
    { rules, words },
  )
  const handOff = await activeOf(turn, residentId)
  if (handOff === undefined) return notDone('desk.request.refused.gone')
  const came = await take(sql, { handOff, by: who, now, rules })
  if (came.kind === 'refused' && came.why !== 'yours') return inWords(turn, came)
  if (came.kind === 'done') await logView(sql, { by: who.id, handOff, why: 'taken', now })
  await takeNobodys(turn, request)
  await sql('staffRequest.talk', 'UPDATE request SET hand_off_id = $2::uuid WHERE id = $1::uuid', [id, handOff])
  if (isOpened) {
    const said = words.rich(await residentLanguage(sql, chat), text('desk.request.talkAbout', { number }))
    await addLine(sql, { handOffId: handOff, author: 'desk', body: { kind: 'words', text: said, files: [] } }, now)
  }
  await showRequest(sql, id, 'changed', undefined, now)
  return done('desk.request.done.talk', { number })
}

/** «Решено в разговоре»: that is the answer. */
export async function solvedInTalk(turn: Turn, id: string): Promise<Answered> {
  const { sql, who, now, words } = turn
  const request = await lockRequest(sql, id)
  if (!request) return notDone('desk.request.refused.gone')
  const said = words.plain(await residentLanguage(sql, request.chat), text('desk.request.solvedInTalk'))
  const came = await moveRequest(sql, {
    request: id,
    by: who,
    to: 'answered',
    words: { text: said, files: [] },
    evenTaken: true,
    now,
  })
  if (came.kind === 'refused') return refusedInWords(turn, came.refusal)
  return done('desk.request.done.answered', { number: request.number })
}

async function activeOf({ sql }: Turn, residentId: string): Promise<string | undefined> {
  const [active] = await sql<{ id: string }>(
    'staffRequest.activeTalk',
    `SELECT id FROM hand_off WHERE resident_id = $1::uuid AND state <> 'closed'`,
    [residentId],
  )
  return active?.id
}

/** What a hand-off is about that comes of a request. */
function subjectOf({ kind, subject }: DeskRequest): Subject {
  if (kind !== 'question') return kind === 'account' ? 'account' : 'documents'
  return (subject !== null && subjects[subject]) || 'other'
}

const subjects: Record<string, Subject> = {
  ...{ charges: 'charges', readings: 'readings', payment: 'payment', recalculation: 'charges', owner: 'account' },
  ...{ documents: 'documents', cabinet: 'cabinet', benefits: 'charges', overhaul: 'charges', office: 'office' },
}
