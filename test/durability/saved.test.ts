import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialogs } from '../../src/dialogs/index.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { readState } from '../../src/engine/state.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type BareEngine, bareEngine, settleIn, shown } from './bareEngine.ts'
import { buildSavedHome, savedHome } from './savedHome.ts'

/** Conversations as releases have saved them: `<dialog>.<place>.v<version of the dialog>.json`. None is ever changed or removed. */
const folder = new URL('./saved/', import.meta.url)
const samples = (await readdir(folder)).filter((name) => name.endsWith('.json'))

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

test('every place of every dialog has its sample', () => {
  const places = [...dialogs.values()].flatMap(({ id, version, places }) =>
    Object.keys(places).map((place) => `${id}.${place}.v${version}.json`),
  )
  expect(samples).toEqual(expect.arrayContaining(places))
})

test.each(samples)('%s is gone on from', async (name) => {
  const state: unknown = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
  const chat: ChatId = `vk:${samples.indexOf(name) + 1}`
  const flats = savedHome.accounts.map((accountId) => ({ accountId }))
  await settleIn(fresh.database, chat, flats, state)
  // A press on a screen of long ago shows the present one.
  await bare.engine.handle([bare.event(chat, { kind: 'choice', token: '0.0', message: '1' })])
  const [screen, ...more] = await shown(fresh.database, chat)
  expect(more).toEqual([])
  expect(screen?.text.text).not.toMatch(/^$|не сохранился|пошло не так/)
  const { state: saved } = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
  const [dialog] = name.split('.')
  expect(readState(saved)?.at).toMatchObject({ dialog, version: dialogs.get(dialog ?? '')?.version })
})
