import { preparedText } from '../desk/requests/correctionText.ts'
import { addRequestLine, tellOfLine } from '../desk/requests/move.ts'
import { residentLanguage } from '../desk/residentLanguage.ts'
import { localDateOf } from '../domain/localDate.ts'
import type { Service } from '../domain/meter.ts'
import type { Period } from '../domain/period.ts'
import type { Rules } from '../domain/rules.ts'
import { askForCorrection } from '../effects/requests/askForCorrection.ts'
import type { ChatId } from '../engine/event.ts'
import type { Words } from '../engine/text.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction, type Sql, sqlOn } from '../infra/database.ts'
import { dial } from '../queries/columns.ts'

interface Deps {
  database: Database
  clock: Clock
  rules: Rules
  words: Words
}

/**
 * What residents prepared while nobody took requests (`request_draft`, which releases before this one wrote) is sent to staff now, and they are told the
 * number. What has been corrected otherwise meanwhile, or is of an account that is theirs no more, is let go.
 */
export function preparedCorrections(deps: Deps) {
  const { database } = deps
  return async (): Promise<void> => {
    const drafts = await sqlOn(database)<{ id: string }>(
      'jobs.prepared',
      'SELECT id FROM request_draft ORDER BY created_at LIMIT 500',
      [],
    )
    for (const { id } of drafts) await inTransaction(database, (sql) => send(sql, id, deps))
  }
}

async function send(sql: Sql, id: string, { clock, rules, words }: Deps): Promise<void> {
  const [draft] = await sql<Prepared>('jobs.takePrepared', statement, [id])
  if (!draft?.chat || !draft.isStill || !draft.readingId) return
  const { residentId, chat, readingId, service, serial, unit, ...rest } = draft
  const now = clock.now()
  const context = { sql, chat, now, today: localDateOf(now, rules.timeZone), rules, clock, words }
  const sent = await askForCorrection(context, { ...rest, residentId, readingId, meter: { service, serial, unit } })
  const said = preparedText({ number: sent.number, due: sent.dueOn })
  const body = { text: words.plain(await residentLanguage(sql, chat), said), files: [] }
  const line = await addRequestLine(sql, { request: sent.id, author: 'desk', body, now })
  await tellOfLine(sql, { residentId, chat, kind: 'question' }, line, now)
}

interface Prepared {
  residentId: string
  accountId: number
  chat: ChatId | null
  readingId: string | null
  isStill: boolean
  period: Period
  photos: string[]
  right: number[]
  was: number[]
  service: Service
  serial: string
  unit: string
}

const statement = `
WITH taken AS (DELETE FROM request_draft WHERE id = $1::uuid RETURNING *)
SELECT r.resident_id AS "residentId", r.account_id AS "accountId", r.replaces_id AS "readingId", r.period, r.photo_ids AS photos,
       ${dial('r.t')} AS right, ${dial('o.t')} AS was, m.service, m.serial, m.unit,
       o.status NOT IN ('superseded', 'rejected')
         AND EXISTS (SELECT FROM link l WHERE l.resident_id = r.resident_id AND l.account_id = r.account_id AND l.removed_at IS NULL) AS "isStill",
       (SELECT c.chat FROM conversation c WHERE c.resident_id = r.resident_id ORDER BY c.blocked_at IS NOT NULL, c.updated_at DESC LIMIT 1) AS chat
FROM taken r JOIN reading o ON o.id = r.replaces_id JOIN meter m ON m.id = o.meter_id`
