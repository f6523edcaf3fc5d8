import type { LocalDate } from '../domain/localDate.ts'
import { periodOf } from '../domain/period.ts'
import { newState } from '../engine/state.ts'
import type { Sql } from '../infra/database.ts'

/** By this its accounts are told from real ones. */
export const bigTownSource = 'sample'

const atOnce = 10_000

interface Making {
  accounts: number
  now: Date
  today: LocalDate
  onProgress?(made: number): void
}

/**
 * Makes a town of so many accounts, the same whenever it is made: each with two water meters and a resident who has consented and linked it, six in
 * ten of them in Telegram, three in VKontakte, one in both. Four in ten have given this month's readings. Made again, or further, it adds what is missing.
 */
export async function makeBigTown(sql: Sql, { accounts, now, today, onProgress }: Making): Promise<void> {
  const state = JSON.stringify({
    ...newState(),
    at: { dialog: 'menu', version: 1, place: { at: 'menu' }, accountId: 0, trail: [] },
  })
  for (let from = 1; from <= accounts; from += atOnce) {
    const to = Math.min(accounts, from + atOnce - 1)
    await sql('bigTown.accounts', accountsStatement, [from, to])
    await sql('bigTown.meters', metersStatement, [from, to])
    await sql('bigTown.readings', readingsStatement, [from, to, periodOf(today), today, now])
    await sql('bigTown.residents', residentsStatement, [from, to, now])
    await sql('bigTown.chats', chatsStatement, [from, to, now, state])
    onProgress?.(to)
  }
}

const numberOf = `'9' || lpad(n::text, 9, '0')`
const idOf = (what: string, n = 'n') => `md5('${what}:' || ${n})::uuid`
const all = 'generate_series($1::int, $2::int) AS n'

/** A hundred flats a house, a hundred houses a street. */
const accountsStatement = `
INSERT INTO account (number, open, payer_name, street_type, street, house, flat, street_key, house_key, korpus_key, flat_key, room_key,
                     area_hundredths, registered, living, balance_kopecks, imported_from)
SELECT ${numberOf}, true, 'Житель ' || n, 'улица', 'Образцовая ' || s, h::text, f::text, 'образцовая ' || s, h::text, '', f::text, '',
       3000 + n % 6000, 1 + n % 4, 1 + n % 4, n::bigint * 7919 % 1200000 - 200000, '${bigTownSource}'
FROM ${all} CROSS JOIN LATERAL (SELECT 1 + (n - 1) / 10000 AS s, 1 + (n - 1) / 100 % 100 AS h, 1 + (n - 1) % 100 AS f) place
ON CONFLICT DO NOTHING`

const metersStatement = `
INSERT INTO meter (id, account_id, service, serial, digits, decimals, zones, unit, installed_at, verification_until, last_t1, last_at, norm,
                   average6, imported_from)
SELECT 'S-' || n || '-' || service, a.id, service, lpad((n * 2 + nth)::text, 8, '0'), 5, 3, 1, 'м³', DATE '2023-01-01',
       DATE '2027-01-01' + n % 1000, 100 + n % 700, DATE '2026-01-20', CASE service WHEN 'HVS' THEN 4.9 ELSE 4.01 END, 3 + n % 5, '${bigTownSource}'
FROM ${all} JOIN account a ON a.number = ${numberOf} CROSS JOIN (VALUES ('HVS', 0), ('GVS', 1)) AS of (service, nth)
ON CONFLICT DO NOTHING`

const readingsStatement = `
INSERT INTO reading (id, account_id, meter_id, period, t1, read_at, submitted_at, source, flags, status)
SELECT ${idOf('reading', `m.id || $3`)}, a.id, m.id, $3, m.last_t1 + 4, $4::date, $5, 'import', '{}', 'confirmed'
FROM ${all} JOIN account a ON a.number = ${numberOf} JOIN meter m ON m.account_id = a.id
WHERE n % 10 < 4
ON CONFLICT DO NOTHING`

const residentsStatement = `
WITH made AS (
  INSERT INTO resident (id, created_at) SELECT ${idOf('resident')}, $3 FROM ${all} ON CONFLICT DO NOTHING
), consented AS (
  INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at)
  SELECT ${idOf('consent')}, ${idOf('resident')}, 2, '', CASE WHEN n % 10 < 6 THEN 'telegram' ELSE 'vk' END, $3 FROM ${all} ON CONFLICT DO NOTHING
)
INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at)
SELECT ${idOf('link')}, ${idOf('resident')}, a.id, 'code', CASE WHEN n % 10 < 6 THEN 'telegram:' || (7000000000 + n) ELSE 'vk:' || (700000000 + n) END, $3
FROM ${all} JOIN account a ON a.number = ${numberOf}
ON CONFLICT DO NOTHING`

const chatsStatement = `
INSERT INTO conversation (chat, revision, state, resident_id, updated_at)
SELECT chat, 1, $4::jsonb, ${idOf('resident')}, $3::timestamptz - nth * interval '1 hour'
FROM ${all} CROSS JOIN LATERAL (
  SELECT 'telegram:' || (7000000000 + n) AS chat, 0 AS nth WHERE n % 10 < 6 OR n % 10 = 9
  UNION ALL SELECT 'vk:' || (700000000 + n), 1 WHERE n % 10 >= 6
) chats
ON CONFLICT DO NOTHING`
