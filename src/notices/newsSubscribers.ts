import type { Audience } from '../domain/news/audience.ts'
import type { NewsText } from '../domain/news/newsText.ts'
import type { NewsTopic } from '../domain/news/topics.ts'
import { hasAccountWhere } from './reminders/ownAccounts.ts'
import type { Whom } from './reminders/whom.ts'

/** What a wave of news holds. */
export interface NewsBody {
  topic: NewsTopic
  audience: Audience
  text: NewsText
}

/** Those who have subscribed to the topic and belong to the audience; its parameters begin at `$from`. */
export function subscribersOf({ topic, audience }: Pick<NewsBody, 'topic' | 'audience'>, from = 10): Whom {
  const { where, values } = belongingTo(audience, from + 1)
  return { where: `${hasSubscribed(`$${from}`)} AND ${where}`, values: [topic, ...values] }
}

/** That the resident `p.id` has subscribed to the topic. (SQL) */
export const hasSubscribed = (topic: string): string =>
  `EXISTS (SELECT FROM news_subscription s WHERE s.resident_id = p.id AND s.topic = ${topic}::text)`

/** Those who belong to the audience, subscribed or not. */
export function belongingTo(audience: Audience, from: number): Whom {
  const { where, values } = accountsOf(audience, from)
  return { where: `($${from}::text = 'all' OR ${hasAccountWhere('', where)})`, values }
}

/** The accounts `a` in the districts or the street of an audience, however its letters are written: of `all` none. */
export function accountsOf(audience: Audience, from: number): Whom {
  const [kind, inDistricts, inStreet, inHouses] = [0, 1, 2, 3].map((nth) => `$${from + nth}`)
  const districts = audience.of === 'districts' ? audience.districts : []
  const street = audience.of === 'street' ? audience.street : ''
  const houses = audience.of === 'street' ? audience.houses : []
  return {
    where: `(${kind}::text = 'districts' AND a.district = ANY (${inDistricts}::text[])
      OR ${kind}::text = 'street' AND replace(lower(a.street), 'ё', 'е') = replace(lower(${inStreet}::text), 'ё', 'е')
         AND (cardinality(${inHouses}::text[]) = 0 OR lower(a.house) = ANY (${inHouses}::text[])))`,
    values: [audience.of, districts, street, houses.map((house) => house.toLowerCase())],
  }
}
