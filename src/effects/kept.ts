import type { Sql } from '../infra/database.ts'

// How the effects that take readings keep values and photos.

/** Thousandths as the decimal strings of the columns t1, t2, t3. */
export function dials(values: number[]): { t1: string; t2: string | null; t3: string | null } {
  const decimal = (value: number | undefined) => (value === undefined ? null : (value / 1000).toFixed(3))
  return { t1: decimal(values[0]) ?? '0', t2: decimal(values[1]), t3: decimal(values[2]) }
}

/** SQL for the resident's own photos among `photos` that have not been refused; those still to be fetched are among them. */
export const keptPhotos = (photos: string, resident: string): string =>
  `ARRAY(SELECT f.id FROM file f WHERE f.id = ANY (${photos}::uuid[]) AND f.resident_id = ${resident}::uuid AND f.state <> 'refused'
         ORDER BY array_position(${photos}::uuid[], f.id))`

/** Those of the resident's `photos` that are there or still on their way. */
export async function photosLeft(sql: Sql, photos: string[], residentId: string): Promise<string[]> {
  const [left] = await sql<{ photos: string[] }>('photos.left', `SELECT ${keptPhotos('$1', '$2')} AS photos`, [
    photos,
    residentId,
  ])
  return left?.photos ?? []
}
