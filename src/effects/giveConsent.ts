import { createHash } from 'node:crypto'
import type { Language } from '../domain/language.ts'
import { messengerOf } from '../engine/event.ts'
import type { Text } from '../engine/text.ts'
import type { EffectContext } from './context.ts'

/**
 * Keeps a resident's consent to personal-data processing: which text (version and SHA-256), when and where it was given.
 * A resident begins to exist here. Given twice, it is kept once; an older version stays beside a newer one. (156-ФЗ: a separate document
 * since 1 September 2025.)
 */
export async function giveConsent(
  { sql, chat, resident, now, clock, words }: EffectContext,
  { version, shown }: { version: number; shown: { language: Language; text: Text } },
): Promise<void> {
  const residentId = resident ?? clock.id()
  if (resident === undefined) {
    await sql('resident.create', 'INSERT INTO resident (id, created_at) VALUES ($1, $2)', [residentId, now])
    await sql('resident.talk', 'UPDATE conversation SET resident_id = $1 WHERE chat = $2', [residentId, chat])
  }
  const { text } = words.rich(shown.language, shown.text)
  const textHash = createHash('sha256').update(text).digest('hex')
  await sql(
    'consent.give',
    `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) SELECT $1, $2, $3, $4, $5, $6
     WHERE NOT EXISTS (SELECT FROM consent WHERE resident_id = $2 AND version >= $3 AND withdrawn_at IS NULL)`,
    [clock.id(), residentId, version, textHash, messengerOf(chat), now],
  )
}
