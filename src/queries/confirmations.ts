import type { LocalDate } from '../domain/localDate.ts'
import type { Meter, Service } from '../domain/meter.ts'
import type { Period } from '../domain/period.ts'
import type { Sql } from '../infra/database.ts'
import { dial, meterOrder } from './columns.ts'

/** A reading that was taken here: under which confirmation (подтверждение), when (ISO) and what became of it. `rejection`: the billing's code, `rejectionWords` its words. */
export interface GivenReading {
  id: string
  confirmation: string
  submittedAt: string
  period: Period
  values: number[]
  /** Of the reading that this one corrected. */
  replaced?: number[]
  status: 'accepted' | 'exported' | 'confirmed' | 'rejected' | 'superseded'
  rejection?: string
  rejectionWords?: string
  hasPhoto: boolean
  meter: Pick<Meter, 'id' | 'service' | 'serial' | 'unit' | 'digits' | 'zones'> & { removedAt?: LocalDate }
}

/** The account's latest readings that were given in a chat, the latest first. */
export async function givenReadings(sql: Sql, accountId: number): Promise<GivenReading[]> {
  const rows = await sql<GivenRow>('queries.givenReadings', statement, [accountId])
  return rows.map(
    ({
      id,
      confirmation,
      submitted_at,
      period,
      values,
      replaced,
      status,
      rejection,
      rejection_words,
      has_photo,
      ...row
    }) => ({
      ...{ id, confirmation, period, values, status, hasPhoto: has_photo },
      submittedAt: submitted_at.toISOString(),
      ...(replaced !== null && { replaced }),
      ...(rejection !== null && { rejection }),
      ...(rejection_words !== null && { rejectionWords: rejection_words }),
      meter: {
        ...{ id: row.meter_id, service: row.service, serial: row.serial, unit: row.unit, digits: row.digits },
        zones: row.zones,
        ...(row.removed_at !== null && { removedAt: row.removed_at }),
      },
    }),
  )
}

/**
 * What a photo has been handed over with, of these accounts: readings with their confirmation, or a correction that waits for a
 * specialist. Nothing when it is with neither. `isNeeded`: one of the meters requires a photo and is left without any other.
 */
export async function handedOver(sql: Sql, photo: string, accounts: number[]): Promise<HandedOver | undefined> {
  const [found] = await sql<{ account_id: number; confirmation: string | null; is_needed: boolean }>(
    'queries.photoHandedOver',
    `SELECT r.account_id, r.confirmation, ${needed} AS is_needed
     FROM reading r JOIN meter m ON m.id = r.meter_id WHERE r.account_id = ANY ($2) AND r.photo_ids @> ARRAY[$1::uuid]
     UNION ALL SELECT account_id, NULL, false FROM request_draft WHERE account_id = ANY ($2) AND photo_ids @> ARRAY[$1::uuid]
     ORDER BY is_needed DESC LIMIT 1`,
    [photo, accounts],
  )
  if (!found) return undefined
  const { account_id: accountId, confirmation, is_needed: isNeeded } = found
  return { accountId, isNeeded, ...(confirmation !== null && { confirmation }) }
}

export interface HandedOver {
  accountId: number
  confirmation?: string
  isNeeded: boolean
}

const needed = `(m.photo_required AND r.status NOT IN ('superseded', 'rejected')
         AND NOT EXISTS (SELECT FROM file f WHERE f.id = ANY (r.photo_ids) AND f.id <> $1::uuid AND f.state <> 'refused'))`

interface GivenRow {
  id: string
  confirmation: string
  submitted_at: Date
  period: Period
  values: number[]
  replaced: number[] | null
  status: GivenReading['status']
  rejection: string | null
  rejection_words: string | null
  has_photo: boolean
  meter_id: string
  service: Service
  serial: string
  unit: string
  digits: number
  zones: 1 | 2 | 3
  removed_at: LocalDate | null
}

const statement = `
SELECT r.id, r.confirmation, r.submitted_at, r.period, r.status, r.rejection, r.rejection_words,
       EXISTS (SELECT FROM file f WHERE f.id = ANY (r.photo_ids || r.photo_id) AND f.state = 'stored') AS has_photo,
       ${dial('r.t')} AS values,
       (SELECT ${dial('o.t')} FROM reading o WHERE o.id = r.replaces_id) AS replaced,
       m.id AS meter_id, m.service, m.serial, m.unit, m.digits, m.zones, m.removed_at::text
FROM reading r JOIN meter m ON m.id = r.meter_id
WHERE r.account_id = $1 AND r.source <> 'import' AND r.confirmation IS NOT NULL
ORDER BY r.submitted_at DESC, ${meterOrder}
LIMIT 60`
