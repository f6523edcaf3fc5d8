import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'

// A process that outlives the bench however it ends: when its standard input ends and the folder is still there, the bench was
// killed. The bots have ended by themselves then; databases have not.
const [folder = ''] = process.argv.slice(2)
process.stdin.resume()
await once(process.stdin, 'end')
if (existsSync(folder)) {
  const redis = Number(await readFile(join(folder, 'redis', 'redis.pid'), 'utf8').catch(() => ''))
  if (redis > 0) process.kill(redis, 'SIGTERM')
  const dataDir = join(folder, 'product')
  if (existsSync(join(dataDir, 'postgres'))) {
    const server = await connectOrStart({ dataDir })
    await server.stop()
  }
  await rm(folder, { recursive: true, force: true })
}
