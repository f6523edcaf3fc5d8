import { readConfig } from '../../src/infra/config.ts'
import { openDatabase } from '../../src/infra/database.ts'
import { wavePlanner } from '../../src/notices/planWave.ts'
import { testClock } from '../support/clock.ts'
import { waveMoment } from './wavePlanning.ts'

// Plans the wave WAVE in the database URL; tells how long that has taken, and the most memory of this process meanwhile.
const { URL: url = '', WAVE: wave = '' } = process.env
const database = await openDatabase({ url, byKeys: true })
const plan = wavePlanner({ database, clock: testClock(waveMoment), rules: readConfig({}).rules })
let mostBytes = 0
const watched = setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
}, 50)
const from = performance.now()
await plan(wave, () => false)
const seconds = (performance.now() - from) / 1_000
clearInterval(watched)
await database.close()
process.send?.({ seconds, mostMegabytes: mostBytes / 1_048_576 })
