import type { Sql } from '../../infra/database.ts'

/** How many hand-offs are under way, by what they wait for. Of those `waiting`, `morning` are called back and `patient` do not wait in the chat. */
export interface QueueNow {
  waiting: number
  morning: number
  patient: number
  taken: number
  onHold: number
}

export async function queueNow(sql: Sql): Promise<QueueNow> {
  const [now] = await sql<QueueNow>(
    'report.queueNow',
    `SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'waiting' AND morning)::int AS morning,
       count(*) FILTER (WHERE state = 'waiting' AND patient AND NOT morning)::int AS patient,
       count(*) FILTER (WHERE state = 'taken')::int AS taken, count(*) FILTER (WHERE state = 'on_hold')::int AS "onHold"
     FROM hand_off WHERE state IN ('waiting', 'taken', 'on_hold')`,
    [],
  )
  return now ?? { waiting: 0, morning: 0, patient: 0, taken: 0, onHold: 0 }
}
