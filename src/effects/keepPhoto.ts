import type { InboundFile } from '../engine/event.ts'
import type { EffectContext } from './context.ts'

/** Notes files that a resident has sent; a job fetches their bytes and comes back as an event. Answers their ids, in order. */
export async function keepPhoto(
  { tx, chat, resident, now, clock }: EffectContext,
  { files }: { files: InboundFile[] },
): Promise<string[]> {
  const rows = files.map(({ kind, ref, name }) => ({
    id: clock.id(),
    state: 'wanted' as const,
    kind,
    name: name.slice(0, 200),
    chat,
    ref,
    residentId: resident ?? null,
    createdAt: now,
  }))
  await tx.file.createMany({ data: rows })
  return rows.map(({ id }) => id)
}
