import type { CellType } from '../cell.ts'
import type { Kind } from './kind.ts'
import { knownAccount } from './knownAccount.ts'
import { mergeRows } from './mergeRows.ts'
import { canonicalUnit } from './unit.ts'

const dial: CellType = { is: 'decimal', scale: 3, digits: 9 }

/** Individual meters (ИПУ). A meter that a file leaves out stays; it is closed by `removed_at`. */
export const meters: Kind = {
  name: 'meters',
  key: ['meter_id'],
  columns: [
    { name: 'meter_id', type: { is: 'text', max: 40 }, required: true, shown: true },
    { name: 'account_no', type: { is: 'account' }, required: true },
    { name: 'service', type: words('HVS', 'GVS', 'HEAT', 'EL', 'GAS'), required: true, shown: true },
    { name: 'serial', type: { is: 'text', max: 40 }, required: true },
    { name: 'digits', type: { is: 'integer', from: 1, to: 9 }, required: true, shown: true },
    { name: 'decimals', type: { is: 'integer', from: 0, to: 3 }, required: true, shown: true },
    { name: 'zones', type: { is: 'integer', from: 1, to: 3 }, required: true, shown: true },
    { name: 'ratio', type: { is: 'decimal', scale: 4, digits: 8 }, shown: true },
    { name: 'unit', type: { is: 'text', max: 20 }, required: true, shown: true },
    { name: 'installed_at', type: { is: 'date' }, shown: true },
    { name: 'verification_until', type: { is: 'date' }, shown: true },
    { name: 'removed_at', type: { is: 'date' }, shown: true },
    { name: 'last_t1', type: dial, shown: true },
    { name: 'last_t2', type: dial, shown: true },
    { name: 'last_t3', type: dial, shown: true },
    { name: 'last_at', type: { is: 'date' }, shown: true },
    { name: 'norm', type: { is: 'decimal', scale: 4, digits: 8 }, shown: true },
    { name: 'avg6', type: { is: 'decimal', scale: 3, digits: 9 }, shown: true },
    { name: 'photo_required', type: { is: 'word', words: { 0: 'f', 1: 't' } }, shown: true },
  ],
  derived: [{ name: 'canonical_unit', sql: 'text' }],
  derive: (cell) => [canonicalUnit(cell('unit') ?? '')],
  checks: [knownAccount],
  merge: (client, stamp) =>
    mergeRows(
      client,
      {
        table: 'meter',
        key: 'id',
        columns: [
          ...['account_id', 'service', 'serial', 'digits', 'decimals', 'zones', 'ratio', 'unit'],
          ...['installed_at', 'verification_until', 'removed_at'],
          ...['last_t1', 'last_t2', 'last_t3', 'last_at', 'norm', 'average6', 'photo_required'],
        ],
        source: `SELECT meter_id AS id, a.id AS account_id, service, serial, digits, decimals, zones, coalesce(ratio, 1) AS ratio,
                        canonical_unit AS unit, installed_at, verification_until, removed_at,
                        last_t1, last_t2, last_t3, last_at, norm, avg6 AS average6, coalesce(photo_required, 'f')::boolean AS photo_required
                   FROM staging JOIN account a ON a.number = account_no WHERE problem IS NULL`,
      },
      stamp,
    ),
}

function words(...services: string[]): CellType {
  return { is: 'word', words: Object.fromEntries(services.map((service) => [service.toLowerCase(), service])) }
}
