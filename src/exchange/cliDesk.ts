import { systemClock } from '../infra/clock.ts'
import type { Config } from '../infra/config.ts'
import { sqlOn } from '../infra/database.ts'
import { cannedCommand } from './cliCanned.ts'
import { consultantCommand } from './cliConsultant.ts'
import type { DeskCommand, DeskGround } from './cliDeskCommand.ts'
import { documentCommand } from './cliDocument.ts'
import { hoursCommand } from './cliHours.ts'
import { newsCommand } from './cliNews.ts'
import { reportCommand } from './cliReport.ts'
import { requestsCommand } from './cliRequests.ts'
import { sampleCommand } from './cliSample.ts'
import { wavesCommand, waveTold } from './cliWaves.ts'
import { followWave, waveBar } from './followWave.ts'
import { openProductDatabase } from './productDatabase.ts'

/** The commands of staff and about mailings, by their first word; undefined when it is another one or called wrongly. */
export function deskCommand([command, ...words]: readonly string[]): DeskCommand | undefined {
  if (command === 'consultant') return consultantCommand(words)
  if (command === 'hours') return hoursCommand(words)
  if (command === 'canned') return cannedCommand(words)
  if (command === 'requests') return requestsCommand(words)
  if (command === 'document') return documentCommand(words)
  if (command === 'news') return newsCommand(words)
  if (command === 'waves') return wavesCommand(words)
  if (command === 'sample') return sampleCommand(words)
  return command === 'report' ? reportCommand(words) : undefined
}

/** Runs one and says what came of it; answers the exit code. */
export async function ercDesk(command: DeskCommand, config: Config, signal: AbortSignal): Promise<number> {
  const { database, close } = await openProductDatabase(config)
  try {
    const ground = {
      ...{ database, sql: sqlOn(database), config },
      ...{ now: systemClock.now(), newId: () => systemClock.id() },
    }
    const { lines, refused, follow } = await command(ground)
    say(refused ? process.stderr : process.stdout, lines)
    if (follow !== undefined) say(process.stdout, await watched(ground, follow, signal))
    return refused ? 1 : 0
  } finally {
    await close()
  }
}

const say = (to: NodeJS.WritableStream, lines: readonly string[]) => to.write(lines.map((line) => `${line}\n`).join(''))

/** Where nobody watches it is told once how the mailing stands. */
async function watched(ground: DeskGround, id: string, signal: AbortSignal): Promise<string[]> {
  if (!process.stderr.isTTY) return (await waveTold(ground, id)).lines
  const { show, stop } = waveBar()
  return followWave(ground, id, { show, signal, now: () => systemClock.now() }).finally(stop)
}
