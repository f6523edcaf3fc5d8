import { createHash } from 'node:crypto'
import type { Language } from '../domain/language.ts'
import { messengerOf } from '../engine/event.ts'
import type { Text } from '../engine/text.ts'
import type { EffectContext } from './context.ts'

/**
 * Keeps a resident's consent to personal-data processing: which text (version and SHA-256), when and where it was given.
 * A resident begins to exist here. Given twice, it is kept once. (156-ФЗ: a separate document since 1 September 2025.)
 */
export async function giveConsent(
  { tx, chat, resident, now, clock, words }: EffectContext,
  { version, shown }: { version: number; shown: { language: Language; text: Text } },
): Promise<void> {
  const residentId = resident ?? clock.id()
  if (resident === undefined) {
    await tx.resident.create({ data: { id: residentId, createdAt: now } })
    await tx.conversation.update({ where: { chat }, data: { residentId } })
  }
  const { text } = words.rich(shown.language, shown.text)
  const textHash = createHash('sha256').update(text).digest('hex')
  const given = await tx.consent.count({ where: { residentId, withdrawnAt: null } })
  if (given > 0) return
  await tx.consent.create({
    data: { id: clock.id(), residentId, version, textHash, messenger: messengerOf(chat), givenAt: now },
  })
}
