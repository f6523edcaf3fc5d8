import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFlats } from './flats.ts'
import { startSandbox } from './start.ts'

/**
 * The sandbox as a process of its own, started by the product when it has no messenger's token. It says `{ ready, port }` to
 * its parent, prints nothing but violations and errors, and ends on SIGTERM or when the parent is gone. Ctrl-C reaches the
 * whole process group: SIGINT is left to the parent, which stops the sandbox last. When its port cannot be had it ends with 2
 * and says nothing: the parent names the setting.
 */
process.on('SIGINT', () => {})

const sandbox = await startSandbox({
  folder: join(process.env.DATA_DIR ?? './data', 'sandbox'),
  port: Number(process.env.SANDBOX_PORT ?? 8081),
  flats: await readFlats(fileURLToPath(new URL('../../prisma/sample/', import.meta.url))),
}).catch((error: NodeJS.ErrnoException) => {
  if (error.syscall === 'listen') process.exit(2)
  process.stderr.write(`${error.message.split('\n')[0]}\n`)
  process.exit(1)
})

const stop = async () => {
  await sandbox.close()
  process.exit(0)
}
process.once('SIGTERM', () => void stop())
process.once('disconnect', () => void stop())
process.send?.({ ready: true, port: sandbox.port })
