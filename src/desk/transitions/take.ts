import type { Sql } from '../../infra/database.ts'
import { type Consultant, goOnShift, isSupervisor, lockConsultant } from '../consultants.ts'
import { type HandOff, lockHandOff } from './handOff.ts'
import { type OfDesk, remindAt } from './nextAt.ts'
import { type Outcome, type Refusal, refused, takenBy } from './outcome.ts'
import { endTake, tellResident, tellTopic } from './telling.ts'

export interface Take extends Asked {
  by: Pick<Consultant, 'id'>
  /** A supervisor takes it from whoever has it. */
  evenTaken?: boolean
}

interface Asked {
  handOff: string
  now: Date
  rules: OfDesk
}

/**
 * «Беру»: a waiting one, one that was offered to him, or his own that was put off, before its time. Puts him on shift. Whoever let it go back
 * into the queue unanswered is refused while another one is on shift.
 */
export async function take(sql: Sql, { handOff: id, by, now, rules, evenTaken = false }: Take): Promise<Outcome> {
  const who = await lockConsultant(sql, by.id)
  const handOff = await lockHandOff(sql, id)
  if (!who || !handOff) return refused('gone')
  const refusal = await refusalOf(sql, handOff, who, rules, evenTaken && isSupervisor(who))
  if (refusal) return refusal
  await goOnShift(sql, who.id, now)
  const isFromHold = handOff.takenBy === who.id
  if (isFromHold) await tellTopic(sql, handOff, now)
  else await changeHands(sql, handOff, who, now)
  await hand(sql, { handOff, to: who.id, now, rules })
  return { kind: 'done', handOff }
}

/**
 * An administrator has answered from VK's own inbox: a hand-off that nobody has is his. The resident has read his words already and is told
 * nothing; nor is one who holds it put out of it.
 */
export async function takeFromInbox(
  sql: Sql,
  { handOff: id, admin, now, rules }: Asked & { admin: string },
): Promise<Outcome> {
  const handOff = await lockHandOff(sql, id)
  if (!handOff) return refused('gone')
  if (handOff.state === 'closed') return refused('closed')
  const by = `vk:${admin}`
  if (handOff.takenBy !== null) return handOff.takenBy === by ? refused('yours') : takenBy(handOff.takenBy)
  await begin(sql, handOff, by, now)
  await hand(sql, { handOff, to: by, now, rules })
  await tellTopic(sql, handOff, now)
  return { kind: 'done', handOff }
}

async function refusalOf(
  sql: Sql,
  handOff: HandOff,
  who: Consultant,
  rules: OfDesk,
  evenTaken: boolean,
): Promise<Refusal | undefined> {
  if (handOff.state === 'closed') return refused('closed')
  if (handOff.state === 'taken' && handOff.takenBy === who.id) return refused('yours')
  const isOffered = handOff.offeredTo === who.id
  if (handOff.takenBy !== null && handOff.takenBy !== who.id && !isOffered && !evenTaken)
    return takenBy(handOff.takenBy)
  if (handOff.refusedBy.includes(who.id) && !isSupervisor(who) && (await othersOnShift(sql, handOff, who)))
    return refused('wasYours')
  return noRoom(sql, who, rules)
}

/** Whether somebody has as many chats as he may. He is locked. */
export async function noRoom(sql: Sql, who: Consultant, rules: OfDesk): Promise<Refusal | undefined> {
  const most = who.mostChats ?? rules.desk.mostChats
  return (await chatsOf(sql, who.id)) >= most ? { kind: 'refused', why: 'full', most } : undefined
}

/** Those put off are not counted: nobody waits for an answer there. */
async function chatsOf(sql: Sql, id: string): Promise<number> {
  const [found] = await sql<{ chats: number }>(
    'staff.chats',
    `SELECT count(*)::int AS chats FROM hand_off WHERE taken_by = $1 AND state = 'taken'`,
    [id],
  )
  return found?.chats ?? 0
}

async function othersOnShift(sql: Sql, { refusedBy }: HandOff, who: Consultant): Promise<boolean> {
  const others = await sql(
    'staff.others',
    'SELECT 1 FROM consultant WHERE shift_since IS NOT NULL AND removed_at IS NULL AND id <> $1 AND id <> ALL ($2) LIMIT 1',
    [who.id, refusedBy],
  )
  return others.length > 0
}

async function changeHands(sql: Sql, handOff: HandOff, who: Consultant, now: Date): Promise<void> {
  const isPassed = handOff.takenBy !== null
  if (isPassed) await endTake(sql, handOff, 'passed', now)
  await begin(sql, handOff, who.id, now)
  await tellResident(sql, handOff, { kind: isPassed ? 'passed' : 'taken', name: who.name }, now, who.id)
  await tellTopic(sql, handOff, now)
}

async function begin(sql: Sql, { id }: HandOff, by: string, now: Date): Promise<void> {
  await sql('take.begin', 'INSERT INTO hand_off_take (hand_off_id, by, "from") VALUES ($1::uuid, $2, $3)', [
    id,
    by,
    now,
  ])
}

/** The clock waits for his first words from now on. */
async function hand(
  sql: Sql,
  { handOff, to, now, rules }: { handOff: HandOff; to: string; now: Date; rules: OfDesk },
): Promise<void> {
  await sql(
    'handOff.take',
    `UPDATE hand_off SET state = 'taken', taken_by = $2, taken_at = $3, offered_to = NULL,
       morning = false, patient = false, hold_until = NULL, reminded_at = NULL, shown_place = NULL, shown_place_at = NULL, next_at = $4 WHERE id = $1::uuid`,
    [handOff.id, to, now, remindAt(now, rules)],
  )
}
