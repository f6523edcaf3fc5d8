import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, open, readFile, readlink, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from './errors.ts'
import { type Cluster, environment, freePort } from './postgresCluster.ts'

/** PostgreSQL's main process, by its own file `postmaster.pid`. */
export interface Postmaster {
  pid: number
  ready: boolean
}

const fixedSettings = {
  listen_addresses: '127.0.0.1',
  // Several instances share /tmp, and a path may be too long for a socket.
  unix_socket_directories: '',
  // Nothing that a resident typed reaches the log: failed statements quote values, so only the server's own events are written.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  timezone: 'UTC',
}

/** The live main process of a cluster, whoever started it. */
export async function runningPostmaster({ data }: Cluster): Promise<Postmaster | undefined> {
  const file = join(data, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!pid || !isAlive(pid)) return undefined
  if (await worksIn(pid, data)) return { pid, ready: lines[7]?.trim() === 'ready' }
  // After a reboot the number is another program's: PostgreSQL would take it for itself and not start.
  if ((await readFile(file, 'utf8').catch(() => '')) === text) await rm(file, { force: true })
  return undefined
}

/**
 * Starts the main process and waits until it takes connections, for as long as its recovery needs. Where its port is taken it
 * moves to another, if it `mayMove`. Answers also when another process has started it meanwhile.
 */
export async function launch(
  cluster: Cluster,
  settings: Record<string, string>,
  mayMove: boolean,
  log: (line: string) => void,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const said = await attemptOf(cluster, settings)
    if (said === undefined || (await runningPostmaster(cluster))) return
    const taken = said.includes('could not bind')
    // What a killed main process leaves behind ends within moments.
    const passing = taken || said.includes('still in use') || said.includes('lock file')
    if (!passing || attempt === 20 || (taken && !mayMove)) {
      throw new AppError('DATABASE_DOWN', { message: `the embedded PostgreSQL does not start:\n${said}`, retry: 1000 })
    }
    if (taken) await cluster.moveTo(await freePort())
    log('PostgreSQL is not free to start yet')
    await pause(200)
  }
}

/** Ends all sessions and the main process (PostgreSQL's «fast shutdown») and waits until it is gone. */
export async function shutDown(cluster: Cluster): Promise<void> {
  const running = await runningPostmaster(cluster)
  if (!running) return
  signal(running.pid, 'SIGINT')
  // By its file, which it takes away last: a process that nobody waits for keeps its number after its end.
  while ((await runningPostmaster(cluster))?.pid === running.pid) await pause(10)
}

/** What it said when it ended instead of getting ready. */
async function attemptOf(cluster: Cluster, settings: Record<string, string>): Promise<string | undefined> {
  const port = await cluster.port()
  const options = Object.entries({ ...fixedSettings, ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const logFile = await open(cluster.log, (await sizeOf(cluster.log)) > 5_000_000 ? 'w' : 'a', 0o600)
  const { size: before } = await logFile.stat()
  if (cluster.user) await chown(cluster.log, cluster.user.uid, cluster.user.gid)
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.data, ...options], {
    ...cluster.user,
    cwd: cluster.data,
    env: environment,
    // A session of its own: a Ctrl-C in the terminal goes to all of ours and would stop it under the turns in progress.
    detached: true,
    stdio: ['ignore', logFile.fd, logFile.fd],
  })
  child.unref()
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  await logFile.close()
  while (!ended) {
    const running = await runningPostmaster(cluster)
    if (running && running.pid === child.pid && running.ready) return undefined
    await pause(10)
  }
  return (await readFile(cluster.log)).subarray(before).toString()
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

/** A main process stands in its data folder. Where there is no /proc PostgreSQL's own check has to do. */
async function worksIn(pid: number, data: string): Promise<boolean> {
  if (!existsSync('/proc/self/cwd')) return true
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data))
  } catch {
    // Root in a container may not look there (no CAP_SYS_PTRACE), but may read how it was called. A dead one has no arguments.
    const called = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return called.split('\0').includes(data)
  }
}

/** A process of another user (EPERM) is not ours. */
function isAlive(pid: number): boolean {
  return signal(pid, 0)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
