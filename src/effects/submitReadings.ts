import type { LocalDate } from '../domain/localDate.ts'
import type { MeterOnHand } from '../domain/meter.ts'
import { entersPeriod, type Period } from '../domain/period.ts'
import type { Judged } from '../domain/readings/judge.ts'
import { judgeAll } from '../domain/readings/judgeAll.ts'
import type { Entry } from '../domain/readings/parse.ts'
import { wantPhoto } from '../domain/readings/photos.ts'
import { type Messenger, messengerOf } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'
import { together } from '../infra/together.ts'
import { metersOf } from '../queries/meters.ts'
import { type EffectContext, residentOf } from './context.ts'
import { dials, keptPhotos, photosLeft } from './kept.ts'
import { lockLinked } from './lockLinked.ts'

export interface ReadingsInput {
  accountId: number
  entries: Entry[]
  /** Doubts the resident has already said «yes, it is so» to. */
  agreed: { meterId: string; code: string }[]
  /** The receipt and the readings to be replaced that the resident was shown; tables of earlier releases did not keep them. */
  shown?: { period: string; replaces: string[] } | undefined
  /** Stored photos of the dials, kept beside the readings. */
  photos: string[]
}

/**
 * `accepted` and `same` carry the confirmation (подтверждение): its number, the moment (ISO), the period whose receipt it enters, what was
 * taken as it was judged, with the meters as they stood, and the values that these replace. `same`: exactly these values had been taken before, here or in another chat. `judged`: what the
 * resident saw is no longer so (newer values were imported or given, another
 * month has come, the window has closed, a meter is gone). `noPhoto`: a meter requires a
 * photo and none is left. Of these two nothing was taken.
 */
export type ReadingsOutcome =
  | {
      kind: 'accepted' | 'same'
      confirmation: string
      submittedAt: string
      period: Period
      late: boolean
      taken: Judged[]
      meters: MeterOnHand[]
      replaced: Entry[]
    }
  | { kind: 'judged' }
  | { kind: 'noPhoto' }
  | { kind: 'notLinked' }

/** Takes readings of one account: all of them or none. What was given before for the period is kept as superseded. */
export async function submitReadings(
  context: EffectContext,
  { accountId, entries, agreed, shown, photos }: ReadingsInput,
): Promise<ReadingsOutcome> {
  const { sql, chat, now, today, rules, clock } = context
  const residentId = residentOf(context)
  if (!(await lockLinked(sql, { residentId, accountId }))) return { kind: 'notLinked' }
  const { period, late } = entersPeriod(today, rules.readingsWindow)
  const { meters, persons } = await metersNow(context, accountId, period)
  const facts = { today, window: rules.readingsWindow, persons, acceptDecimals: rules.acceptDecimals }
  const judged = judgeAll(entries, meters, facts)
  const known = new Map(meters.map((meter) => [meter.id, meter]))
  const given = judged.map(({ entry }) => entry)
  const isWanted = wantPhoto(given, meters).length > 0
  if (isWanted && (await photosLeft(sql, photos, residentId)).length === 0) return { kind: 'noPhoto' }
  const already = await sameAsTaken(sql, judged, known)
  if (already) {
    const { readings, ...confirmed } = already
    await sql('readings.morePhotos', morePhotosStatement, [readings, photos, residentId])
    return { kind: 'same', ...confirmed, period, late, taken: judged, meters, replaced: [] }
  }
  if (judged.some((one) => !agreedTo(one, agreed))) return { kind: 'judged' }

  const rows = judged.map(({ entry, doubts }) => ({
    id: clock.id(),
    meter: entry.meterId,
    ...dials(entry.values),
    flags: doubts.map(({ code }) => code),
    replaces: known.get(entry.meterId)?.current?.readingId ?? null,
  }))
  const corrected = rows.flatMap(({ replaces }) => replaces ?? [])
  if (shown && (shown.period !== period || shown.replaces.join() !== corrected.join())) return { kind: 'judged' }
  if (corrected.length > 0)
    await sql('readings.supersede', `UPDATE reading SET status = 'superseded' WHERE id = ANY ($1::uuid[])`, [corrected])
  const source = messengerOf(chat)
  const confirmation = await take(sql, { accountId, residentId, period, today, now, source, photos, rows })
  const replaced = rows.flatMap(({ meter }) => {
    const values = known.get(meter)?.current?.values
    return values ? [{ meterId: meter, values }] : []
  })
  const submittedAt = now.toISOString()
  return { kind: 'accepted', confirmation, submittedAt, period, late, taken: judged, meters, replaced }
}

