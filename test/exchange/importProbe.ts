import { importFile } from '../../src/exchange/importFile.ts'
import { openDatabase } from '../../src/infra/database.ts'

/**
 * A process that imports one file: `importProbe.ts URL FILE`. It tells its parent how far it has read, and at the end how many
 * bytes of heap were alive at most while it read (run it with `--expose-gc`).
 */
const [url = '', file = ''] = process.argv.slice(2)
const database = await openDatabase({ url, poolSize: 1 })
let heap = 0
let measuredBytes = 0
await importFile(database, file, {
  hashKey: 'k',
  today: '2026-11-10',
  onProgress({ readBytes, allBytes }) {
    if (readBytes - measuredBytes >= 1024 * 1024) {
      globalThis.gc?.()
      heap = Math.max(heap, process.memoryUsage().heapUsed)
      measuredBytes = readBytes
    }
    process.send?.({ share: readBytes / allBytes })
  },
})
process.send?.({ heap, rss: process.resourceUsage().maxRSS })
await database.close()
