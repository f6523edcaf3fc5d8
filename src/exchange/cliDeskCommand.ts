import type { Config } from '../infra/config.ts'
import type { Database, Sql } from '../infra/database.ts'

/** What a command of the desk works with. */
export interface DeskGround {
  database: Database
  sql: Sql
  config: Config
  now: Date
  newId(): string
}

/** What it says, in whole lines; `refused`: nothing was done; `follow`: the mailing that is to be watched then, to its end. */
export interface DeskAnswer {
  lines: string[]
  refused?: true
  follow?: string
}

export type DeskCommand = (ground: DeskGround) => Promise<DeskAnswer>

export const refusal = (line: string): DeskAnswer => ({ lines: [line], refused: true })
