import { createHmac } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Sql } from '../infra/database.ts'
import type { EffectContext } from './context.ts'

/** Who or what has no attempt left: this chat, this account or code, or everybody. */
export type Exhausted = 'chat' | 'subject' | 'all'

/**
 * Attempts to link, counted by chat, by what is tried, and by everybody (domain.md, section 9). An attempt costs a point in each counter
 * and a success gives it back, inside the turn's own transaction: many chats at once cannot try more often than the limits allow.
 * Attempts by address and by code share the chat's counter, not everybody's: a flood of guessed addresses leaves codes their way.
 */
export function attempts(
  { sql, chat, limits, hashKey, log }: EffectContext,
  way: 'address' | 'code',
  subject: string,
): { take(): Promise<Exhausted | undefined>; giveBack(): Promise<void> } {
  const hash = createHmac('sha256', hashKey).update(subject).digest('hex')
  const counters = [
    counter(sql, 'chat', `link:chat:${chat}`, limits.perChat, day),
    counter(sql, 'subject', `link:${way === 'address' ? 'account' : 'code'}:${hash}`, limits.perAccount, day),
    counter(sql, 'all', way === 'address' ? 'link:all' : 'link:allCodes', limits.overall, hour),
  ]
  return {
    async take() {
      for (const { of, key, limiter } of counters) {
        const refused = await limiter.consume(key).then(
          () => false,
          (reason: unknown) => {
            if (reason instanceof RateLimiterRes) return true
            throw reason
          },
        )
        if (!refused) continue
        log.warn({ counter: of, way }, 'attempts to link accounts are exhausted')
        return of
      }
      return undefined
    },
    async giveBack() {
      for (const { key, limiter } of counters) await limiter.reward(key)
    },
  }
}

const hour = 3_600
const day = 86_400

function counter(sql: Sql, of: Exhausted, key: string, points: number, duration: number) {
  const storeClient = {
    query: async ({ name, text, values }: { name?: string; text: string; values: unknown[] }) => {
      const rows = await sql<{ points: number; expire: string | null }>(name ?? 'attempt', text, values)
      return { rowCount: rows.length, rows: rows.map(({ points, expire }) => ({ points, expire: Number(expire) })) }
    },
  }
  const limiter = new RateLimiterPostgres({
    ...{ storeClient, storeType: 'client', tableName: 'attempt', tableCreated: true, clearExpiredByTimeout: false },
    ...{ keyPrefix: '', points, duration },
  })
  return { of, key, limiter }
}
