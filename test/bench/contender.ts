/** A bot to be measured, with the database beside it. */
export interface Contender {
  name: string
  /** By which the Bot API server knows it. */
  token: string
  /** The processes whose CPU is counted; children of theirs are counted in. */
  processes: { bot: number; database: number }
  /** Answers when nothing that was said is still being written down. */
  settled(): Promise<void>
  /** Fails unless the readings of so many residents, counted from the first, are stored, and nothing else. */
  check(residents: number): Promise<void>
  close(): Promise<void>
}

/** `residents`: how many will talk in all. `folder`: for files, removed afterwards. */
export interface Setting {
  residents: number
  apiRoot: string
  folder: string
}
