import { systemClock } from '../infra/clock.ts'
import type { Config } from '../infra/config.ts'
import { sqlOn } from '../infra/database.ts'
import { cannedCommand } from './cliCanned.ts'
import { consultantCommand } from './cliConsultant.ts'
import type { DeskCommand } from './cliDeskCommand.ts'
import { hoursCommand } from './cliHours.ts'
import { reportCommand } from './cliReport.ts'
import { requestsCommand } from './cliRequests.ts'
import { openProductDatabase } from './productDatabase.ts'

/** The commands about consultants, by their first word; undefined when it is another one or called wrongly. */
export function deskCommand([command, ...words]: readonly string[]): DeskCommand | undefined {
  if (command === 'consultant') return consultantCommand(words)
  if (command === 'hours') return hoursCommand(words)
  if (command === 'canned') return cannedCommand(words)
  if (command === 'requests') return requestsCommand(words)
  return command === 'report' ? reportCommand(words) : undefined
}

/** Runs one and says what came of it; answers the exit code. */
export async function ercDesk(command: DeskCommand, config: Config): Promise<number> {
  const { database, close } = await openProductDatabase(config)
  try {
    const { lines, refused } = await command({
      ...{ database, sql: sqlOn(database), config },
      ...{ now: systemClock.now(), newId: () => systemClock.id() },
    })
    ;(refused ? process.stderr : process.stdout).write(lines.map((line) => `${line}\n`).join(''))
    return refused ? 1 : 0
  } finally {
    await close()
  }
}
