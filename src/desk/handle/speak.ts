import { text } from '../../engine/text.ts'
import { isSupervisor } from '../consultants.ts'
import type { Words } from '../records.ts'
import { type HandOff, lockHandOff } from '../transitions/handOff.ts'
import { endHold } from '../transitions/hold.ts'
import { mayReopen } from '../transitions/reopen.ts'
import { consultantSpoke } from '../transitions/spoke.ts'
import { addLine, type NewLine } from '../writing.ts'
import { filled } from './canned.ts'
import { holderName } from './refusals.ts'
import { type Answered, done, notDone, plainly, reply, type Turn } from './turn.ts'

/** What somebody said in a resident's topic, with the message it stands in. */
export interface Spoken {
  words: Words
  message: string
  repliesTo?: string | undefined
}

/** Keeps what is not for the resident. Answers the line. */
export async function keepNote(turn: Turn, handOff: HandOff, spoken: Spoken): Promise<string> {
  const { sql, now } = turn
  return addLine(sql, { ...(await lineOf(turn, handOff, spoken)), author: 'note' }, now)
}

/**
 * Words without a command: those of the holder go to the resident. Of anybody else's nothing does: they are kept as a note, and he is told
 * why, with the button that would send them. Of an album of which a piece was kept, all is. Answers which.
 */
export async function speak(turn: Turn, spoken: Spoken): Promise<'sent' | 'kept'> {
  const { sql, spot, who } = turn
  const handOff = spot?.handOff && (await lockHandOff(sql, spot.handOff.id))
  if (!handOff) {
    await reply(turn, text('desk.request.noTalk'))
    return 'kept'
  }
  if (await isOfKeptAlbum(turn, handOff, spoken)) {
    await keepNote(turn, handOff, spoken)
    return 'kept'
  }
  if (handOff.takenBy === who.id && handOff.state !== 'closed') {
    await send(turn, handOff, await lineOf(turn, handOff, spoken))
    return 'sent'
  }
  const note = await keepNote(turn, handOff, spoken)
  await (handOff.takenBy !== null && handOff.state !== 'closed' ? stop(turn, handOff) : offer(turn, handOff, note))
  return 'kept'
}

/** Only one piece of an album has its words: `//` there is meant for all of it. */
async function isOfKeptAlbum({ sql, who }: Turn, { id }: HandOff, { words: { album } }: Spoken): Promise<boolean> {
  if (album === undefined) return false
  const kept = await sql(
    'note.album',
    `SELECT 1 FROM desk_line WHERE hand_off_id = $1::uuid AND author = 'note' AND by = $2 AND body ->> 'album' = $3 LIMIT 1`,
    [id, who.id, album],
  )
  return kept.length > 0
}

/** The holder's words go to the resident; a talk that was put off goes on with them. The hand-off is locked. */
export async function send({ sql, now, rules }: Turn, handOff: HandOff, line: ToSend): Promise<void> {
  if (handOff.state === 'on_hold') await endHold(sql, { handOff: handOff.id, now, rules })
  await addLine(sql, { ...line, author: 'consultant' }, now)
  await consultantSpoke(sql, { handOff, now, rules })
}

export type ToSend = Omit<NewLine, 'author'>

async function lineOf(turn: Turn, { id }: HandOff, spoken: Spoken): Promise<ToSend> {
  const answers = await lineAt(turn, turn.spot?.topicId, spoken.repliesTo)
  return { handOffId: id, by: turn.who.id, body: spoken.words, staffMessage: spoken.message, answers }
}

/** `/q name more words`. */
export async function sendCanned(turn: Turn, rest: string): Promise<Answered> {
  const { event, spot } = turn
  const [, name = '', more = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest.trim()) ?? []
  const handOff = spot?.handOff
  if (!handOff || event.input.kind !== 'text') return notDone('desk.handle.notHere')
  const canned = await filled(turn, handOff, name)
  if (canned === undefined) return notDone('desk.handle.canned.unknown', { name })
  const whole = more === '' ? canned : `${canned}\n\n${more}`
  const { message, repliesTo } = event.input
  const words: Words = { kind: 'words', text: { text: whole, spans: [] }, files: [] }
  const came = await speak(turn, { words, message, repliesTo })
  return came === 'kept' ? {} : done('desk.handle.canned.said', { said: whole })
}

/** The line that a message of the topic shows: of lines that were merged into it the last one of the resident's. */
async function lineAt({ sql }: Turn, topicId: number | undefined, message: string | undefined) {
  if (topicId === undefined || message === undefined) return undefined
  const [found] = await sql<{ id: string }>(
    'line.at',
    `SELECT l.id::text FROM desk_line l JOIN hand_off h ON h.id = l.hand_off_id
     WHERE l.staff_message = $2 AND h.topic_id = $1 AND l.author IN ('resident', 'consultant')
     ORDER BY (l.author = 'resident') DESC, l.id DESC LIMIT 1`,
    [topicId, message],
  )
  return found?.id
}

async function stop(turn: Turn, { id, takenBy }: HandOff): Promise<void> {
  const label = plainly(turn, text('desk.handle.button.grab'))
  const buttons = isSupervisor(turn.who) ? { buttons: [[{ label, token: `grab:${id}` }]] } : {}
  await reply(turn, text('desk.handle.stopped', { name: await holderName(turn.sql, takenBy ?? '') }), buttons)
}

async function offer(turn: Turn, handOff: HandOff, note: string): Promise<void> {
  const isClosed = handOff.state === 'closed'
  if (isClosed && (handOff.residentId === null || !mayReopen(handOff, turn.now)))
    return reply(turn, text(handOff.residentId === null ? 'desk.handle.residentGone' : 'desk.handle.over'))
  const label = plainly(turn, text(isClosed ? 'desk.handle.button.reopenAndSend' : 'desk.handle.button.takeAndSend'))
  const said = text(isClosed ? 'desk.handle.notSentClosed' : 'desk.handle.notSentWaiting')
  return reply(turn, said, { buttons: [[{ label, token: `send:${note}` }]] })
}
