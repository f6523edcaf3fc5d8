import type { Database } from './database.ts'

/** A place in a stream of events, kept under a name; whoever reads the stream saves it after what he read is committed. */
export interface Cursor {
  load(): Promise<string | undefined>
  save(value: string): Promise<void>
}

export function cursor({ pool }: Pick<Database, 'pool'>, name: string): Cursor {
  return {
    load: async () => {
      const { rows } = await pool.query<{ value: string }>('SELECT value FROM cursor WHERE name = $1', [name])
      return rows[0]?.value
    },
    save: async (value) => {
      await pool.query(
        'INSERT INTO cursor (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value',
        [name, value],
      )
    },
  }
}
