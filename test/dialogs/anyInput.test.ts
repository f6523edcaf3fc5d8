import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../bots/product.ts'
import { render as renderForTelegram } from '../../bots/telegram/render.ts'
import { render as renderForVk } from '../../bots/vk/render.ts'
import { dialogs } from '../../src/dialogs/index.ts'
import type { ChatId, Input, Messenger } from '../../src/engine/event.ts'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import { newState, readState, type State } from '../../src/engine/state.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { telegramViolations, vkViolations } from '../contracts/violations.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'
import { Olga, withDesk } from '../talks/desk.ts'
import { type Act, act, type DeskAct, message, numbers } from './acts.ts'
import { wronglyCarried } from './carried.ts'
import { unasked, writtenIn } from './written.ts'

/** The engine over a real database, without any messenger: what it would show is read from the outbox. */
let fresh: FreshDatabase
let product: Product
let olga: Olga
const logged: string[] = []
const clock = testClock(noon)
beforeAll(async () => {
  fresh = await freshDatabase({ of: 'town' })
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  product = await startProduct({
    config: readConfig({
      DATABASE_URL: fresh.url,
      HASH_KEY: hashKey,
      LINK_FAILURES_PER_HOUR: '100000',
      CHANNEL_POLICY_VK: 'linkOnly',
      ...withDesk,
      ROLES: 'telegram',
    }),
    hashKey,
    databaseUrl: fresh.url,
    clock,
    log: openLogger({ level: 'error' }, sink),
    fatal: (reason) => {
      throw reason
    },
  })
  olga = new Olga({ product, fresh, clock })
  await olga.comesToWork()
})
afterAll(async () => {
  await product.close()
  await fresh.drop()
})

type Shown = Extract<Outgoing, { kind: 'show' }>

async function query<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return (await fresh.database.pool.query(sql, values)).rows
}

/** A chat of somebody who has linked these accounts; with none, of somebody who has not even consented. */
async function chatWith(messenger: Messenger, accounts: string[]): Promise<ChatId> {
  const [chat, resident]: [ChatId, string] = [`${messenger}:${randomUUID()}`, randomUUID()]
  if (accounts.length === 0) return chat
  await query('INSERT INTO resident (id, created_at) VALUES ($1, $2)', resident, new Date(noon))
  await query(
    `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) VALUES (gen_random_uuid(), $1, 1, '', '', $2)`,
    resident,
    new Date(noon),
  )
  await query(
    `INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at)
     SELECT gen_random_uuid(), $1, id, 'address', $2, $3 FROM account WHERE number = ANY ($4)`,
    ...[resident, chat, new Date(noon), accounts],
  )
  await query(
    'INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)',
    ...[chat, JSON.stringify(newState()), resident, new Date(noon)],
  )
  return chat
}

async function stateOf(chat: ChatId): Promise<State | undefined> {
  const [row] = await query<{ state: unknown }>('SELECT state FROM conversation WHERE chat = $1', chat)
  return row && readState(row.state)
}

const shownIn = (chat: ChatId) =>
  query<{ body: Shown | null }>('SELECT body FROM outbox WHERE chat = $1 ORDER BY revision, ordinal', chat)

const unanswered: ReadonlySet<Input['kind']> = new Set([
  ...(['due', 'blocked', 'unblocked', 'group', 'fromAdmin', 'typing'] as const),
])

/** Nothing is said back to these, and nothing by the bot to anybody who talks with a person; everything else is answered. */
function maySilent(one: Input, before: State | undefined): boolean {
  if (unanswered.has(one.kind) || isHeld(before)) return true
  return one.kind === 'choice' && before?.screen?.from === one.token
}

const isHeld = (state: State | undefined) =>
  state?.at?.dialog === 'consultant' && JSON.stringify(state.at.place).includes('"talking"')

/** What a consultant does with whoever has asked for one, when it can be done. Words and a dialog that he opens want a talk. */
async function atTheDesk(chat: ChatId, act: DeskAct): Promise<void> {
  const [now] = await query<{ state: string; isHers: boolean | null }>(
    `SELECT h.state, h.taken_by = '700' AS "isHers" FROM hand_off h JOIN conversation c ON c.resident_id = h.resident_id WHERE c.chat = $1 AND h.state <> 'closed'`,
    chat,
  )
  if (act === 'take' ? now?.state !== 'waiting' : !now?.isHers) return
  const who = { chat }
  if (act === 'say') await olga.say(who, 'Слушаю вас')
  else if (act === 'lead') await olga.lead(who, 'readings')
  else await olga[act](who)
}

function expectAValidPlace(state: State | undefined): void {
  expect(state).toBeDefined()
  if (!state?.at) return
  const dialog = dialogs.get(state.at.dialog)
  expect(dialog?.version).toBe(state.at.version)
  expect(dialog?.place.safeParse(state.at.place).success).toBe(true)
  for (const place of state.at.trail) expect(dialog?.place.safeParse(place).success).toBe(true)
}

