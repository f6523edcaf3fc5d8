import type pg from 'pg'
import { newState, type State } from '../../src/engine/state.ts'
import { chatOf, nowOf, previousOf } from './fiveTurns.ts'

/** Residents from 0 on, each at the menu, with consent and one linked account of two meters that were read a month ago. */
export async function seed(client: pg.Client, residents: number): Promise<void> {
  const all = Array.from({ length: residents }, (_, n) => n)
  const state: State = {
    ...newState('ru'),
    at: { dialog: 'menu', version: 1, place: { at: 'menu' }, accountId: 0, trail: [] },
  }
  await client.query(statement, [
    all,
    all.map((n) => `telegram:${chatOf(n)}`),
    all.map((n) => previousOf(n).cold),
    all.map((n) => previousOf(n).hot),
    JSON.stringify(state),
  ])
  await client.query('ANALYZE')
}

/** How many readings are stored, under how many confirmations, and how many of them are what their residents said. */
export async function storedReadings(
  client: pg.Client,
): Promise<{ all: number; right: number; confirmations: number }> {
  const { cold, hot } = { cold: nowOf(0).cold - previousOf(0).cold, hot: nowOf(0).hot - previousOf(0).hot }
  const { rows } = await client.query(
    `SELECT count(*)::int AS all, count(DISTINCT r.confirmation)::int AS confirmations,
            count(*) FILTER (WHERE r.status = 'accepted'
              AND r.t1 = m.last_t1 + CASE m.service WHEN 'HVS' THEN $1::int ELSE $2::int END)::int AS right
     FROM reading r JOIN meter m ON m.id = r.meter_id`,
    [cold, hot],
  )
  return rows[0]
}

const uuid = (n: string) => `lpad(to_hex(${n}), 32, '0')::uuid`

const statement = `
WITH resident_seed AS MATERIALIZED (
  SELECT * FROM unnest($1::int[], $2::text[], $3::int[], $4::int[]) AS s (n, chat, cold, hot)
), residents AS (
  INSERT INTO resident (id, created_at) SELECT ${uuid('n')}, now() FROM resident_seed
), consents AS (
  INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at)
  SELECT ${uuid('n')}, ${uuid('n')}, 1, 'bench', 'telegram', now() FROM resident_seed
), accounts AS (
  INSERT INTO account (id, number, open, street_type, street, house, flat, street_key, house_key, korpus_key, flat_key, room_key,
                       living, imported_from)
  SELECT n + 1, lpad((n + 1)::text, 10, '0'), true, 'ул.', 'Ленина', (n / 100 + 1)::text, (n % 100 + 1)::text,
         'ленина', (n / 100 + 1)::text, '', (n % 100 + 1)::text, '', 2, 'bench' FROM resident_seed
), meters AS (
  INSERT INTO meter (id, account_id, service, serial, digits, decimals, zones, unit, last_t1, last_at, norm, average6, imported_from)
  SELECT n || service, n + 1, service, 'A' || lpad(n::text, 7, '0') || service, 5, 3, 1, 'м³', value, current_date - 30, 4.85, 4, 'bench'
  FROM resident_seed CROSS JOIN LATERAL (VALUES ('HVS', cold), ('GVS', hot)) AS m (service, value)
), links AS (
  INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at)
  SELECT ${uuid('n')}, ${uuid('n')}, n + 1, 'address', chat, now() FROM resident_seed
)
INSERT INTO conversation (chat, revision, state, resident_id, updated_at)
SELECT chat, 1, $5::jsonb, ${uuid('n')}, now() FROM resident_seed`
