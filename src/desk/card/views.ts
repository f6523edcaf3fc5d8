import type { Sql } from '../../infra/database.ts'

/** Why somebody has seen a card: he took the hand-off, asked for the card, or had it shown anew. */
export type ViewReason = 'taken' | 'card' | 'refreshed'

/**
 * Keeps that a consultant (`by`: his id) has seen a resident's card (domain rules, §9): a row for each account that it tells of, or for the one
 * named; one without an account when none is linked.
 */
export async function logView(
  sql: Sql,
  { by, handOff, accountId, why, now }: { by: string; handOff: string; accountId?: number; why: ViewReason; now: Date },
): Promise<void> {
  await sql(
    'card.view',
    `INSERT INTO card_view (by, hand_off_id, account_id, why, at)
     SELECT $1, h.id, coalesce($3::int, shown.id), $4, $5
     FROM hand_off h
     LEFT JOIN LATERAL (
       SELECT a.id FROM link l JOIN account a ON a.id = l.account_id AND a.open
       WHERE l.resident_id = h.resident_id AND l.removed_at IS NULL AND $3::int IS NULL
       ORDER BY l.linked_at, a.id
     ) shown ON true
     WHERE h.id = $2::uuid`,
    [by, handOff, accountId ?? null, why, now],
  )
}

/** Keeps that a consultant has seen what we know of the account of a request that he has taken, or its files once more (domain rules, §9). */
export async function logRequestView(
  sql: Sql,
  {
    by,
    request,
    why = 'taken',
    now,
  }: { by: string; request: { id: string; accountId: number | null }; why?: ViewReason; now: Date },
): Promise<void> {
  await sql(
    'card.requestView',
    `INSERT INTO card_view (by, request_id, account_id, why, at) VALUES ($1, $2::uuid, $3::int, $4, $5)`,
    [by, request.id, request.accountId, why, now],
  )
}
