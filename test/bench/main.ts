import { runBench } from './bench.ts'
import { openOurs } from './ours.ts'
import { drawReceipts, reportReceipts } from './receipts.ts'
import { report } from './report.ts'
import { openTelegraf } from './telegraf.ts'
import { runSending, runWaves } from './waves.ts'

// npm run bench: the product beside a bot as it is usually written, in one run, on this machine; npm run bench receipts: a receipt beside pdfkit's;
// npm run bench waves [RESIDENTS]: a mailing to half a million; 0: only how one is sent.

const plan = { residents: 1_000, inFlight: 32, rounds: 3 }

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error('stopped')))

try {
  if (process.argv[2] === 'receipts') {
    console.log(reportReceipts(100, await drawReceipts(100)))
  } else if (process.argv[2] === 'waves') {
    const [, , , residents = '500000'] = process.argv
    console.log(residents === '0' ? await runSending() : await runWaves(Number(residents)))
  } else {
    const figures = await runBench(plan, [(setting) => openOurs(setting), openTelegraf], stopping.signal)
    console.log(report(plan, figures))
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