async function metersNow({ sql, rules }: EffectContext, accountId: number, period: Period) {
  const { meters, persons } = await metersOf(sql, { accountId, period })
  return { meters: meters.filter(({ service }) => rules.readingsServices?.includes(service) ?? true), persons }
}

/** A refusal is never agreed to; a doubt only when it is the one that was shown. */
const agreedTo = ({ entry, refusal, doubts }: Judged, agreed: ReadingsInput['agreed']): boolean =>
  !refusal && doubts.every(({ code }) => agreed.some((one) => one.meterId === entry.meterId && one.code === code))

/** The one confirmation under which exactly these values already stand, when they all do. Imported values may have none. */
async function sameAsTaken(
  sql: Sql,
  judged: Judged[],
  known: Map<string, MeterOnHand>,
): Promise<{ confirmation: string; submittedAt: string; readings: string[] } | undefined> {
  const standing = judged.map(({ entry }) => {
    const current = known.get(entry.meterId)?.current
    return current && current.values.join() === entry.values.join() ? current.readingId : undefined
  })
  if (standing.includes(undefined)) return undefined
  const readings = standing.flatMap((id) => id ?? [])
  const [first, ...others] = await sql<{ confirmation: string | null; submitted_at: Date }>(
    'readings.standing',
    'SELECT DISTINCT ON (confirmation) confirmation, submitted_at FROM reading WHERE id = ANY ($1::uuid[])',
    [readings],
  )
  if (!first || first.confirmation === null || others.length > 0) return undefined
  return { confirmation: first.confirmation, submittedAt: first.submitted_at.toISOString(), readings }
}

const morePhotosStatement = `
UPDATE reading r SET photo_ids = r.photo_ids || more.ids
FROM (SELECT ${keptPhotos('$2', '$3')} AS ids) more
WHERE r.id = ANY ($1::uuid[]) AND more.ids <> '{}' AND NOT r.photo_ids @> more.ids`

/** What one resident gives, with a row a meter. */
interface Given {
  accountId: number
  residentId: string
  period: Period
  today: LocalDate
  now: Date
  source: Messenger
  photos: string[]
  rows: { id: string; meter: string; flags: string[]; replaces: string | null }[]
}

/** Writes it down under one number (подтверждение), and answers that. */
const take = together(async (sql: Sql, given: readonly Given[]): Promise<string[]> => {
  const rows = given.flatMap(({ rows }, nth) => rows.map((row) => ({ nth, ...row })))
  const taken = await sql<{ confirmation: string }>('readings.take', takeStatement, [
    JSON.stringify(given.map(({ rows: _, ...one }, nth) => ({ nth, ...one }))),
    JSON.stringify(rows),
  ])
  return taken.map(({ confirmation }) => confirmation)
})

/** What is given after a rejection takes the place of what was rejected: by that the billing learns what it replaces. */
const takeStatement = `
WITH given AS MATERIALIZED (
  SELECT g.*, ${keptPhotos('g.photos', 'g."residentId"')} AS kept, nextval('confirmation_number')::text AS confirmation
  FROM jsonb_to_recordset($1::jsonb)
    AS g (nth int, "accountId" int, "residentId" uuid, period text, today date, now timestamptz, source text, photos uuid[])
), taken AS (
  INSERT INTO reading (id, confirmation, account_id, meter_id, period, t1, t2, t3, read_at, submitted_at, source, resident_id, flags,
                       status, replaces_id, photo_ids)
  SELECT r.id, g.confirmation, g."accountId", r.meter, g.period, r.t1, r.t2, r.t3, g.today, g.now, g.source, g."residentId", r.flags,
         'accepted', coalesce(r.replaces, rejected.id), g.kept
  FROM given g
  JOIN jsonb_to_recordset($2::jsonb) AS r (nth int, id uuid, meter text, t1 numeric, t2 numeric, t3 numeric, flags text[], replaces uuid)
    USING (nth)
  LEFT JOIN LATERAL (
    SELECT o.id FROM reading o WHERE o.meter_id = r.meter AND o.period = g.period AND o.status = 'rejected'
    ORDER BY o.submitted_at DESC LIMIT 1
  ) rejected ON true
)
SELECT confirmation FROM given ORDER BY nth`
