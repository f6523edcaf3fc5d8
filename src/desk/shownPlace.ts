import { expectedWait } from '../domain/queuePace.ts'
import type { Rules } from '../domain/rules.ts'
import type { Sql } from '../infra/database.ts'
import { deskPace, queued } from '../queries/deskPace.ts'

/** A resident comes into the queue and is shown his place, with the minutes told beside it: it is shown anew only when one of them has changed. */
export async function noteShownPlace(
  sql: Sql,
  { handOff, now, rules }: { handOff: string; now: Date; rules: Pick<Rules, 'desk' | 'timeZone'> },
): Promise<void> {
  const [own] = await sql<{ place: number }>(
    'places.own',
    `WITH ${queued} SELECT place FROM queued WHERE id = $1::uuid`,
    [handOff],
  )
  if (!own) return
  const minutes = expectedWait({ ...(await deskPace(sql, now, rules)), place: own.place })
  await sql(
    'places.noted',
    'UPDATE hand_off SET shown_place = $2, shown_minutes = $3, shown_place_at = $4 WHERE id = $1::uuid',
    [handOff, own.place, minutes ?? null, now],
  )
}
