import { kindOfDialog } from '../../domain/reminders/kinds.ts'
import { dialogOfKind } from '../../domain/requests/dialogOfKind.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskRequest } from './request.ts'

/**
 * Why what is said of a request does not come to its resident by itself: `noConsent`, he has withdrawn it, and is told nothing any more; `off`, he wants no
 * notices of such requests, and sees it when he looks; `blocked`, none of his chats can be written to.
 */
const unreached = ['noConsent', 'off', 'blocked'] as const
export type Unreached = (typeof unreached)[number]

/** Whether a resident is told what is said of his request; nothing when he is, as far as is known before it is tried. */
export async function whyUnreached(
  sql: Sql,
  { residentId, kind }: Pick<DeskRequest, 'residentId' | 'kind'>,
): Promise<Unreached | undefined> {
  const [found] = await sql<Record<Unreached, boolean>>(
    'staffRequest.reach',
    `SELECT NOT EXISTS (SELECT FROM consent k WHERE k.resident_id = $1::uuid AND k.withdrawn_at IS NULL) AS "noConsent",
            EXISTS (SELECT FROM reminder_choice o WHERE o.resident_id = $1::uuid AND o.kind = $2 AND o.is_off) AS off,
            NOT EXISTS (SELECT FROM conversation c WHERE c.resident_id = $1::uuid AND c.blocked_at IS NULL) AS blocked`,
    [residentId, kindOfDialog(dialogOfKind[kind])],
  )
  return unreached.find((why) => found?.[why])
}
