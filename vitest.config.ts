import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longestFirst.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    pool: 'forks',
    // WebAssembly is compiled a second time, and better, later than V8 would: a worker lives for minutes.
    execArgv: ['--wasm-tiering-budget=100000000'],
    // Each test file opens a world of its own; what they share is the code, which is loaded once a worker.
    isolate: false,
    // More than half of the time is waiting: four keep two cores busy.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
  },
})
