import { type AccountWords, accountWords, lostAddress } from '../domain/accountLabel.ts'
import { maskAccount } from '../domain/accountNumber.ts'
import type { AddressParts } from '../domain/address/parts.ts'
import type { ChannelPolicy } from '../domain/channelPolicy.ts'
import type { Sql } from '../infra/database.ts'
import { addressColumns } from './columns.ts'

/** An account linked to a resident, in his words. `number` shows its end only; `name` is the resident's own. */
export interface LinkedAccount extends AccountWords {
  id: number
  number: string
  name?: string
}

/** The same as the tables have it: no dialog sees it so. */
export interface LinkedRow extends AddressParts {
  id: number
  number: string
  name: string | null
}

/** Another resident's link to an account; `proof` is how he showed that it is his. `mayRemove`: this resident may unlink him («Это не я»). */
export interface OtherLink {
  link: string
  linkedAt: string
  proof: 'address' | 'code'
  mayRemove: boolean
}

/** An account that a resident had linked: closed by the billing, taken from him by another resident, or unlinked by himself. */
export interface LostAccount {
  address: string
  why: 'closed' | 'denied' | 'self'
}

/** The open accounts of each resident, in the order in which he linked them. */
export async function linkedAccounts(sql: Sql, residents: readonly string[]): Promise<LinkedRow[][]> {
  const rows = await sql<LinkedRow & { residentId: string }>(
    'queries.linked',
    `SELECT l.resident_id AS "residentId", a.id, a.number, l.name, ${addressColumns}
     FROM link l JOIN account a ON a.id = l.account_id
     WHERE l.resident_id = ANY ($1::uuid[]) AND l.removed_at IS NULL AND a.open ORDER BY l.linked_at, a.id`,
    [residents],
  )
  return residents.map((resident) => rows.filter(({ residentId }) => residentId === resident))
}

/** A resident's accounts as a messenger of this policy may carry them. */
export function asCalled(rows: readonly LinkedRow[], policy: ChannelPolicy): LinkedAccount[] {
  const named = rows.map(({ id, number, name, ...address }) => ({ address, number, name: name ?? undefined }))
  const words = accountWords(named, policy)
  return rows.map(({ id, number, name }, nth) => ({
    ...{ id, number: maskAccount(number), label: '', line: '', address: '', heard: [] },
    ...words[nth],
    ...(name !== null && { name }),
  }))
}

/** Others who have linked an account of this resident, the latest first. */
export function otherLinks(sql: Sql, residentId: string, accountId: number): Promise<OtherLink[]> {
  return sql<OtherLink>('queries.otherLinks', `${others} AND mine.account_id = $2 ORDER BY o.linked_at DESC, o.id`, [
    residentId,
    accountId,
  ])
}

/** One such link and its account, while there is something to tell of it. */
export async function otherLink(
  sql: Sql,
  residentId: string,
  link: string,
): Promise<(OtherLink & { accountId: number }) | undefined> {
  const [found] = await sql<OtherLink & { accountId: number }>('queries.otherLink', `${others} AND o.id = $2::uuid`, [
    residentId,
    link,
  ])
  return found
}

/** How a resident has linked an open account of his; nothing when he has not. */
export async function proofOf(
  sql: Sql,
  residentId: string,
  accountId: number,
): Promise<OtherLink['proof'] | undefined> {
  const [link] = await sql<Pick<OtherLink, 'proof'>>(
    'queries.proof',
    `SELECT l.proof FROM link l JOIN account a ON a.id = l.account_id AND a.open
     WHERE l.resident_id = $1::uuid AND l.account_id = $2 AND l.removed_at IS NULL`,
    [residentId, accountId],
  )
  return link?.proof
}

/** What became of an account that the resident had linked; nothing when it is linked, or never was. */
export async function lostAccount(
  sql: Sql,
  residentId: string,
  accountId: number,
  policy: ChannelPolicy,
): Promise<LostAccount | undefined> {
  const [row] = await sql<LostRow>(
    'queries.lost',
    `SELECT a.number, a.open, l.removed_at IS NULL AS linked, l.removed_why AS why, ${addressColumns}
     FROM link l JOIN account a ON a.id = l.account_id WHERE l.resident_id = $1::uuid AND l.account_id = $2
     ORDER BY l.removed_at DESC NULLS FIRST LIMIT 1`,
    [residentId, accountId],
  )
  if (!row || (row.open && row.linked)) return undefined
  return {
    address: lostAddress({ address: row, number: row.number }, policy),
    why: row.open ? (row.why ?? 'self') : 'closed',
  }
}

interface LostRow extends AddressParts {
  number: string
  open: boolean
  linked: boolean
  why: 'closed' | 'denied' | 'self' | null
}

/**
 * Whether the resident of the link `mine` may unlink the one of `o`: he has shown the account's code where the other one knew its
 * address only, or both have shown the same and he was there first. Who guessed an address never keeps the owner out. (SQL)
 */
export const mayRemove = `CASE WHEN (mine.proof = 'code') = (o.proof = 'code') THEN o.linked_at >= mine.linked_at ELSE mine.proof = 'code' END`

const others = `
SELECT o.id AS link, to_char(o.linked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "linkedAt", o.proof,
       ${mayRemove} AS "mayRemove", o.account_id AS "accountId"
FROM link mine JOIN account a ON a.id = mine.account_id AND a.open
JOIN link o ON o.account_id = mine.account_id AND o.resident_id <> mine.resident_id AND o.removed_at IS NULL
WHERE mine.resident_id = $1::uuid AND mine.removed_at IS NULL`
