import { z } from 'zod'
import type { CallRecord } from '../../bots/sandbox/audit.ts'
import { type ChatId, messengerOf } from '../../src/engine/event.ts'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import type { Database } from '../../src/infra/database.ts'
import type { Flat, Ground } from './ground.ts'
import { confirmationIn, type Told } from './talk.ts'

/** What a chat was shown, call by call, beside what was to be shown there, row by row. */
export interface Account {
  /** Everything that is not as it must be, in words; empty when all is well. */
  wrong: string[]
  /** Messages and edits shown, and how many of them twice (a cut answer in Telegram). */
  shown: number
  repeated: number
  /** Messages that lie in VK's chats beyond those that were to be shown. */
  vkExtra: number
}

/**
 * Holds what residents have seen against what is stored: nothing pending or dropped, every row shown and in the order of its
 * chat, nothing shown twice but a Telegram message whose answer was cut, a confirmation only with the row it names, and no
 * row without its words.
 */
export async function account({ hand, database }: Pick<Ground, 'hand' | 'database'>): Promise<Account> {
  // A call that was held and let go has shown what it was to show.
  const calls = (await hand.calls()).filter(({ outcome }) => outcome === 'ok' || outcome === 'held')
  const shownIn = byChat(calls.flatMap(shownBy))
  const rowsOf = byChat(await outboxRows(database))
  const found: Account = { wrong: [], shown: 0, repeated: 0, vkExtra: 0 }
  for (const [chat, rows] of rowsOf) {
    for (const { revision, state } of rows) if (state !== 'sent') found.wrong.push(`${chat} ${revision} is ${state}`)
    const shown = shownIn.get(chat) ?? []
    found.shown += shown.length
    const repeats = outOfOrder(
      rows.map(keyOfRow),
      shown.map(({ key }) => key),
    )
    if (typeof repeats === 'string') found.wrong.push(`${chat}: ${repeats}`)
    else found.repeated += repeats
    if (messengerOf(chat) === 'vk') found.vkExtra += await extraIn(hand, database, chat)
  }
  const taken = new Set(await confirmationsTaken(database))
  const said = new Set(calls.flatMap((call) => shownBy(call).flatMap(({ text }) => confirmationIn(text) ?? [])))
  for (const one of without(said, taken)) found.wrong.push(`№ ${one} was said and is not stored`)
  for (const one of without(taken, said)) found.wrong.push(`№ ${one} is stored and was not said`)
  return found
}

/** What is stored of an account's readings, as a resident would have been told of it; `current` is what counts now. */
export async function storedReadings(
  { pool }: Database,
  flat: Flat,
): Promise<{ told: Told[]; current: Told | undefined }> {
  const { rows } = await pool.query<Told & { current: boolean }>(
    `SELECT r.confirmation, bool_and(r.status = 'accepted') AS current,
            array_agg((r.t1 * 1000)::int ORDER BY array_position($2::text[], r.meter_id)) AS values
     FROM reading r WHERE r.account_id = $1 AND r.confirmation IS NOT NULL GROUP BY r.confirmation ORDER BY r.confirmation::int`,
    [flat.accountId, flat.meters.map(({ id }) => id)],
  )
  const told = rows.map(({ confirmation, values }) => ({ confirmation, values }))
  return { told, current: told[rows.findIndex(({ current }) => current)] }
}

const without = <One>(all: Set<One>, others: Set<One>): One[] => [...all].filter((one) => !others.has(one))

function byChat<One extends { chat: ChatId }>(all: One[]): Map<ChatId, One[]> {
  const chats = new Map<ChatId, One[]>()
  for (const one of all) chats.set(one.chat, [...(chats.get(one.chat) ?? []), one])
  return chats
}

/** How often something was shown again at once; or in words where the two go apart. */
function outOfOrder(wanted: string[], shown: string[]): number | string {
  let at = 0
  for (const [nth, key] of wanted.entries()) {
    if (shown[at] !== key)
      return `row ${nth} of ${wanted.length} was to be shown ${at}th, there is ${shown[at] ?? 'nothing'}`
    while (shown[at] === key) at += 1
  }
  return at === shown.length ? shown.length - wanted.length : `shown and never to be: ${shown[at]}`
}

interface Row {
  chat: ChatId
  revision: number
  state: string
  body: Outgoing
}

async function outboxRows({ pool }: Database): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    'SELECT chat, revision, state, body FROM outbox ORDER BY chat, revision, ordinal',
  )
  return rows.filter((row, nth) => row.body.kind === 'show' && !saysTheSame(row, rows[nth - 1]))
}

/** An edit by which nothing changes is no message, and Telegram refuses it. */
const saysTheSame = (row: Row, before: Row | undefined): boolean =>
  row.body.kind === 'show' &&
  row.body.revises !== undefined &&
  before?.chat === row.chat &&
  keyOfRow(before) === keyOfRow(row)

/** A screen is known by its words and its buttons, which carry the revision. */
const keyOfRow = ({ body }: Row): string =>
  body.kind === 'show' ? JSON.stringify([body.text.text, body.buttons.flat().map(({ token }) => token)]) : body.kind

const telegramCall = z.object({
  chat_id: z.coerce.string(),
  text: z.string().optional(),
  /** Of a file. */
  caption: z.string().optional(),
  reply_markup: parsedJson(
    z.object({ inline_keyboard: z.array(z.array(z.object({ callback_data: z.string() }))) }),
  ).optional(),
})
const vkCall = z.object({
  peer_ids: z.coerce.string().optional(),
  peer_id: z.coerce.string().optional(),
  message: z.string(),
  keyboard: parsedJson(
    z.object({
      buttons: z.array(z.array(z.object({ action: z.object({ payload: parsedJson(z.object({ t: z.string() })) }) }))),
    }),
  ).optional(),
})

function parsedJson<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess((given) => (typeof given === 'string' ? JSON.parse(given) : given), shape)
}

function shownBy({ method, params }: CallRecord): { chat: ChatId; key: string; text: string }[] {
  if (['sendMessage', 'editMessageText', 'sendDocument'].includes(method)) {
    const { chat_id, caption = '', text = caption, reply_markup } = telegramCall.parse(params)
    const tokens = reply_markup?.inline_keyboard.flat().map((button) => button.callback_data) ?? []
    return [{ chat: `telegram:${chat_id}`, key: JSON.stringify([text, tokens]), text }]
  }
  if (method === 'messages.send' || method === 'messages.edit') {
    const { peer_ids, peer_id, message, keyboard } = vkCall.parse(params)
    const tokens = keyboard?.buttons.flat().map((button) => button.action.payload.t) ?? []
    return [{ chat: `vk:${peer_ids ?? peer_id}`, key: JSON.stringify([message, tokens]), text: message }]
  }
  return []
}

/** Messages of ours in a VK chat beyond those that are known to be shown there. */
async function extraIn(hand: Ground['hand'], { pool }: Database, chat: ChatId): Promise<number> {
  const person = (await hand.people()).find(({ vkId }) => chat === `vk:${vkId}`)
  if (!person) return 0
  const { messages } = await hand.resident('vk', person.id).chat()
  const { rows } = await pool.query<{ message: string }>(
    'SELECT DISTINCT unnest(messages) AS message FROM outbox WHERE chat = $1',
    [chat],
  )
  const known = new Set(rows.map(({ message }) => message))
  return messages.filter(({ id, from }) => from === 'bot' && !known.has(id)).length
}

async function confirmationsTaken({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ confirmation: string }>(
    'SELECT DISTINCT confirmation FROM reading WHERE confirmation IS NOT NULL',
  )
  return rows.map(({ confirmation }) => confirmation)
}
