import type { Sql } from '../infra/database.ts'
import { accountsOf, belongingTo, hasSubscribed, type NewsBody } from '../notices/newsSubscribers.ts'

/** Whom news would reach now, in the messenger each was in last, and who of their audience would hear nothing, and why. */
interface Reach {
  telegram: number
  vk: number
  notSubscribed: number
  noConsent: number
  blocked: number
}

/** The same in whole lines. */
export async function newsReach(
  sql: Sql,
  { topic, audience }: Pick<NewsBody, 'topic' | 'audience'>,
): Promise<string[]> {
  const { where, values } = belongingTo(audience, 2)
  const [reach] = await sql<Reach>(
    'news.reach',
    `WITH chosen AS (
       SELECT ${hasSubscribed('$1')} AS subscribed,
              EXISTS (SELECT FROM consent k WHERE k.resident_id = p.id AND k.withdrawn_at IS NULL) AS consented,
              (SELECT split_part(c.chat, ':', 1) FROM conversation c WHERE c.resident_id = p.id AND c.blocked_at IS NULL
               ORDER BY c.updated_at DESC LIMIT 1) AS messenger
       FROM resident p WHERE ${where}
     )
     SELECT count(*) FILTER (WHERE subscribed AND consented AND messenger = 'telegram')::int AS telegram,
            count(*) FILTER (WHERE subscribed AND consented AND messenger = 'vk')::int AS vk,
            count(*) FILTER (WHERE consented AND NOT subscribed)::int AS "notSubscribed",
            count(*) FILTER (WHERE NOT consented)::int AS "noConsent",
            count(*) FILTER (WHERE subscribed AND consented AND messenger IS NULL)::int AS blocked
     FROM chosen`,
    [topic, ...values],
  )
  const isNowhere = audience.of !== 'all' && !(await hasAccounts(sql, audience))
  const { telegram = 0, vk = 0, notSubscribed = 0, noConsent = 0, blocked = 0 } = reach ?? {}
  return [
    `Получат: ${telegram + vk} (Telegram: ${telegram}, ВКонтакте: ${vk}).`,
    `Не получат: ${notSubscribed + noConsent + blocked} (не подписаны на тему: ${notSubscribed}, нет согласия: ${noConsent}, заблокировали бота: ${blocked}).`,
    ...(isNowhere ? ['По этому адресу нет ни одного лицевого счёта: проверьте --audience.'] : []),
  ]
}

async function hasAccounts(sql: Sql, audience: NewsBody['audience']): Promise<boolean> {
  const { where, values } = accountsOf(audience, 1)
  const found = await sql('news.accounts', `SELECT 1 FROM account a WHERE a.open AND ${where} LIMIT 1`, values)
  return found.length > 0
}
