import type { Sql } from '../infra/database.ts'

/** Who may answer residents. `onShift` since when; `mostChats` at once, when it is not the common limit. */
export interface Consultant {
  id: string
  name: string
  role: 'consultant' | 'supervisor'
  mostChats: number | null
  onShift: Date | null
}

export const isSupervisor = ({ role }: Pick<Consultant, 'role'>): boolean => role === 'supervisor'

const columns = 'id, name, role, most_chats AS "mostChats", shift_since AS "onShift"'

/** Nobody for a stranger and for one whose rights were taken away. */
export async function consultantBy(sql: Sql, id: string): Promise<Consultant | undefined> {
  const [found] = await sql<Consultant>(
    'staff.find',
    `SELECT ${columns} FROM consultant WHERE id = $1 AND removed_at IS NULL`,
    [id],
  )
  return found
}

/** The same, held until the transaction ends: what he has at once is counted by one at a time. Locked before any hand-off is. */
export async function lockConsultant(sql: Sql, id: string): Promise<Consultant | undefined> {
  const [found] = await sql<Consultant>(
    'staff.lock',
    `SELECT ${columns} FROM consultant WHERE id = $1 AND removed_at IS NULL FOR NO KEY UPDATE`,
    [id],
  )
  return found
}

/** What somebody who has or had a hand-off is called; nothing for an administrator who answers from VK's own inbox. */
export async function nameOf(sql: Sql, id: string): Promise<string | undefined> {
  const [found] = await sql<{ name: string }>('staff.name', 'SELECT name FROM consultant WHERE id = $1', [id])
  return found?.name
}

/** Puts on shift whoever is not. */
export async function goOnShift(sql: Sql, id: string, now: Date): Promise<void> {
  await sql('staff.onShift', 'UPDATE consultant SET shift_since = coalesce(shift_since, $2) WHERE id = $1', [id, now])
}

export async function goOffShift(sql: Sql, id: string): Promise<void> {
  await sql('staff.offShift', 'UPDATE consultant SET shift_since = NULL WHERE id = $1', [id])
}

/** Whoever has never been a consultant is one from now on; all others keep what they are. */
export async function addMissing(
  sql: Sql,
  consultants: readonly Pick<Consultant, 'id' | 'name' | 'role'>[],
  now: Date,
): Promise<void> {
  await sql(
    'staff.addMissing',
    `INSERT INTO consultant (id, name, role, added_at)
     SELECT id, name, role, $2::timestamptz FROM jsonb_to_recordset($1::jsonb) AS c (id text, name text, role text)
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(consultants), now],
  )
}
