import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { startSandbox } from '../../bots/sandbox/start.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { sandboxConsultants } from '../../bots/sandbox/world/staff.ts'
import { addMissing } from '../../src/desk/consultants.ts'
import { formatAddress } from '../../src/domain/address/format.ts'
import { importSampleTown } from '../../src/exchange/sampleTown.ts'
import { type Database, openDatabase, sqlOn } from '../../src/infra/database.ts'
import { hashKey } from '../support/hashKey.ts'
import { freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'

/** A flat with a cold-water and a hot-water meter; `last` in thousandths of a cubic metre. */
export interface Flat {
  accountId: number
  number: string
  address: string
  meters: { id: string; last: number }[]
}

/** What outlives the product: the messengers with what was said there, and a database with the sample town in it. */
export interface Ground {
  hand: SandboxHand
  /** The settings by which the product works here. */
  env: Record<string, string>
  databaseUrl: string
  database: Database
  /** From now to noon of a day within the readings window. */
  clockShiftMs: number
  flats: Flat[]
  close(): Promise<void>
}

interface Options {
  people?: number
  /** A migrated database of the caller's own, which is left to him at the end. */
  databaseUrl?: string
  /** With a staff forum and its people as consultants. */
  desk?: boolean
}

export async function openGround({ people = 6, databaseUrl, desk = false }: Options = {}): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'erc-ground-'))
  const sandbox = await startSandbox({ folder, tokens, groupLimit: { enforced: false }, isSavedAtOnce: false })
  const fresh = databaseUrl === undefined ? await freshDatabase({ of: 'town' }) : undefined
  const database = fresh?.database ?? (await openDatabase({ url: databaseUrl ?? '', poolSize: 5 }))
  if (!fresh) await importSampleTown(database, { hashKey, today: '2026-11-10' })
  const url = fresh?.url ?? databaseUrl ?? ''
  if (desk) await addMissing(sqlOn(database), sandboxConsultants, new Date(noon))
  const hand = new SandboxHand(sandbox.url)
  for (let person = 7; person <= people; person++)
    await hand.addPerson({
      firstName: 'Житель',
      lastName: String(person),
      username: `zhitel_${person}`,
      language: 'ru',
    })
  return {
    hand,
    env: { ...settings(sandbox.url, url), ...(desk && deskSettings) },
    databaseUrl: url,
    database,
    clockShiftMs: Date.parse(noon) - Date.now(),
    flats: await flatsWithWater(database),
    async close() {
      await sandbox.close()
      await (fresh ? fresh.drop() : database.close())
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Tokens of the shape in which the platforms give them, so that the product takes them from its environment. */
const tokens = {
  telegram: [
    { token: '7000000001:residents-of-the-sandbox', username: 'erc_sandbox_bot', name: 'ЕРЦ' },
    { token: `${staffForum.botId}:consultants-of-the-sandbox`, username: 'erc_desk_sandbox_bot', name: 'ЕРЦ' },
  ],
  vk: 'vk1.a.sandbox-community',
  vkGroupId: 220_000_001,
}

const settings = (sandboxUrl: string, databaseUrl: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  REMINDERS: 'none',
  HASH_KEY: hashKey,
  TELEGRAM_TOKEN: tokens.telegram[0]?.token ?? '',
  TELEGRAM_API_ROOT: sandboxUrl,
  VK_TOKEN: tokens.vk,
  VK_GROUP_ID: String(tokens.vkGroupId),
  VK_API_ROOT: `${sandboxUrl}/method`,
})

const deskSettings: Record<string, string> = {
  CONSULTANTS_TOKEN: tokens.telegram[1]?.token ?? '',
  CONSULTANTS_CHAT_ID: String(staffForum.id),
  CONSULTANTS_MESSAGES_PER_MINUTE: '100000',
  CONSULTANTS_CHATS: '100',
}

/** Flats about which there is nothing to doubt, so that a round of readings is always the same three messages. */
export async function flatsWithWater({ pool }: Database): Promise<Flat[]> {
  const { rows } = await pool.query(
    `SELECT a.id AS "accountId", a.number, a.street_type AS "streetType", a.street, a.house, a.korpus, a.flat, a.room,
            jsonb_agg(jsonb_build_object('id', m.id, 'last', (m.last_t1 * 1000)::int)
                      ORDER BY array_position(ARRAY['HVS', 'GVS'], m.service)) AS meters
     FROM account a JOIN meter m ON m.account_id = a.id AND m.removed_at IS NULL
     WHERE a.open AND a.flat <> '' AND a.room = ''
     GROUP BY a.id
     HAVING array_agg(m.service ORDER BY m.service) = '{GVS,HVS}'
        AND bool_and(m.last_t1 < 90000 AND m.verification_until > '2027-12-31' AND NOT m.photo_required)
     ORDER BY a.number`,
  )
  return rows.map(({ accountId, number, meters, ...parts }) => ({
    accountId,
    number,
    meters,
    address: formatAddress(parts),
  }))
}
