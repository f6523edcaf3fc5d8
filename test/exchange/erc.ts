import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/exchange/cli.ts', import.meta.url))

/** Runs the `erc` command as a person does; the line that names the database is left out. */
export async function erc(
  words: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; out: string[]; err: string[] }> {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...words], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  const lines = (whole: string) => whole.split('\n').filter((line) => line !== '' && !line.startsWith('База данных:'))
  return { code, out: lines(out), err: lines(err) }
}
