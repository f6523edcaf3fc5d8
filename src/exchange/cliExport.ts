import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../infra/config.ts'
import { exportedLine, nothingToExport } from './cliText.ts'
import { exportBookings } from './exportBookings.ts'
import { exportReadings } from './exportReadings.ts'
import type { Outgoing } from './handOut.ts'
import { openProductDatabase } from './productDatabase.ts'

/** The words after `erc export`; undefined when it is called wrongly. */
export function exportWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { to: { type: 'string' }, utf8: { type: 'boolean' } },
      allowPositionals: true,
    })
    const what = (['readings', 'bookings'] as const).find((one) => one === positionals.join())
    return what && values.to !== '' ? { what, ...values } : undefined
  } catch {
    return undefined
  }
}

interface Asked {
  what: Outgoing['name']
  to?: string
  utf8?: boolean
}

const exports = { readings: exportReadings, bookings: exportBookings }

/** `erc export readings` and `erc export bookings`: answers its exit code, 130 when it was interrupted. */
export async function ercExport({ what, to, utf8 }: Asked, config: Config, signal: AbortSignal): Promise<number> {
  const { database, close } = await openProductDatabase(config)
  try {
    const files = await exports[what](database, {
      folder: to ?? join(config.dataDir, 'export'),
      now: new Date(),
      timeZone: config.rules.timeZone,
      signal,
      ...(utf8 && { encoding: 'utf8' }),
    })
    process.stdout.write(files.map((file) => `${exportedLine(what, file)}\n`).join('') || `${nothingToExport[what]}\n`)
    return 0
  } catch (error) {
    if (error !== signal.reason) throw error
    process.stderr.write('Прервано. Следующая выгрузка допишет этот файл.\n')
    return 130
  } finally {
    await close()
  }
}
