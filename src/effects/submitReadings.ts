import type { MeterOnHand } from '../domain/meter.ts'
import { entersPeriod, type Period } from '../domain/period.ts'
import type { Judged } from '../domain/readings/judge.ts'
import { judgeAll } from '../domain/readings/judgeAll.ts'
import type { Entry } from '../domain/readings/parse.ts'
import { messengerOf } from '../engine/event.ts'
import type { Tx } from '../infra/database.ts'
import { metersOfAccounts } from '../queries/meters.ts'
import { type EffectContext, residentOf } from './context.ts'

/** Names the lock among PostgreSQL's advisory locks of two keys. */
const readingsLock = 1

export interface ReadingsInput {
  accountId: number
  entries: Entry[]
  /** Doubts the resident has already said «yes, it is so» to. */
  agreed: { meterId: string; code: string }[]
  /** Stored photos of the dials, kept beside the readings. */
  photos: string[]
}

/**
 * `accepted` and `same` carry the confirmation (подтверждение): its number, the moment (ISO) and the period whose receipt it enters.
 * `same`: exactly these values had been taken before, here or in another chat. `judged`: what the resident saw is no longer so
 * (newer values were imported, the window has closed, a meter is gone), and nothing was taken.
 */
export type ReadingsOutcome =
  | { kind: 'accepted' | 'same'; confirmation: string; submittedAt: string; period: Period; late: boolean }
  | { kind: 'judged' }
  | { kind: 'notLinked' }

/** Takes readings of one account: all of them or none. What was given before for the period is kept as superseded. */
export async function submitReadings(
  context: EffectContext,
  { accountId, entries, agreed, photos }: ReadingsInput,
): Promise<ReadingsOutcome> {
  const { tx, chat, now, today, rules, clock } = context
  const residentId = residentOf(context)
  if (!(await lockLinked(tx, residentId, accountId))) return { kind: 'notLinked' }
  const { period, late } = entersPeriod(today, rules.readingsWindow)
  const { meters, persons } = await onHand(tx, accountId, period)
  const facts = { today, window: rules.readingsWindow, persons, acceptDecimals: rules.acceptDecimals }
  const judged = judgeAll(entries, meters, facts)
  const known = new Map(meters.map((meter) => [meter.id, meter]))
  const already = await sameAsTaken(tx, judged, known)
  if (already) return { kind: 'same', ...already, period, late }
  if (judged.some((one) => !agreedTo(one, agreed))) return { kind: 'judged' }

  const confirmation = await nextConfirmation(tx)
  const replaced = entries.flatMap(({ meterId }) => known.get(meterId)?.current?.readingId ?? [])
  await tx.reading.updateMany({ where: { id: { in: replaced } }, data: { status: 'superseded' } })
  await tx.reading.createMany({
    data: judged.map(({ entry, doubts }) => ({
      id: clock.id(),
      confirmation,
      accountId,
      meterId: entry.meterId,
      period,
      ...dials(entry.values),
      readAt: new Date(today),
      submittedAt: now,
      source: messengerOf(chat),
      residentId,
      flags: doubts.map(({ code }) => code),
      status: 'accepted' as const,
      replacesId: known.get(entry.meterId)?.current?.readingId ?? null,
      photoId: photos[0] ?? null,
    })),
  })
  return { kind: 'accepted', confirmation, submittedAt: now.toISOString(), period, late }
}

/** Two chats of one household queue up here. Not at the account's row: an import may hold that for minutes. */
async function lockLinked(tx: Tx, residentId: string, accountId: number): Promise<boolean> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${readingsLock}::int, ${accountId}::int)::text`
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM account a JOIN link l ON l.account_id = a.id AND l.removed_at IS NULL
    WHERE a.id = ${accountId} AND a.open AND l.resident_id = ${residentId}::uuid`
  return rows.length > 0
}

async function onHand(tx: Tx, accountId: number, period: Period) {
  const [own] = await metersOfAccounts(
    (_, statement, values) => tx.$queryRawUnsafe(statement, ...values),
    [{ accountId, period }],
  )
  return own ?? { meters: [], persons: 1 }
}

/** A refusal is never agreed to; a doubt only when it is the one that was shown. */
const agreedTo = ({ entry, refusal, doubts }: Judged, agreed: ReadingsInput['agreed']): boolean =>
  !refusal && doubts.every(({ code }) => agreed.some((one) => one.meterId === entry.meterId && one.code === code))

/** The confirmation under which exactly these values already stand, when they all do. */
async function sameAsTaken(
  tx: Tx,
  judged: Judged[],
  known: Map<string, MeterOnHand>,
): Promise<{ confirmation: string; submittedAt: string } | undefined> {
  const standing = judged.map(({ entry }) => {
    const current = known.get(entry.meterId)?.current
    return current && current.values.join() === entry.values.join() ? current.readingId : undefined
  })
  const [first] = standing
  if (first === undefined || standing.includes(undefined)) return undefined
  const reading = await tx.reading.findUniqueOrThrow({ where: { id: first } })
  return { confirmation: reading.confirmation ?? '', submittedAt: reading.submittedAt.toISOString() }
}

async function nextConfirmation(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<{ number: bigint }[]>`SELECT nextval('confirmation_number') AS number`
  return String(row?.number)
}

/** Thousandths as the decimal strings of the columns t1, t2, t3. */
function dials(values: number[]): { t1: string; t2: string | null; t3: string | null } {
  const decimal = (value: number | undefined) => (value === undefined ? null : (value / 1000).toFixed(3))
  return { t1: decimal(values[0]) ?? '0', t2: decimal(values[1]), t3: decimal(values[2]) }
}
