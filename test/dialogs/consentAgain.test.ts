import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { consentVersion } from '../../src/dialogs/consent.ts'
import { dialogs } from '../../src/dialogs/index.ts'
import { type Dialog, defineDialog, goTo, screen, unclear } from '../../src/engine/dialog.ts'
import type { ChatId, Input } from '../../src/engine/event.ts'
import { readState } from '../../src/engine/state.ts'
import { text } from '../../src/engine/text.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { maySee } from '../../src/queries/history.ts'
import { type BareEngine, bareEngine, settleIn, shown } from '../durability/bareEngine.ts'
import { buildSavedHome, savedHome } from '../durability/savedHome.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { both, said } from '../talks/said.ts'

const words = (said: string) => text('common.words', { words: said })

/** Shows what the first version of the consent does not speak of. */
const bills = defineDialog<{ at: 'shown' }>({
  id: 'bills',
  version: 1,
  needs: 'account',
  consent: 2,
  place: z.object({ at: z.literal('shown') }),
  begin: () => goTo({ at: 'shown' }),
  places: { shown: { ask: () => screen(words('Начислено')), answer: () => unclear, asksNothing: true } },
  news: () => screen(words('Пришла квитанция'), [], { nav: 'menu' }),
})

let fresh: FreshDatabase
let bare: BareEngine
let chat: ChatId = 'vk:0'
beforeAll(async () => {
  fresh = await freshDatabase()
  await buildSavedHome(fresh.database)
  bare = bareEngine(fresh.database, { dialogs: new Map([...dialogs, ['bills', bills as unknown as Dialog]]) })
})
afterAll(async () => {
  await bare.close()
  await fresh.drop()
})
// Somebody who gave the first version long ago.
beforeEach(async () => {
  chat = `vk:${Number(chat.slice(3)) + 1}`
  await settleIn(fresh.database, chat, [{ accountId: savedHome.accounts[0] }])
})

const take = (input: Input) => bare.engine.handle([bare.event(chat, input)])
const press = async (label: string) => bare.engine.handle([await bare.press(chat, label)])
const last = async () => (await shown(fresh.database, chat)).at(-1)?.text.text ?? ''
const open = () => take({ kind: 'start', payload: 'bills' })
const given = () =>
  fresh.database.prisma.consent.findMany({
    where: { withdrawnAt: null, resident: { conversations: { some: { chat } } } },
    orderBy: { version: 'asc' },
  })

test('whoever gave the first version is shown no charge by any dialog, nor sent a file that holds one', async () => {
  const sums = ['charges', 'chargesPicture', 'chargesExport', 'receipt', 'payment']
  expect(sums.map((id) => dialogs.get(id)?.consent)).toEqual(sums.map(() => 2))
  const [account] = savedHome.accounts
  const sql = sqlOn(fresh.database)
  expect([await maySee(sql, chat, account), await maySee(sql, chat, account, 2)]).toEqual([true, false])
})

test('an older consent holds for what it speaks of, and the new one is asked for once, before anything else is shown', async () => {
  await take({ kind: 'start', payload: 'readings' })
  expect(await last()).toMatch(said('readings.title'))
  await open()
  expect(await last()).toMatch(both(said('consent.again'), said('consent.text')))
  await press('Согласен')
  expect(await last()).toMatch(both(said('consent.thanks'), /Начислено/))
  const [old, renewed, ...more] = await given()
  expect(more).toEqual([])
  expect(old).toMatchObject({ version: 1 })
  expect(renewed).toMatchObject({
    version: consentVersion,
    messenger: 'vk',
    textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  await open()
  expect(await last()).toBe('Начислено')
})

test('who refuses the new one keeps the old one, and is led back to nothing that waits for it', async () => {
  await open()
  await press('Не согласен')
  expect(await last()).toMatch(both(said('consent.asBefore'), said('menu.title')))
  expect(await given()).toMatchObject([{ version: 1 }])
  const { state } = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
  expect(readState(state)?.waiting).toEqual([])
})

test('no news are told of what no consent speaks of', async () => {
  const news: Input = { kind: 'due', timer: 'x', what: { kind: 'news', dialog: 'bills', about: '1' } }
  await take(news)
  expect(await shown(fresh.database, chat)).toEqual([])
  await open()
  await press('Согласен')
  await take(news)
  expect(await last()).toBe('Пришла квитанция')
})

test('who has read an older text is shown the present one before he agrees to it', async () => {
  await fresh.database.prisma.consent.deleteMany({ where: { resident: { conversations: { some: { chat } } } } })
  await open()
  await fresh.database.pool.query(
    `UPDATE conversation SET state = jsonb_set(state, '{at}', '{"dialog": "consent", "version": 1, "place": {"at": "asked"}, "accountId": 0, "trail": []}')
     WHERE chat = $1`,
    [chat],
  )
  await take({ kind: 'text', text: 'да', message: '1' })
  expect(await last()).toMatch(both(said('consent.changed'), said('consent.text')))
  expect(await given()).toEqual([])
  await take({ kind: 'text', text: 'да', message: '2' })
  expect(await given()).toMatchObject([{ version: consentVersion }])
})

test('news are told also to whoever stands at an account that has gone meanwhile', async () => {
  const { pool } = fresh.database
  await open()
  await press('Согласен')
  await pool.query('UPDATE account SET open = false WHERE id = $1', [savedHome.accounts[0]])
  await take({ kind: 'due', timer: 'news', what: { kind: 'news', dialog: 'bills', about: '1' } })
  expect(await last()).toMatch(/^Пришла квитанция\n\n/)
  await pool.query('UPDATE account SET open = true WHERE id = $1', [savedHome.accounts[0]])
})
