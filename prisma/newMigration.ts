import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectOrStart } from '../src/infra/embeddedPostgres.ts'
import { differenceToSchema } from '../src/infra/schemaEngine.ts'

/** `node --import tsx prisma/newMigration.ts NAME` writes the migration from what the others make to `schema.prisma`. */
const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('A name of small Latin letters, digits and _ is expected: newMigration.ts phone_of_resident')
  process.exit(1)
}
console.log(await write(name))

async function write(name: string): Promise<string> {
  const script = await difference()
  if (!script) return 'schema.prisma and the migrations agree: nothing to write'
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = fileURLToPath(new URL(`./migrations/${stamp}_${name}`, import.meta.url))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), script)
  return join(folder, 'migration.sql')
}

async function difference(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'erc-migration-'))
  const server = await connectOrStart({ dataDir })
  try {
    return await differenceToSchema(server.url)
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
