import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'

// Standard input ends when the test run does, also when it is killed.
const [dataDir] = process.argv.slice(2)
process.stdin.resume()
await once(process.stdin, 'end')
if (dataDir && existsSync(dataDir)) {
  const server = await connectOrStart({ dataDir })
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
}