/** Neither messenger has anything against what it would be asked for, whatever its client can show. */
function expectWithinLimits(screen: Shown): void {
  for (const client of [{}, { textButtonsOnly: true } as const]) {
    const shown = { ...screen, ...client }
    for (const call of renderForTelegram('telegram:5551', shown)) expect(telegramViolations(call)).toEqual([])
    for (const call of renderForVk('vk:77', shown)) expect(vkViolations(call)).toEqual([])
  }
}

/** What a resident who wants to submit readings, or to book a visit, says where he stands. */
function answerTo(before: State | undefined, first: string): Input {
  const place = JSON.stringify(before?.at?.place ?? null)
  const said = [
    ['"menu"', (before?.screen?.stamp ?? 0) % 3 === 0 ? 'записаться на приём' : 'показания'],
    ['"ways"', '8 марта 120-45'],
    ['"address"', '8 марта 120-45'],
    ['"number"', '6682305547'],
    ['"district"', 'Кировский'],
    ['"topic"', 'Счётчики'],
    ['"days"', 'завтра в 10'],
    ['"values"', '324 311'],
    ['"one"', '7000'],
  ].find(([at = '']) => place.includes(`"at":${at}`))?.[1]
  return said === undefined ? { kind: 'choice', token: first, message } : { kind: 'text', text: said, message }
}

const said = (text: string): Act => ({ input: { kind: 'text', text, message } })

/** What chance may pass by: readings that are taken, a visit that is booked, a talk with a person to its end. */
const examples: [Messenger, string[], Act[]][] = [
  ['vk', ['6682305547'], [said('/start'), said('324 311'), { press: 0 }]],
  ['vk', ['6682305547'], [said('/start'), said('записаться на приём'), ...Array(4).fill({ press: 0 })]],
  [
    'telegram',
    ['6682305547'],
    [
      said('/start'),
      said('оператор'),
      { press: 0 },
      said('Добрый день'),
      { desk: 'take' },
      { desk: 'say' },
      said('да'),
    ],
  ],
]

test('whatever a resident does, he is shown where he stands and what his messenger may carry, and nothing is taken that he has not confirmed', async () => {
  const scenario = fc.tuple(
    fc.constantFrom<Messenger>('telegram', 'vk'),
    fc.oneof(fc.constantFrom<string[]>([], ['6682305547']), fc.subarray(numbers)),
    fc.array(act, { minLength: 5, maxLength: 25 }),
  )
  await fc.assert(
    fc.asyncProperty(scenario, async ([messenger, accounts, acts]) => {
      const chat = await chatWith(messenger, accounts)
      for (const one of acts) {
        if ('desk' in one) {
          await atTheDesk(chat, one.desk)
          continue
        }
        const screens = (await shownIn(chat)).flatMap(({ body }) => body ?? [])
        const shown = screens.at('pressOld' in one ? -2 : -1)
        const [before, written] = [await stateOf(chat), await writtenIn(fresh.database)]
        const token = (nth: number) => {
          const buttons = shown?.buttons.flat() ?? []
          return buttons[nth % Math.max(1, buttons.length)]?.token ?? 'none'
        }
        const taken: Input =
          'input' in one
            ? one.input
            : 'answer' in one
              ? answerTo(before, token(0))
              : { kind: 'choice', token: token('press' in one ? one.press : one.pressOld), message }
        await product.engine.handle([{ id: randomUUID(), chat, at: new Date(noon), input: taken }])

        expect(logged).toEqual([])
        const stands = await stateOf(chat)
        // That somebody is writing moves nothing: who has said nothing yet stands nowhere.
        if (taken.kind === 'typing') expect(stands).toEqual(before)
        else expectAValidPlace(stands)
        const after = (await shownIn(chat)).flatMap(({ body }) => body ?? [])
        const answers = after.slice(screens.length)
        const deleted = after.length < screens.length
        if (!deleted && !maySilent(taken, before)) expect(answers.length).toBeGreaterThan(0)
        for (const { text, buttons: offered } of taken.kind === 'group' ? [] : answers) {
          expect(text.text.trim()).not.toBe('')
          expect(text.text).not.toMatch(/\{\{|undefined|NaN|\[object/)
          expect(offered.flat().length).toBeGreaterThan(0)
          expect(offered.flat().length).toBeLessThanOrEqual(10)
        }
        for (const screen of answers) {
          expectWithinLimits(screen)
          if (messenger === 'vk') expect(wronglyCarried(screen, stands)).toEqual([])
        }
        expect(unasked(written, await writtenIn(fresh.database), taken, before)).toEqual([])
      }
    }),
    { numRuns: 120, examples: examples.map((one) => [one]) },
  )
  const { readings, visits } = await writtenIn(fresh.database)
  expect([readings > 0, visits > 0]).toEqual([true, true])
  const handed = await query<{ author: string }>('SELECT DISTINCT author FROM desk_line ORDER BY author')
  expect(handed.map(({ author }) => author)).toEqual(['consultant', 'desk', 'resident'])
})
