import type { EffectContext } from './context.ts'

/** Somebody was told whom to call about what is no matter of ours: a line of statistics, of which matter and nothing else. */
export async function noteNotOurs({ log }: EffectContext, { matter }: { matter: string }): Promise<void> {
  log.info({ matter }, 'told whom to call about what is not ours')
}
