import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Database } from './database.ts'

/** A name for this process in leases; tells on which machine it runs and under which number. */
export const newOwner = (): string => `${hostname()}:${process.pid}:${randomUUID()}`

/**
 * Gives back the leases of processes of this machine that are dead, so that a start after a kill need not wait for them to run
 * out. Those of other machines, of which we cannot tell, run out by themselves.
 */
export async function releaseDeadOwners({ pool }: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await pool.query<{ owner: string }>('SELECT DISTINCT owner FROM lease')
  const dead = rows.map(({ owner }) => owner).filter(isDead)
  if (dead.length === 0) return
  await pool.query('DELETE FROM lease WHERE owner = ANY ($1)', [dead])
  await pool.query('UPDATE conversation SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ANY ($1)', [
    dead,
  ])
}

function isDead(owner: string): boolean {
  const [host, pid] = owner.split(':')
  if (host !== hostname()) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'ESRCH'
  }
}
