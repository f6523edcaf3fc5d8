import type { Service } from '../../domain/meter.ts'
import type { Period } from '../../domain/period.ts'
import type { ChatId, Messenger } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'
import { dial } from '../../queries/columns.ts'
import type { HandOffState, Subject } from '../records.ts'
import type { HandOff } from './handOff.ts'

/** What we know of a resident besides his accounts. Instants are ISO. */
export interface Person {
  chats: ChatId[]
  /** His latest one. */
  consent?: { givenAt: string; messenger: Messenger; withdrawnAt?: string }
  /** Corrections he has prepared for a specialist. */
  drafts: Draft[]
  /** His other hand-offs of late, the latest first, with their ratings. */
  lately: { number: number; rating?: number }[]
  /** What others of the account ask for at this moment. */
  alongside: { number: number; subject: Subject; state: HandOffState }[]
}

/** A prepared correction of a reading; `values` in thousandths. */
export interface Draft {
  accountId: number
  period: Period
  values: number[]
  photos: number
  meter: { service: Service; serial: string; unit: string; zones: 1 | 2 | 3 }
}

export const latelyDays = 30

/** `account`: the hand-off's, when it is linked to him. */
export async function personOf(
  sql: Sql,
  residentId: string,
  { handOff, account, now }: { handOff: Pick<HandOff, 'id'>; account: number | undefined; now: Date },
): Promise<Person> {
  const chats = await sql<{ chat: ChatId }>(
    'card.chats',
    'SELECT chat FROM conversation WHERE resident_id = $1::uuid AND blocked_at IS NULL ORDER BY updated_at DESC, chat',
    [residentId],
  )
  const [consent] = await sql<{ givenAt: Date; messenger: Messenger; withdrawnAt: Date | null }>(
    'card.consent',
    `SELECT given_at AS "givenAt", messenger, withdrawn_at AS "withdrawnAt" FROM consent WHERE resident_id = $1::uuid
     ORDER BY withdrawn_at IS NOT NULL, given_at DESC LIMIT 1`,
    [residentId],
  )
  const lately = await sql<{ number: number; rating: number | null }>(
    'card.lately',
    `SELECT number, rating FROM hand_off WHERE resident_id = $1::uuid AND id <> $2::uuid AND asked_at > $3
     ORDER BY number DESC`,
    [residentId, handOff.id, new Date(now.getTime() - latelyDays * 86_400_000)],
  )
  const alongside = await sql<Person['alongside'][number]>(
    'card.alongside',
    `SELECT number, subject, state::text FROM hand_off
     WHERE account_id = $1 AND state <> 'closed' AND resident_id <> $2::uuid ORDER BY number`,
    [account ?? null, residentId],
  )
  return {
    chats: chats.map(({ chat }) => chat),
    ...(consent && {
      consent: {
        ...{ givenAt: consent.givenAt.toISOString(), messenger: consent.messenger },
        ...(consent.withdrawnAt && { withdrawnAt: consent.withdrawnAt.toISOString() }),
      },
    }),
    drafts: await draftsOf(sql, residentId),
    lately: lately.map(({ number, rating }) => ({ number, ...(rating !== null && { rating }) })),
    alongside,
  }
}

async function draftsOf(sql: Sql, residentId: string): Promise<Draft[]> {
  const rows = await sql<Omit<Draft, 'meter'> & Draft['meter']>(
    'card.drafts',
    `SELECT r.account_id AS "accountId", r.period, ${dial('r.t')} AS values, cardinality(r.photo_ids) AS photos,
            m.service, m.serial, m.unit, m.zones
     FROM request_draft r JOIN meter m ON m.id = r.meter_id
     JOIN link l ON l.resident_id = r.resident_id AND l.account_id = r.account_id AND l.removed_at IS NULL
     WHERE r.resident_id = $1::uuid AND r.period IS NOT NULL ORDER BY r.created_at DESC, r.id`,
    [residentId],
  )
  return rows.map(({ service, serial, unit, zones, ...draft }) => ({
    ...draft,
    meter: { service, serial, unit, zones },
  }))
}
