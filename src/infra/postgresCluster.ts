import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from './errors.ts'
import { type Binaries, binariesIn } from './postgresBinaries.ts'
import type { Home } from './postgresHome.ts'

/** A PostgreSQL of ours that may be running or not. */
export interface Cluster {
  binaries: Binaries
  /** What `postgres -D` is given. */
  data: string
  log: string
  user: Home['user']
  port(): Promise<number>
  moveTo(port: number): Promise<void>
  url(database: string): Promise<string>
}

/** What PostgreSQL's programs see of our environment: no token of ours, no setting meant for another PostgreSQL. */
export const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }

/** The cluster of a home, created the first time. `durable` says whether its files are flushed to the disk then. */
export async function prepareCluster(home: Home, durable: boolean, log: (line: string) => void): Promise<Cluster> {
  const binaries = await binariesIn(home)
  const folder = join(home.folder, `cluster-${binaries.major}`)
  const present = (await readdir(home.folder)).filter((name) => /^cluster-\d+$/.test(name))
  if (present.length === 0) {
    log('creating the database')
    await create(folder, binaries, home.user, durable)
  } else if (!present.includes(`cluster-${binaries.major}`)) {
    throw new AppError('CONFIG', {
      message: `DATA_DIR: the data in ${home.folder} are of PostgreSQL ${present[0]?.slice(8)}, this product brings ${binaries.major}: dump and load them`,
    })
  }
  const accessFile = join(folder, 'access.json')
  const access = async (): Promise<Access> => JSON.parse(await readFile(accessFile, 'utf8'))
  return {
    binaries,
    data: join(folder, 'data'),
    log: join(folder, 'log'),
    user: home.user,
    port: async () => (await access()).port,
    moveTo: async (port) => writeAccess(accessFile, { ...(await access()), port }, home.user),
    url: async (database) => {
      const { port, password } = await access()
      return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
    },
  }
}

interface Access {
  port: number
  password: string
}

/** Made aside and put in place by one rename: killed half-way it leaves nothing, and of two processes one wins. */
async function create(folder: string, binaries: Binaries, user: Home['user'], durable: boolean): Promise<void> {
  const draft = `${folder}.${randomUUID()}`
  await mkdir(draft, { mode: 0o700 })
  if (user) await chown(draft, user.uid, user.gid)
  const access = { port: await freePort(), password: randomBytes(24).toString('hex') }
  await writeAccess(join(draft, 'access.json'), access, user)
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, access.password, { mode: 0o600 })
  if (user) await chown(passwordFile, user.uid, user.gid)
  // The built-in locale knows the letters of every language and asks nothing of the machine.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const secret = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const args = ['-D', join(draft, 'data'), ...locale, ...secret, ...(durable ? [] : ['--no-sync'])]
  try {
    await promisify(execFile)(binaries.initdb, args, { ...user, cwd: draft, env: environment })
  } catch (cause) {
    await rm(draft, { recursive: true })
    throw new AppError('CONFIG', { message: `DATA_DIR: no database can be created in ${folder}`, cause })
  }
  await rm(passwordFile)
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }))
}

async function writeAccess(file: string, access: Access, user: Home['user']): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify(access)}\n`, { mode: 0o600 })
  if (user) await chown(draft, user.uid, user.gid)
  await rename(draft, file)
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has an address and a port')
  return address.port
}
