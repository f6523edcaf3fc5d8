import type { RequestKind } from '../../domain/requests/states.ts'
import type { Json } from '../../engine/dialog.ts'
import { type EffectContext, residentOf } from '../context.ts'
import { addLine, filesOf, type LeftFile, messageIn, takeWritten, type Written } from './written.ts'

/**
 * `kept`: what was written stands in the draft (`isMore`: a further piece of an album), but for the files that are `left`. `full`: nothing of it
 * could be taken. `unknown`: an edit of what does not stand in it.
 */
export type DraftKept =
  | { kind: 'kept'; draft: string; isMore: boolean; left: LeftFile[] }
  | { kind: 'full'; draft: string; left: LeftFile[] }
  | { kind: 'unknown'; draft: string }

/** `accountId`: null when it is about none. An account that is not his, and a visit that is not, are left out. `details` add to those there are. */
export interface Drafting {
  of: RequestKind
  subject?: string | undefined
  accountId?: number | null | undefined
  bookingId?: string | undefined
  details?: { [name: string]: Json } | undefined
  written?: Written | undefined
}

/**
 * Keeps what a resident has said so far for a request of a kind, one message at a time; a draft is made when he has none. Nothing is shown to
 * anybody before it is sent.
 */
export async function keepDraft(context: EffectContext, drafting: Drafting): Promise<DraftKept> {
  const draft = await draftOf(context, drafting)
  const { written } = drafting
  if (!written) return { kind: 'kept', draft, isMore: false, left: [] }
  if (written.edits) return edit(context, draft, written)
  const { words, left } = await takeWritten(context, draft, written, await filesOf(context, draft))
  if (!words) return { kind: 'full', draft, left }
  const isMore = words.album !== undefined && (await joinAlbum(context, draft, words))
  if (!isMore) await addLine(context, { request: draft, words, message: written.message })
  return { kind: 'kept', draft, isMore, left }
}

async function draftOf(context: EffectContext, drafting: Drafting): Promise<string> {
  const { sql, chat, now, clock } = context
  const { of, subject, accountId, bookingId, details = {} } = drafting
  const [draft] = await sql<{ id: string }>('request.draft', statement, [
    ...[clock.id(), of, subject ?? null, residentOf(context), accountId ?? null, accountId !== undefined],
    ...[chat, JSON.stringify(details), bookingId ?? null, now],
  ])
  if (!draft) throw new Error('a draft is neither there nor made')
  return draft.id
}

const statement = `
INSERT INTO request AS r (id, kind, subject, state, resident_id, account_id, chat, details, booking_id, created_at, changed_at)
VALUES ($1::uuid, $2, $3, 'draft', $4::uuid,
        (SELECT l.account_id FROM link l WHERE l.resident_id = $4::uuid AND l.account_id = $5::int AND l.removed_at IS NULL),
        $7, $8::jsonb, (SELECT b.id FROM booking b WHERE b.id = $9::uuid AND b.resident_id = $4::uuid), $10, $10)
ON CONFLICT (resident_id, kind) WHERE state = 'draft' DO UPDATE SET
  subject = coalesce(excluded.subject, r.subject),
  account_id = CASE WHEN $6::boolean THEN excluded.account_id ELSE r.account_id END,
  details = r.details || excluded.details,
  booking_id = coalesce(excluded.booking_id, r.booking_id),
  chat = excluded.chat, changed_at = excluded.changed_at
RETURNING id`

async function edit({ sql, chat }: EffectContext, draft: string, { message, text = '' }: Written): Promise<DraftKept> {
  const edited = await sql(
    'request.editLine',
    `UPDATE request_line SET body = jsonb_set(body, '{text}', to_jsonb($3::text)) WHERE request_id = $1::uuid AND message = $2 RETURNING id`,
    [draft, messageIn(chat, message), text.trim()],
  )
  return edited.length > 0 ? { kind: 'kept', draft, isMore: false, left: [] } : { kind: 'unknown', draft }
}

/** A further piece of an album joins the first; false when this is the first. */
async function joinAlbum(
  { sql }: EffectContext,
  draft: string,
  { album, text, files }: { album?: string; text: string; files: readonly object[] },
): Promise<boolean> {
  const joined = await sql(
    'request.joinAlbum',
    `UPDATE request_line SET body = body || jsonb_build_object(
       'files', body -> 'files' || $3::jsonb,
       'text', concat_ws(E'\\n', nullif(body ->> 'text', ''), nullif($4::text, '')))
     WHERE request_id = $1::uuid AND body ->> 'album' = $2 RETURNING id`,
    [draft, album, JSON.stringify(files), text],
  )
  return joined.length > 0
}
