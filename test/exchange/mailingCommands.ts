import { deskCommand } from '../../src/exchange/cliDesk.ts'
import { readConfig } from '../../src/infra/config.ts'
import { type Database, sqlOn } from '../../src/infra/database.ts'
import type { Reminding } from '../notices/reminding.ts'

/** What commands about mailings work with, at the moment of these residents. */
export const groundOn = (database: Database, { clock }: Pick<Reminding, 'clock'>) => ({
  ...{ database, sql: sqlOn(database), config: readConfig({}), now: clock.now() },
  newId: () => clock.id(),
})

/** What a command answers of their town. */
export async function answerOf(r: Reminding, words: readonly string[]) {
  const command = deskCommand(words)
  if (!command) return 'usage'
  const { lines, refused } = await command(groundOn(r.database, r))
  return refused ? { refused: lines } : lines
}
