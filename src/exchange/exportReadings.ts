import type { Pool } from 'pg'
import { readingsOfExport } from './exportedRows.ts'
import { type ExportedFile, type ExportOptions, handOut, type Outgoing } from './handOut.ts'

/**
 * What residents have given and the billing has not been told of; its own readings come in by the kind `readings`, which has the same columns. What
 * was corrected while a file was written, or judged by the billing, stays so.
 */
const readings: Outgoing = {
  name: 'readings',
  table: 'reading',
  exports: 'readings_export',
  waiting: `status = 'accepted' AND export_id IS NULL`,
  ids: { type: 'uuid', before: '00000000-0000-0000-0000-000000000000' },
  kind: {
    columns: [
      ...['reading_id', 'replaces_id', 'account_no', 'meter_id', 'serial', 'period', 'read_date', 't1', 't2', 't3'],
      ...['source', 'flags', 'submitted_at'],
    ],
    sum: { column: 't1', places: 3 },
  },
  rows: readingsOfExport,
  placed: { change: `status = 'exported'`, where: `status = 'accepted'` },
}

export const exportReadings = (database: { pool: Pool }, options: ExportOptions): Promise<ExportedFile[]> =>
  handOut(database, readings, options)
