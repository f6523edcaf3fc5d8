import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialogs } from '../../src/dialogs/index.ts'
import type { ChatId, Input } from '../../src/engine/event.ts'
import { generationOf } from '../../src/engine/turn.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { storedReadings } from './accounting.ts'
import { type BareEngine, bareEngine, settleIn, shown } from './bareEngine.ts'
import { buildSavedHome, savedHome } from './savedHome.ts'
import { confirmationIn } from './talk.ts'

const [accountId] = savedHome.accounts
const flat = { accountId, number: '', address: '', meters: savedHome.meters.map(({ id }) => ({ id, last: 100_000 })) }

let fresh: FreshDatabase
let bare: BareEngine
beforeAll(async () => {
  fresh = await freshDatabase()
  await buildSavedHome(fresh.database)
  bare = bareEngine(fresh.database)
})
afterAll(async () => {
  await bare.close()
  await fresh.drop()
})

let chats = 0
const says = (text: string): Input => ({ kind: 'text', text, message: '9' })

/** A resident who has submitted readings and stands at the table of the next ones. Answers the number he was told. */
async function inMidReadings(): Promise<{ chat: ChatId; confirmation: string }> {
  const chat: ChatId = `telegram:${++chats}`
  await settleIn(fresh.database, chat, [flat])
  // A little more each time, and never so much that it would be doubted.
  const both = (tenths: number) => `100,${tenths} 100,${tenths}`
  for (const words of ['меню', both(2 * chats + 100)]) await bare.engine.handle([bare.event(chat, says(words))])
  await bare.engine.handle([await bare.press(chat, 'Верно')])
  const confirmation = confirmationIn((await lastShown(chat)).text.text) ?? ''
  await bare.engine.handle([bare.event(chat, says(both(2 * chats + 101)))])
  expect((await lastShown(chat)).text.text).toContain('Проверьте')
  return { chat, confirmation }
}

async function lastShown(chat: ChatId) {
  const last = (await shown(fresh.database, chat)).at(-1)
  if (!last) throw new Error('nothing was shown')
  return last
}

const generation = generationOf(dialogs)

test.each([
  ['no object at all', `'"lost"'`],
  ['an empty object', `'{}'`],
  ['a language nobody speaks', `jsonb_set(state, '{language}', '"tlh"')`],
  ['a place that is no place', `jsonb_set(state, '{at,place}', '17')`],
  ['a place of which a part is missing', `state #- '{at,place,entries}'`],
  ['a place that was never released', `jsonb_set(state, '{at,place}', '{"at": "nowhere"}')`],
  ['a dialog that no release of ours knows', `jsonb_set(state, '{at,dialog}', '"gone"')`],
  ['a version that is no number', `jsonb_set(state, '{at,version}', '"one"')`],
  ['a version from the future, saved by this very release', `jsonb_set(state, '{at,version}', '99')`],
])('%s where a conversation is kept: says so, begins at the menu, keeps the readings', async (_, spoilt) => {
  for (const answer of [says('да'), 'Верно'] as const) {
    const { chat, confirmation } = await inMidReadings()
    const event = typeof answer === 'string' ? await bare.press(chat, answer) : bare.event(chat, answer)
    await fresh.database.pool.query(`UPDATE conversation SET state = ${spoilt} WHERE chat = $1`, [chat])
    await bare.engine.handle([event])
    const { text, buttons } = await lastShown(chat)
    expect(text.text).toMatch(/не сохранился.*Переданные показания на месте/s)
    expect(buttons.flat().map(({ label }) => label)).toContain('Передать показания')
    expect((await storedReadings(fresh.database, flat)).current?.confirmation).toBe(confirmation)
    // From here on all is well again.
    await bare.engine.handle([await bare.press(chat, 'Передать показания')])
    expect((await lastShown(chat)).text.text).toContain('Холодная вода')
  }
})

test('a dialog that only a newer release knows is left to it', async () => {
  const { chat } = await inMidReadings()
  const before = (await shown(fresh.database, chat)).length
  await fresh.database.pool.query(
    `UPDATE conversation SET state = jsonb_set(jsonb_set(state, '{at,dialog}', '"new"'), '{generation}', $2) WHERE chat = $1`,
    [chat, generation + 1],
  )
  await bare.engine.handle([bare.event(chat, says('да'))])
  expect((await shown(fresh.database, chat)).length).toBe(before)
  const { rowCount } = await fresh.database.pool.query('SELECT FROM deferred WHERE chat = $1', [chat])
  expect(rowCount).toBe(1)
})

test('what was parked and cannot be read is not gone back to', async () => {
  const { chat } = await inMidReadings()
  await bare.engine.handle([bare.event(chat, { kind: 'start' })])
  const resume = await bare.press(chat, 'Продолжить')
  await fresh.database.pool.query(
    `UPDATE conversation SET state = jsonb_set(state, '{parked,dialog}', '"gone"') WHERE chat = $1`,
    [chat],
  )
  await bare.engine.handle([resume])
  expect((await lastShown(chat)).text.text).toContain('не сохранился')
})
