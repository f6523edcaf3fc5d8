import { cpus } from 'node:os'
import { usualAgreement } from '../../src/domain/payment/paymentCode.ts'
import { receiptCode } from '../../src/domain/receipt/code.ts'
import { drawReceipt, withMonth } from '../files/receipts.ts'
import { pdfkitReceipt } from './pdfkitReceipt.ts'

interface Drawing {
  /** Milliseconds a receipt: of the clock, and of the processor. */
  ms: number
  cpuMs: number
  bytes: number
}

/** Draws a usual receipt of eleven lines so many times, ours and pdfkit's in turns; the first few of either are not counted. */
export async function drawReceipts(rounds: number): Promise<Map<string, Drawing>> {
  const [first] = withMonth({}).month.rows
  const rows = first ? Array.from({ length: 11 }, () => first) : []
  const receipt = withMonth({ rows })
  const code = receiptCode(receipt, usualAgreement, 'full') ?? new Uint8Array()
  const makers = new Map([
    ['ours (pdf-lib)', () => drawReceipt(receipt)],
    ['pdfkit', () => pdfkitReceipt(receipt, code)],
  ])
  const drawn = new Map<string, Drawing>()
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, make] of makers) {
      const [from, cpu] = [performance.now(), process.cpuUsage()]
      const { length: bytes } = await make()
      const ms = performance.now() - from
      const { user, system } = process.cpuUsage(cpu)
      if (round < 0) continue
      const { ms: before, cpuMs } = drawn.get(name) ?? { ms: 0, cpuMs: 0 }
      drawn.set(name, { ms: before + ms / rounds, cpuMs: cpuMs + (user + system) / 1000 / rounds, bytes })
    }
  }
  return drawn
}

const warmUp = 10

export function reportReceipts(rounds: number, drawn: ReadonlyMap<string, Drawing>): string {
  const lines = [...drawn].map(
    ([name, { ms, cpuMs, bytes }]) =>
      `${name.padEnd(16)}${ms.toFixed(1).padStart(10)}${cpuMs.toFixed(1).padStart(10)}${String(bytes).padStart(10)}`,
  )
  return [
    `A receipt of one page with its code, ${rounds} of each in turns on ${cpus().length} cores, Node ${process.versions.node}.`,
    '',
    `${''.padEnd(16)}${'ms'.padStart(10)}${'CPU ms'.padStart(10)}${'bytes'.padStart(10)}`,
    ...lines,
  ].join('\n')
}
