import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, chown, link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from './errors.ts'

/** Where the binaries and the data of PostgreSQL live, and as whom it runs when we are root. */
export interface Home {
  folder: string
  user?: { uid: number; gid: number }
}

/** Homes for those data folders which PostgreSQL's user cannot enter. */
const elsewhere = '/var/lib/erc-chat'
const serviceUser = 'erc-postgres'

/** Finds the home that belongs to a data folder, or makes it the first time (see `connectOrStart`). */
export async function findHome(dataDir: string): Promise<Home> {
  const root = process.getuid?.() === 0
  const folder = resolve(dataDir)
  await mkdir(folder, { recursive: true })
  const pointed = await pointedTo(folder)
  const home = pointed ?? join(folder, 'postgres')
  const owner = await ownerOf(home)
  if (pointed && !owner) throw new AppError('CONFIG', { message: gone(folder, pointed) })
  if (!root) return await asOrdinaryUser(home, owner)
  if (owner) return await reachable(home, owner)
  return makeAsRoot(folder, home)
}

async function asOrdinaryUser(folder: string, owner: Home['user']): Promise<Home> {
  if (owner && owner.uid !== process.getuid?.()) {
    throw new AppError('CONFIG', {
      message: `DATA_DIR: ${folder} belongs to another user, start as root or as that user`,
    })
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return { folder }
}

async function reachable(folder: string, user: NonNullable<Home['user']>): Promise<Home> {
  if (await canWrite(folder, user)) return { folder, user }
  throw new AppError('CONFIG', {
    message: `DATA_DIR: ${folder} cannot be entered by its owner (user ${user.uid}) any more: let others pass the folders above it (chmod o+x)`,
  })
}

async function makeAsRoot(dataDir: string, inside: string): Promise<Home> {
  const { uid, gid } = await stat(dataDir)
  const user = uid === 0 ? await unprivilegedUser() : { uid, gid }
  const draft = `${inside}.${randomUUID()}`
  await makeFolder(draft, user)
  if (await canWrite(draft, user)) {
    // Another process may have put its own there: what counts is that there is one.
    await rename(draft, inside).catch(() => rmdir(draft))
    return { folder: inside, user }
  }
  await rmdir(draft)

  const folder = join(elsewhere, randomUUID())
  await makeFolder(elsewhere)
  await makeFolder(folder, user)
  if (await point(dataDir, folder)) return { folder, user }
  // Another process made a home at the same moment: its is the one.
  await rmdir(folder)
  return findHome(dataDir)
}

function gone(dataDir: string, home: string): string {
  return `DATA_DIR: its database was in ${home}, which is gone; to begin with an empty one remove ${pointerOf(dataDir)}`
}

async function makeFolder(folder: string, user?: Home['user']): Promise<void> {
  await mkdir(folder, { recursive: true })
  // Not by `mkdir`: the umask may take away what is needed.
  await chmod(folder, user ? 0o700 : 0o755)
  if (user) await chown(folder, user.uid, user.gid)
}

async function pointedTo(dataDir: string): Promise<string | undefined> {
  const text = await readFile(pointerOf(dataDir), 'utf8').catch(absent)
  return text === undefined ? undefined : JSON.parse(text).home
}

/** Whether the pointer is ours. It appears whole or not at all. */
async function point(dataDir: string, home: string): Promise<boolean> {
  const draft = `${pointerOf(dataDir)}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify({ home })}\n`, { mode: 0o600 })
  try {
    await link(draft, pointerOf(dataDir))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft)
  }
}

function pointerOf(dataDir: string): string {
  return join(dataDir, 'postgres.json')
}

async function ownerOf(folder: string): Promise<Home['user']> {
  const found = await stat(folder).catch(absent)
  return found && { uid: found.uid, gid: found.gid }
}

/** The kernel is asked by trying: modes, groups, access lists and mounts all have their say. */
async function canWrite(folder: string, user: NonNullable<Home['user']>): Promise<boolean> {
  try {
    await promisify(execFile)('/bin/sh', ['-c', 'cd -- "$1" && test -w .', 'sh', folder], { ...user, cwd: '/' })
    return true
  } catch {
    return false
  }
}

async function unprivilegedUser(): Promise<NonNullable<Home['user']>> {
  const known = await userNamed(serviceUser)
  if (known) return known
  const how = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ]
  // Another process may create it at the same moment, or the machine may have no such command: what counts is who is there then.
  await promisify(execFile)('useradd', [...how, serviceUser]).catch(() => {})
  const user = (await userNamed(serviceUser)) ?? (await userNamed('postgres')) ?? (await userNamed('nobody'))
  if (user) return user
  throw new AppError('CONFIG', {
    message: `PostgreSQL cannot run as root: create a user named ${serviceUser}, or set DATABASE_URL`,
  })
}

async function userNamed(name: string): Promise<Home['user']> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

function absent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
