import { once } from 'node:events'
import pg from 'pg'
import { connectOrStart } from '../../src/infra/embeddedPostgres.ts'

// A process as the product is one: its turn, begun by a line of input, is under way when Ctrl-C comes; it stops PostgreSQL last.
const [dataDir = ''] = process.argv.slice(2)
const server = await connectOrStart({ dataDir, settings: { fsync: 'off' } })
const client = new pg.Client({ connectionString: server.url })
await client.connect()
const asked = once(process, 'SIGINT')
console.log('ready')
await once(process.stdin, 'data')
process.stdin.destroy()
const turn = client.query('SELECT pg_advisory_lock(1)')
await asked
console.log('interrupted')
await turn
console.log('turn finished')
await client.end()
await server.stop()
console.log('stopped')
