import { addressKey } from '../../domain/address/key.ts'
import { activationCodeHash } from '../../infra/activationCode.ts'
import type { Kind } from './kind.ts'
import { mergeRows } from './mergeRows.ts'

/**
 * Personal accounts (лицевые счета) with their addresses. An activation code is hashed before it reaches the database; a file
 * without one leaves the known code and its last day (`activation_code_until`) as they are; every other empty cell makes the value
 * unknown. Of a code it is kept on which day it first came: without a last day it serves so many days from then.
 */
export const accounts: Kind = {
  name: 'accounts',
  key: ['account_no'],
  sum: 'balance_kop',
  columns: [
    { name: 'account_no', type: { is: 'account' }, required: true },
    { name: 'els', type: { is: 'text', max: 20 } },
    { name: 'status', type: { is: 'word', words: { open: 't', closed: 'f' } }, required: true, shown: true },
    { name: 'payer_name', type: { is: 'text', max: 200 } },
    { name: 'street_type', type: { is: 'text', max: 40 }, shown: true },
    { name: 'street', type: { is: 'text', max: 40 }, required: true },
    { name: 'house', type: { is: 'text', max: 20 }, required: true },
    { name: 'korpus', type: { is: 'text', max: 20 } },
    { name: 'flat', type: { is: 'text', max: 20 } },
    { name: 'room', type: { is: 'text', max: 20 } },
    { name: 'district', type: { is: 'text', max: 40 } },
    { name: 'area_m2', type: { is: 'decimal', scale: 2, digits: 6, scaled: true } },
    { name: 'registered', type: { is: 'integer', from: 0, to: 1000 } },
    { name: 'living', type: { is: 'integer', from: 0, to: 1000 } },
    { name: 'balance_kop', type: { is: 'integer', from: -1e14, to: 1e14 } },
    { name: 'balance_at', type: { is: 'date' }, shown: true },
    { name: 'activation_code', type: { is: 'text', max: 40 }, mayBeAbsent: true, notStaged: true },
    { name: 'activation_code_hash', type: { is: 'hash' }, mayBeAbsent: true, notStaged: true },
    { name: 'activation_code_until', type: { is: 'date' }, mayBeAbsent: true, shown: true },
    { name: 'paper_receipt', type: { is: 'word', words: { 0: 'f', 1: 't' } }, shown: true },
  ],
  derived: [
    { name: 'code_hash', sql: 'text' },
    ...(['street_key', 'house_key', 'korpus_key', 'flat_key', 'room_key'] as const).map((name) => ({
      name,
      sql: 'text' as const,
    })),
  ],
  derive: (cell, { hashKey }) => {
    const code = cell('activation_code')
    const part = (name: string) => cell(name) ?? ''
    const key = addressKey({
      streetType: part('street_type'),
      street: part('street'),
      house: part('house'),
      korpus: part('korpus'),
      flat: part('flat'),
      room: part('room'),
    })
    const hash = code ? activationCodeHash(code, hashKey) : cell('activation_code_hash')
    return [hash, key.street, key.house, key.korpus, key.flat, key.room]
  },
  checks: [],
  merge: async (client, stamp, { today }) => {
    await client.query(
      `INSERT INTO street (type, name)
       SELECT DISTINCT coalesce(street_type, ''), street FROM staging
        WHERE problem IS NULL AND NOT EXISTS (SELECT FROM street k WHERE k.type = coalesce(street_type, '') AND k.name = street)
        ORDER BY 1, 2`,
    )
    return mergeRows(
      client,
      {
        table: 'account',
        key: 'number',
        columns: [
          ...['els', 'open', 'payer_name', 'street_type', 'street', 'house', 'korpus', 'flat', 'room'],
          ...['street_key', 'house_key', 'korpus_key', 'flat_key', 'room_key'],
          ...['district', 'area_hundredths', 'registered', 'living', 'balance_kopecks', 'balance_at'],
          ...['activation_code_hash', 'activation_code_until', 'activation_code_since', 'paper_receipt'],
        ],
        next: {
          activation_code_hash: 'coalesce(s.activation_code_hash, t.activation_code_hash)',
          activation_code_until: `CASE WHEN s.activation_code_hash IS NULL OR s.activation_code_hash = t.activation_code_hash
            THEN coalesce(s.activation_code_until, t.activation_code_until) ELSE s.activation_code_until END`,
          activation_code_since: `CASE WHEN s.activation_code_hash IS NULL THEN t.activation_code_since
            WHEN s.activation_code_hash = t.activation_code_hash THEN coalesce(t.activation_code_since, s.activation_code_since)
            ELSE s.activation_code_since END`,
        },
        source: `SELECT account_no AS number, els, status::boolean AS open, payer_name,
                        coalesce(street_type, '') AS street_type, street, house, coalesce(korpus, '') AS korpus,
                        coalesce(flat, '') AS flat, coalesce(room, '') AS room,
                        street_key, house_key, korpus_key, flat_key, room_key, district,
                        area_m2::integer AS area_hundredths, registered::integer, living::integer,
                        balance_kop AS balance_kopecks, balance_at, code_hash AS activation_code_hash, activation_code_until,
                        CASE WHEN code_hash IS NOT NULL THEN date '${today}' END AS activation_code_since,
                        paper_receipt::boolean AS paper_receipt
                   FROM staging WHERE problem IS NULL`,
      },
      stamp,
    )
  },
}
