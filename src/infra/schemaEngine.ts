import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const schemaFile = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))
const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Prisma's filter of what is left alone: nothing. */
export const everything = { externalTables: [], externalEnums: [] }

/**
 * Opens Prisma's schema engine over a pool and closes it after `use`. `afterScript` is SQL that is committed together with each
 * migration script. The engine is the WebAssembly build, so that nothing has to be downloaded at install or at start.
 */
export async function withSchemaEngine<T>(
  pool: pg.Pool,
  use: (engine: SchemaEngine) => Promise<T>,
  afterScript = '',
): Promise<T> {
  await instantiated()
  const datamodels: [string, string][] = [[schemaFile, await readFile(schemaFile, 'utf8')]]
  const adapter = bindMigrationAwareSqlAdapterFactory(fitted(pool, afterScript))
  const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, adapter)
  try {
    return await use(engine)
  } finally {
    engine.free()
  }
}

/** The migrations of a folder in the form the engine reads; ours by default. */
export async function readMigrations(folder = migrationsFolder): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => {
      const value = await readFile(join(folder, path, 'migration.sql'), 'utf8')
      return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
    }),
  )
  const content = await readFile(join(folder, 'migration_lock.toml'), 'utf8')
  const lockfile = { path: 'migration_lock.toml', content }
  return { baseDir: folder, lockfile, shadowDbInitScript: '', migrationDirectories }
}

/** The SQL that would bring a database with all our migrations to `schema.prisma`; '' when they agree. `url` may CREATE DATABASE. */
export async function differenceToSchema(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url })
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }]
  const migrations = await readMigrations()
  const result = await withSchemaEngine(pool, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: everything,
    }),
  ).finally(() => pool.end())
  const script = result.stdout ?? ''
  return script.trim() === '-- This is an empty migration.' ? '' : script
}

let instance: Promise<void> | undefined

/** The package's own entry imports its .wasm file as a module, which Node 20 cannot do. */
function instantiated(): Promise<void> {
  instance ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(join(dirname(file), 'schema_engine_bg.wasm'))
    const { WebAssembly, glue: bindings } = untyped()
    const { exports } = (await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })).instance
    bindings.__wbg_set_wasm(exports)
    exports.__wbindgen_start()
  })()
  return instance
}

interface Untyped {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }> }
  glue: { __wbg_set_wasm(exports: Exports): void }
}

interface Exports {
  __wbindgen_start(): void
}

/** What the types of Node 20 and of the package leave out. */
function untyped(): Untyped {
  const entries = Object.entries(glue).map(([name, value]) => [
    name,
    name.startsWith('__wbg_setTimeout') ? later : value,
  ])
  return { WebAssembly: Reflect.get(globalThis, 'WebAssembly'), glue: Object.fromEntries(entries) }
}

/** The engine never takes back the 10 seconds it gives its lock; they must not keep a finished process alive. */
function later(callback: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(callback, ms >>> 0).unref()
}

/**
 * Prisma's own adapter cuts a script at every semicolon, also inside texts and functions, and commits each piece by itself;
 * PostgreSQL runs a script sent whole as one transaction. Nor does it know the type "char", in which the engine reads the catalogue.
 */
function mended(adapter: Awaited<ReturnType<PrismaPg['connect']>>, afterScript: string): SqlDriverAdapter {
  const driver = adapter.underlyingDriver()
  const query = driver.query.bind(driver)
  adapter.executeScript = async (script) => {
    await query(`${script}\n;${afterScript}`).catch(tellPlainly)
  }
  let chars: number[] = []
  Object.assign(driver, {
    query: async (asked: pg.QueryConfig) => {
      const answer = await query(asked)
      chars = []
      for (const [index, field] of answer.fields.entries()) {
        if (field.dataTypeID !== pg.types.builtins.CHAR) continue
        field.dataTypeID = pg.types.builtins.TEXT
        chars.push(index)
      }
      return answer
    },
  })
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (asked) => {
    const answer = await queryRaw(asked)
    for (const index of chars) answer.columnTypes[index] = ColumnTypeEnum.Character
    return answer
  }
  return adapter
}

/** The engine passes on the message of this kind of error only. The detail stays out: it may quote a row. */
function tellPlainly(error: unknown): never {
  if (!(error instanceof pg.DatabaseError)) throw error
  const { code = '', severity = '', message } = error
  const nothing = { detail: undefined, column: undefined, hint: undefined }
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, ...nothing })
}

function fitted(pool: pg.Pool, afterScript: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool)
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => mended(await factory.connect(), afterScript),
    connectToShadowDb: () => shadowDatabase(pool),
  }
}

/** An empty database beside ours, gone when the engine is done. (Prisma's own lands in ours when that is named by a URL.) */
async function shadowDatabase(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const name = `shadow_${randomUUID()}`
  await pool.query(`CREATE DATABASE "${name}" TEMPLATE template0`)
  const url = new URL(pool.options.connectionString ?? '')
  url.pathname = `/${name}`
  const shadow = new pg.Pool({ connectionString: url.href })
  const adapter = mended(await new PrismaPg(shadow).connect(), '')
  adapter.dispose = async () => {
    await shadow.end()
    await pool.query(`DROP DATABASE "${name}"`)
  }
  return adapter
}
