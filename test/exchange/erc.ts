import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { bundled } from '../support/bundle.ts'

const cli = fileURLToPath(new URL('../../src/exchange/cli.ts', import.meta.url))

type Env = Record<string, string>

/** How the `erc` command ended, and all that it said. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Starts the `erc` command with these settings alone: from its sources, as `npm run erc` does, or quicker. */
export async function startErc(words: string[], env: Env, fromSources = false) {
  const script = fromSources ? ['--import', 'tsx', cli] : [await bundled(cli)]
  const child = spawn(process.execPath, [...script, ...words], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended: Promise<Ended> = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]) => ({ code, out, err }),
  )
  return { child, ended }
}

/** Runs the `erc` command as a person does; the line that names the database is left out. */
export async function erc(words: string[], env: Env): Promise<{ code: number | null; out: string[]; err: string[] }> {
  const { code, out, err } = await (await startErc(words, env)).ended
  const lines = (whole: string) => whole.split('\n').filter((line) => line !== '' && !line.startsWith('База данных:'))
  return { code, out: lines(out), err: lines(err) }
}
