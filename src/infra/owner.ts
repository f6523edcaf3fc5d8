import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Database } from './database.ts'

/**
 * Where a process runs and under which number. The machine's id, its boot, the process's namespace and the tick it was started
 * at are empty where they cannot be read (macOS has none of them, a container may have no machine id).
 */
export interface Whereabouts {
  host: string
  machine: string
  boot: string
  namespace: string
  pid: number
  startedAt: string
}

/** A name for this process in leases; tells where it runs and under which number. */
export const newOwner = (at: Whereabouts = whereabouts()): string =>
  [at.host, at.machine, at.boot, at.namespace, at.pid, at.startedAt, randomUUID()].join(':')

export const whereabouts = (): Whereabouts => ({
  host: hostname(),
  machine: readOr('', () => readFileSync('/etc/machine-id', 'utf8').trim()),
  boot: readOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  namespace: readOr('', () => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')),
  pid: process.pid,
  startedAt: startOf(process.pid),
})

/**
 * Gives back the leases of processes of this machine that are dead, so that a start after a kill need not wait for them to run
 * out. Those of which we cannot tell (of another machine, or of another container beside us) run out by themselves.
 */
export async function releaseDeadOwners({ pool }: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await pool.query<{ owner: string }>('SELECT DISTINCT owner FROM lease')
  const here = whereabouts()
  const dead = rows.map(({ owner }) => owner).filter((owner) => isDead(owner, here))
  if (dead.length === 0) return
  await pool.query('DELETE FROM lease WHERE owner = ANY ($1)', [dead])
}

/**
 * Whether an owner is known to be dead, seen from here: he was of an earlier boot of this machine, or he was of this boot and
 * namespace and his number is nobody's now, or another's. A host's name alone tells no machine from another.
 */
export function isDead(owner: string, here: Whereabouts): boolean {
  const [host, machine, boot, namespace, pid, startedAt] = owner.split(':')
  if (host !== here.host || machine !== here.machine) return false
  if (boot !== here.boot) return machine !== '' && boot !== '' && here.boot !== ''
  if (namespace !== here.namespace) return false
  if (!isRunning(Number(pid))) return true
  if (startedAt === '') return Number(pid) === here.pid
  const start = startOf(Number(pid))
  return start !== '' && start !== startedAt
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && Reflect.get(error, 'code') === 'ESRCH')
  }
}

/** Field 22 of proc(5); the second one is a name in brackets that may hold anything. */
const startOf = (pid: number): string =>
  readOr('', () => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  })

function readOr(otherwise: string, read: () => string): string {
  try {
    return read()
  } catch {
    return otherwise
  }
}
