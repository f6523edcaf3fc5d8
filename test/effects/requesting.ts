import type { DeskAct } from '../../src/desk/records.ts'
import type { Drafting } from '../../src/effects/requests/keepDraft.ts'
import type { Written } from '../../src/effects/requests/written.ts'
import type { InboundFile } from '../../src/engine/event.ts'
import { type effectsOver, openVisiting, type Someone, type Visiting } from './visiting.ts'

/** Residents with accounts and what they ask for, over a database of their own. It is Tuesday, 10 November 2026, noon. */
export interface Requesting extends Visiting {
  /** An account of his. */
  account(who: Someone): Promise<number>
  /** Keeps a message for his question; answers the draft's id. */
  write(who: Someone, written: Written, more?: Partial<Drafting>): Promise<string>
  /** Writes one word and sends it. Answers its id. */
  sent(who: Someone, more?: Partial<Drafting>): Promise<string>
  /** As if staff had brought it there. */
  become(request: string, state: string): Promise<void>
  /** What staff are to be shown of his requests, in order. */
  shown(who: Someone): Promise<Extract<DeskAct, { kind: 'request' }>[]>
  /** The ids of files of his that are kept or on their way. */
  filesOf(who: Someone): Promise<string[]>
}

export async function openRequesting(options: Parameters<typeof effectsOver>[1] = {}): Promise<Requesting> {
  const visiting = await openVisiting(options)
  const { sql, run, clock } = visiting
  let accounts = 0
  const write: Requesting['write'] = async (who, written, more = {}) =>
    (await run(who, 'keepDraft', { of: 'question', written, ...more })).draft
  return {
    ...visiting,
    write,
    async account({ resident, chat }) {
      const [account] = await sql<{ id: number }>(
        'account',
        `INSERT INTO account (number, open, street_type, street, house, street_key, house_key, korpus_key, flat_key, room_key, imported_from)
         VALUES ($1, true, 'улица', 'Мира', '1', 'мира', '1', '', '', '', '20261101_001') RETURNING id`,
        [String(1_000_000_000 + ++accounts)],
      )
      await sql(
        'link',
        `INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at) VALUES (gen_random_uuid(), $1, $2, 'code', $3, $4)`,
        [resident, account?.id, chat, clock.now()],
      )
      return account?.id ?? 0
    },
    async sent(who, more) {
      const files = more?.of === 'papers' ? [photo('paper')] : []
      const draft = await write(who, { text: 'За что перерасчёт?', message: '1', files }, more)
      const outcome = await run(who, 'sendRequest', { draft })
      if (outcome.kind !== 'sent') throw new Error(`not sent: ${outcome.kind}`)
      return outcome.id
    },
    async become(request, state) {
      const [answered, closed] = [['answered', 'redirected', 'rejected', 'done'].includes(state), state === 'closed']
      await sql(
        'become',
        `UPDATE request SET state = $2::"RequestState", answered_at = CASE WHEN $3 THEN $5::timestamptz END, closed_at = CASE WHEN $4 THEN $5::timestamptz END WHERE id = $1`,
        [request, state, answered, closed, clock.now()],
      )
    },
    async shown({ resident }) {
      const rows = await sql<{ body: Extract<DeskAct, { kind: 'request' }> }>(
        'shown',
        `SELECT p.body FROM desk_post p JOIN desk_topic t ON t.id = p.topic_id WHERE t.resident_id = $1 AND p.body ->> 'kind' = 'request' AND p.body ->> 'what' <> 'files' ORDER BY p.id`,
        [resident],
      )
      return rows.map(({ body }) => body)
    },
    async filesOf({ resident }) {
      const rows = await sql<{ id: string }>('files', 'SELECT id FROM file WHERE resident_id = $1 ORDER BY name', [
        resident,
      ])
      return rows.map(({ id }) => id)
    },
  }
}

export const photo = (name: string, more: Partial<InboundFile> = {}): InboundFile => ({
  ...{ kind: 'photo', ref: `ref-${name}`, name },
  ...more,
})
