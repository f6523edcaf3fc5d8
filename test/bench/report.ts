import { availableParallelism } from 'node:os'
import type { Figures, Plan } from './bench.ts'

/** One table: the medians of each contender's rounds, and how the first of them stands to the second. */
export function report(plan: Plan, all: ReadonlyMap<string, Figures[]>): string {
  const contenders = [...all].map(([name, rounds]) => ({
    name,
    calls: rounds[0]?.callsPerResident,
    figures: columns.map(({ of }) => median(rounds.map(of))),
  }))
  const [first, second] = contenders
  const ratios = columns.map((_, at) => ratio(first?.figures[at], second?.figures[at]))
  const table = [
    ['', ...columns.map(({ name }) => name)],
    ...contenders.map(({ name, figures }) => [name, ...figures.map((one, at) => shown(one, columns[at]?.digits))]),
    ['the first to the second', ...ratios.map((one) => shown(one, 2))],
  ]
  const calls = contenders.map((one) => one.calls).join(' and ')
  return [
    `Readings submitted: 5 turns, ${calls} API calls a resident; ${plan.inFlight} residents at a time, ${plan.residents} a round;`,
    `median of ${plan.rounds} interleaved rounds on ${availableParallelism()} cores, Node ${process.versions.node}.`,
    'Bot, database and Bot API server share the cores. CPU: seconds for 1,000 turns.',
    '',
    ...aligned(table),
  ].join('\n')
}

const columns: { name: string; digits: number; of(figures: Figures): number | undefined }[] = [
  { name: 'turns/s', digits: 0, of: ({ turnsPerSecond }) => turnsPerSecond },
  { name: 'p50 ms', digits: 1, of: ({ p50Ms }) => p50Ms },
  { name: 'p99 ms', digits: 1, of: ({ p99Ms }) => p99Ms },
  { name: 'CPU bot', digits: 3, of: ({ botCpu }) => botCpu },
  { name: 'CPU database', digits: 3, of: ({ databaseCpu }) => databaseCpu },
]

function median(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b)
  return known[Math.floor(known.length / 2)]
}

const ratio = (a?: number, b?: number) => (a === undefined || b === undefined ? undefined : a / b)

const shown = (value: number | undefined, digits = 0): string => (value === undefined ? '—' : value.toFixed(digits))

function aligned(table: string[][]): string[] {
  const widths = columns.map((_, at) => Math.max(...table.map((row) => row[at + 1]?.length ?? 0)))
  const first = Math.max(...table.map(([name = '']) => name.length))
  return table.map(([name = '', ...cells]) =>
    [name.padEnd(first), ...cells.map((cell, at) => cell.padStart(widths[at] ?? 0))].join('   '),
  )
}
