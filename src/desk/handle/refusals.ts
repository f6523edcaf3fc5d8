import { text } from '../../engine/text.ts'
import { nameOf } from '../consultants.ts'
import type { Refusal } from '../transitions/outcome.ts'
import { type Answered, notDone, type Turn } from './turn.ts'

/** Why nothing was done, in words. */
export async function inWords({ sql }: Pick<Turn, 'sql'>, refusal: Refusal): Promise<Answered> {
  if (refusal.why === 'taken') return notDone('desk.handle.refused.taken', { name: await holderName(sql, refusal.by) })
  if (refusal.why === 'full') return notDone('desk.handle.refused.full', { count: refusal.most })
  const { why } = refusal
  return notDone(`desk.handle.refused.${why}`)
}

/** What the holder of a hand-off is called, where he may be an administrator in VK's own inbox. */
export async function holderName(sql: Turn['sql'], by: string) {
  return (await nameOf(sql, by)) ?? text('desk.handle.inboxAdmin')
}
