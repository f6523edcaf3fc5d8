import { messengerOf } from '../../src/engine/event.ts'
import { openFileStore } from '../../src/files/store.ts'
import { readConfig } from '../../src/infra/config.ts'
import { fileFetcher } from '../../src/jobs/fetchFiles.ts'
import { hashKey } from '../support/hashKey.ts'
import type { Talk } from './talk.ts'

/** One red pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIwDiqkL4KAbsOAwFDLDBxAAAAAElFTkSuQmCC',
  'base64',
)

export const photo = (bytes: Uint8Array = png, name = 'dial.png') => ({ kind: 'photo' as const, name, bytes })

/** The messenger hands the file out only now, and it is empty. */
export async function lateRefusal({ chat, town: { fresh, clock, product } }: Talk, id: string): Promise<void> {
  const { database } = fresh
  await database.pool.query(`UPDATE file SET state = 'wanted', ref = 'late' WHERE id = $1`, [id])
  const channels = new Map([[messengerOf(chat), { fetchFile: async () => Buffer.alloc(0) }]])
  const files = openFileStore(database)
  const { rules } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey })
  const { engine } = product
  await fileFetcher({ database, engine, files, channels, scan: async () => true, rules, clock }).fetch({ id })
}
