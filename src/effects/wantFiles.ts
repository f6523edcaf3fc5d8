import type { InboundFile } from '../engine/event.ts'
import type { EffectContext } from './context.ts'

/**
 * Notes files that a resident has sent, for a `request` or without one; a job fetches their bytes, judges them and comes back. Answers their ids, in
 * order.
 */
export async function wantFiles(
  { sql, chat, resident, now, clock }: EffectContext,
  files: readonly InboundFile[],
  request?: string,
): Promise<string[]> {
  const rows = files.map(({ kind, ref, name }) => ({ id: clock.id(), kind, name: name.slice(0, 200), ref }))
  await sql(
    'file.want',
    `INSERT INTO file (id, state, kind, name, chat, ref, resident_id, created_at, request_id)
     SELECT f.id, 'wanted', f.kind, f.name, $2, f.ref, $3, $4, $5
     FROM jsonb_to_recordset($1::jsonb) AS f (id uuid, kind text, name text, ref text)`,
    [JSON.stringify(rows), chat, resident ?? null, now, request ?? null],
  )
  return rows.map(({ id }) => id)
}
