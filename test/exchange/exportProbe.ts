import { subscribe } from 'node:diagnostics_channel'
import { exportReadings } from '../../src/exchange/exportReadings.ts'
import { openDatabase } from '../../src/infra/database.ts'

/** A process that exports readings and kills itself at a named point: `exportProbe.ts URL FOLDER POINT`. */
const [url = '', folder = '', deadly] = process.argv.slice(2)
const database = await openDatabase({ url, poolSize: 2 })
subscribe('erc:point', (name) => {
  if (name === deadly) process.kill(process.pid, 'SIGKILL')
})
await exportReadings(database, { folder, now: new Date('2026-11-27T21:00:00Z'), timeZone: 'Asia/Yekaterinburg' })
await database.close()
