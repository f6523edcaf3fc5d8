import { backOffMs, waited } from './backOff.ts'
import type { Sql } from './database.ts'
import { isTransient } from './databaseErrors.ts'

/** Tries that are still made when the process is to end. */
const lastTries = 5

/** `isClosing`: the process is to end, and a database that does not answer is no longer waited for as long as it takes. `waits` is told once. */
export interface Patience {
  isClosing(): boolean
  waits(error: unknown): void
}

/** Does again what the database was not there for, however long it is away. Fails at once with what waiting does not mend. */
export async function untilDatabaseAnswers<T>(work: () => Promise<T>, { isClosing, waits }: Patience): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isTransient(error) || (isClosing() && attempt > lastTries)) throw error
      if (attempt === 0) waits(error)
      await waited(backOffMs(attempt + 1), new AbortController().signal)
    }
  }
}

/** Statements that must be done, for what they note has happened already. */
export const patient =
  (sql: Sql, patience: Patience): Sql =>
  (name, statement, values) =>
    untilDatabaseAnswers(() => sql(name, statement, values), patience)
