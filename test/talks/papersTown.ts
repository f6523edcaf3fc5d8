import { sqlOn } from '../../src/infra/database.ts'
import { addNotice } from '../../src/notices/addNotice.ts'
import type { Town } from '../support/town.ts'
import { nextPoint, type Talk } from './talk.ts'

export interface KeptPapers {
  id: string
  number: number | null
  kind: string
  subject: string | null
  state: string
  details: Record<string, unknown>
  account: string | null
  booking: string | null
  /** Names of the files, in order, with what paper each is. */
  files: { name: string; paper?: string }[]
  words: string[]
}

/** The papers of a talk's resident, drafts too, in order. */
export async function papersOf({ chat, town }: Talk): Promise<KeptPapers[]> {
  const { rows } = await town.fresh.database.pool.query<KeptPapers>(
    `SELECT r.id, r.number, r.kind, r.subject, r.state, r.details, a.number AS account, r.booking_id AS booking,
            coalesce((SELECT jsonb_agg(f ORDER BY l.id, nth) FROM request_line l, jsonb_array_elements(l.body -> 'files') WITH ORDINALITY AS e (f, nth)
                      WHERE l.request_id = r.id AND l.author = 'resident'), '[]') AS files,
            coalesce((SELECT jsonb_agg(l.body ->> 'text' ORDER BY l.id) FROM request_line l
                      WHERE l.request_id = r.id AND l.author = 'resident' AND l.body ->> 'text' <> ''), '[]') AS words
     FROM request r JOIN conversation c ON c.resident_id = r.resident_id LEFT JOIN account a ON a.id = r.account_id
     WHERE c.chat = $1 ORDER BY r.created_at`,
    [chat],
  )
  return rows
}

export async function onlyPapers(talk: Talk): Promise<KeptPapers> {
  const [one, another] = await papersOf(talk)
  if (!one || another) throw new Error('one request is expected')
  return one
}

/** As staff do it: a line, what it brings the request to, and a notice of it. */
export async function judged(
  town: Town,
  id: string,
  state: string | null,
  words: string,
  files: object[] = [],
): Promise<void> {
  const { database } = town.fresh
  const now = town.clock.now()
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO request_line (request_id, author, state, body, at) VALUES ($1, 'consultant', $2, $3, $4) RETURNING id`,
    [id, state, JSON.stringify({ text: words, files }), now],
  )
  const { rows: changed } = await database.pool.query<{ resident: string; chat: Talk['chat'] }>(
    `UPDATE request SET state = coalesce($2::"RequestState", state), changed_at = $3,
       answered_at = CASE WHEN $2 IN ('rejected', 'done') THEN $3::timestamptz END
     WHERE id = $1 RETURNING resident_id AS resident, chat`,
    [id, state, now],
  )
  const [line, request] = [rows[0]?.id ?? '', changed[0]]
  if (!request) throw new Error('no such request')
  const { resident: residentId, chat } = request
  await addNotice(sqlOn(database), {
    id: `request:${line}`,
    residentId,
    chat,
    dialog: 'papers',
    about: line,
    dueAt: now,
  })
}

/** Answers when all that the talk's chat has sent was fetched. */
export async function fetched({ chat, town }: Talk): Promise<void> {
  for (;;) {
    const next = nextPoint('file.judged')
    const { rows } = await town.fresh.database.pool.query(`SELECT 1 FROM file WHERE chat = $1 AND state = 'wanted'`, [
      chat,
    ])
    if (rows.length === 0) return
    await next
  }
}
