import { defineConfig } from 'prisma/config'

// `prisma generate` looks for an engine that it does not run: any executable that exists spares the download.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

const url = process.env.DATABASE_URL

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // For `prisma migrate` and `prisma studio` by hand; the product itself migrates at its start.
  ...(url ? { datasource: { url } } : {}),
})
