import { createHmac } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { AddressKey } from '../domain/address/parts.ts'
import type { Sql } from '../infra/database.ts'
import { type EffectContext, residentOf } from './context.ts'

/**
 * `noMatch` is the one answer to every wrong pair: no such account, another address, a closed account. `tooMany`: attempts are
 * exhausted, for this chat, for this number or for everybody; nothing was looked up.
 */
export type LinkOutcome = { kind: 'linked'; accountId: number } | { kind: 'noMatch' } | { kind: 'tooMany' }

/**
 * Links an account (лицевой счёт) to the resident when the typed address and number belong together. Every attempt costs a point
 * in each of three counters and a success gives it back, inside the turn's own transaction: many chats at once cannot try more
 * often than the limits allow. Limits: domain rules, §9.
 */
export async function linkAccount(
  context: EffectContext,
  { number, address }: { number: string; address: AddressKey },
): Promise<LinkOutcome> {
  const { sql, chat, now, clock, limits, hashKey, log } = context
  const residentId = residentOf(context)
  const attempt = attempts(sql, [
    { key: `link:chat:${chat}`, points: limits.perChat, seconds: 86_400 },
    {
      key: `link:account:${createHmac('sha256', hashKey).update(number).digest('hex')}`,
      points: limits.perAccount,
      seconds: 86_400,
    },
    { key: 'link:all', points: limits.overall, seconds: 3_600 },
  ])
  const exhausted = await attempt.take()
  if (exhausted) {
    log.warn({ counter: exhausted.split(':')[1] }, 'attempts to link accounts are exhausted')
    return { kind: 'tooMany' }
  }
  const account = await find(sql, number, address)
  if (!account) return { kind: 'noMatch' }
  await attempt.giveBack()
  await sql(
    'link.create',
    `INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at) VALUES ($1, $2, $3, 'address', $4, $5)
     ON CONFLICT DO NOTHING`,
    [clock.id(), residentId, account.id, chat, now],
  )
  return { kind: 'linked', accountId: account.id }
}

/** One statement whatever was typed, so that its time tells nothing. */
async function find(sql: Sql, number: string, address: AddressKey): Promise<{ id: number } | undefined> {
  const [found] = await sql<{ id: number }>(
    'account.find',
    `SELECT id FROM account WHERE number = $1 AND open AND street_key = $2 AND house_key = $3
       AND korpus_key = $4 AND flat_key = $5 AND room_key = $6`,
    [number, address.street, address.house, address.korpus, address.flat, address.room],
  )
  return found
}

function attempts(sql: Sql, counters: { key: string; points: number; seconds: number }[]) {
  const storeClient = {
    query: async ({ name, text, values }: { name: string; text: string; values: unknown[] }) => {
      const rows = await sql<{ points: number; expire: string | null }>(name, text, values)
      return { rowCount: rows.length, rows: rows.map(({ points, expire }) => ({ points, expire: Number(expire) })) }
    },
  }
  const limiters = counters.map(({ key, points, seconds }) => ({
    key,
    limiter: new RateLimiterPostgres({
      storeClient,
      storeType: 'client',
      tableName: 'attempt',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: '',
      points,
      duration: seconds,
    }),
  }))
  return {
    /** Takes a point of each counter; answers the key of the first that has none left. */
    async take(): Promise<string | undefined> {
      for (const { key, limiter } of limiters) {
        const refused = await limiter.consume(key).then(
          () => false,
          (reason: unknown) => {
            if (reason instanceof RateLimiterRes) return true
            throw reason
          },
        )
        if (refused) return key
      }
      return undefined
    },
    async giveBack(): Promise<void> {
      for (const { key, limiter } of limiters) await limiter.reward(key)
    },
  }
}
