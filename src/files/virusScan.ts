import { spawn } from 'node:child_process'
import { AppError } from '../infra/errors.ts'

/** Whether bytes are clean. Fails with `SCANNER_AWAY` when nobody can say. */
export type VirusScan = (bytes: Uint8Array) => Promise<boolean>

/** Longer than any scanner takes for the largest file that is fetched. */
const patienceMs = 120_000

/**
 * Asks a command, which is given the bytes on its standard input and ends as ClamAV's do: 0 is clean, 1 is infected, anything else that it does
 * not know. No shell is between: nothing of a file's is ever part of the command. Without a command everything is clean.
 */
export function virusScan(command: readonly string[] | undefined): VirusScan {
  const [program, ...args] = command ?? []
  if (program === undefined) return async () => true
  return (bytes) =>
    new Promise((resolve, reject) => {
      const away = (why: string, cause?: unknown) =>
        reject(new AppError('SCANNER_AWAY', { retry: 10_000, facts: { why }, cause }))
      const scanner = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: patienceMs })
      scanner.on('error', (error) => away('did not start', error))
      scanner.on('close', (code) => {
        if (code === 0 || code === 1) resolve(code === 0)
        else away(`ended with ${code}`)
      })
      // It may say what it knows before it has read all.
      scanner.stdin.on('error', () => {})
      scanner.stdin.end(bytes)
    })
}
