import { expect, inject, test } from 'vitest'
import { dropDatabase, emptyDatabase } from '../support/postgres.ts'
import { runBench } from './bench.ts'
import { openOurs } from './ours.ts'
import { drawReceipts, reportReceipts } from './receipts.ts'
import { report } from './report.ts'
import { openTelegraf } from './telegraf.ts'

test('both bots carry some residents through the same turns, with as many calls, and lose no reading', async () => {
  const name = `bench_${process.pid}`
  const url = await emptyDatabase(name, inject('postgres').templates.empty)
  try {
    const plan = { residents: 24, inFlight: 8, rounds: 1 }
    const figures = await runBench(plan, [(setting) => openOurs(setting, url), openTelegraf])
    expect([...figures.values()].map((rounds) => rounds.map((round) => round.callsPerResident))).toEqual([[7], [7]])
    expect(report(plan, figures)).toMatch(/the first to the second( +\d+\.\d\d){3}/)
  } finally {
    await dropDatabase(name)
  }
})

test('a receipt is drawn beside pdfkit’s, and takes less than 300 KB', async () => {
  const drawn = await drawReceipts(1)
  expect(drawn.get('ours (pdf-lib)')?.bytes).toBeLessThan(300 * 1024)
  expect(reportReceipts(1, drawn)).toMatch(/ours \(pdf-lib\) +\d+\.\d +\d+\.\d +\d+\npdfkit +\d+\.\d +\d+\.\d +\d+$/)
})
