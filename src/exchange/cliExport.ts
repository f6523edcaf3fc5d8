import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../infra/config.ts'
import { exportedLine, nothingToExport } from './cliText.ts'
import { exportReadings } from './exportReadings.ts'
import { openProductDatabase } from './productDatabase.ts'

/** The words after `erc export`; undefined when it is called wrongly. */
export function exportWords(words: readonly string[]): { to?: string; utf8?: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { to: { type: 'string' }, utf8: { type: 'boolean' } },
      allowPositionals: true,
    })
    return positionals.join() === 'readings' && values.to !== '' ? values : undefined
  } catch {
    return undefined
  }
}

/** `erc export readings`: answers its exit code, 130 when it was interrupted. */
export async function ercExport(
  { to, utf8 }: { to?: string; utf8?: boolean },
  config: Config,
  signal: AbortSignal,
): Promise<number> {
  const { database, close } = await openProductDatabase(config)
  try {
    const files = await exportReadings(database, {
      folder: to ?? join(config.dataDir, 'export'),
      now: new Date(),
      timeZone: config.rules.timeZone,
      signal,
      ...(utf8 && { encoding: 'utf8' }),
    })
    process.stdout.write(files.map((file) => `${exportedLine(file)}\n`).join('') || `${nothingToExport}\n`)
    return 0
  } catch (error) {
    if (error !== signal.reason) throw error
    process.stderr.write('Прервано. Следующая выгрузка допишет этот файл.\n')
    return 130
  } finally {
    await close()
  }
}
