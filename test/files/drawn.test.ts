import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DrawnFile, Outgoing } from '../../src/engine/outgoing.ts'
import { type Draughtsman, drawnFiles } from '../../src/files/drawn.ts'
import { openFileStore } from '../../src/files/store.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { testClock } from '../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.database.pool.query('DELETE FROM drawn_platform_ref')
})

const said = (text: string) => ({ text, spans: [{ style: 'bold' as const, at: 0, length: 2 }] })
const file: DrawnFile = {
  id: 'consumption:m:2026-11:ru:1',
  kind: 'photo',
  name: 'расход.png',
  drawn: { kind: 'consumption', accountId: 1, meterId: 'm', present: '2026-11', language: 'ru' },
  otherwise: said('то же словами'),
  denied: said('счёт не подключён'),
}
const shown: Outgoing = {
  kind: 'show',
  text: said('коротко'),
  buttons: [[{ label: 'Меню', token: '1.0' }]],
  files: [file],
}
const chat = 'vk:1'

const logged: string[] = []
/** `drawings` counts. */
function sender(how: Partial<Draughtsman> = {}, clock = testClock(noon)) {
  const counted = { drawings: 0 }
  const draughtsman: Draughtsman = {
    maySee: async () => true,
    draw: async () => {
      counted.drawings++
      return Buffer.from('picture')
    },
    ...how,
  }
  const files = drawnFiles({
    sql: sqlOn(fresh.database),
    stored: openFileStore(fresh.database),
    draughtsmen: {
      ...{ consumption: draughtsman, charges: draughtsman, chargesCsv: draughtsman, chargesPdf: draughtsman },
      ...{ receipt: draughtsman, receiptFile: draughtsman, paymentCode: draughtsman },
      ...{ transcript: draughtsman, visit: draughtsman, document: draughtsman, orderFile: draughtsman },
    },
    clock,
    log: { error: (_, message) => logged.push(message) },
  })
  return { files, counted }
}

const fails = () => Promise.reject(new Error('no ink'))

test('a picture is drawn before it is sent, and by the platform’s id ever after, in that messenger', async () => {
  const { files, counted } = sender()
  const { outgoing, drawn } = await files.ready(shown, chat, 'vk')
  expect(outgoing).toEqual(shown)
  expect(Buffer.from((await drawn.get(file.id)?.bytes()) ?? []).toString()).toBe('picture')
  await files.remember('vk', [{ file: file.id, ref: 'photo1_2' }])
  expect((await files.ready(shown, chat, 'vk')).drawn.get(file.id)?.cachedRef).toBe('photo1_2')
  expect(counted.drawings).toBe(1)
  expect((await files.ready(shown, 'telegram:1', 'telegram')).drawn.get(file.id)?.cachedRef).toBeUndefined()
  expect(counted.drawings).toBe(2)
})

test('a picture that cannot be drawn gives way to its words, below what is said with it', async () => {
  const { outgoing, drawn } = await sender({ draw: fails }).files.ready(shown, chat, 'vk')
  expect(outgoing).toEqual({
    ...shown,
    files: [],
    text: {
      text: 'коротко\n\nто же словами',
      spans: [
        { style: 'bold', at: 0, length: 2 },
        { style: 'bold', at: 9, length: 2 },
      ],
    },
  })
  expect([drawn.size, logged.at(-1)]).toEqual([0, 'a file cannot be drawn, its words go without it'])
})

test('whoever may not see it any more is told so and nothing else, though the platform has the picture', async () => {
  const { files, counted } = sender({ maySee: async () => false })
  await files.remember('vk', [{ file: file.id, ref: 'photo1_2' }])
  const { outgoing, drawn } = await files.ready(shown, chat, 'vk')
  expect(outgoing).toEqual({ ...shown, files: [], text: file.denied })
  expect([drawn.size, counted.drawings]).toEqual([0, 0])
})

test('a picture that the platform has forgotten and that cannot be drawn is an empty file, of which the words are shown', async () => {
  const { files } = sender({ draw: fails })
  await files.remember('vk', [{ file: file.id, ref: 'photo1_2' }])
  const { drawn } = await files.ready(shown, chat, 'vk')
  expect((await drawn.get(file.id)?.bytes())?.length).toBe(0)
})

test('PostgreSQL’s silence is told, so that the delivery waits', async () => {
  const down = Object.assign(new Error('terminating connection'), { code: '57P01' })
  const { files } = sender({ maySee: () => Promise.reject(down) })
  await expect(files.ready(shown, chat, 'vk')).rejects.toBe(down)
})

test('a platform’s ids are kept for two months', async () => {
  const clock = testClock(noon)
  const { files } = sender({}, clock)
  await files.remember('vk', [{ file: file.id, ref: 'photo1_2' }])
  const later = testClock(new Date(clock.now().getTime() + 61 * 86_400_000).toISOString())
  await sender({}, later).files.remember('vk', [{ file: 'consumption:other', ref: 'photo1_3' }])
  const { rows } = await fresh.database.pool.query('SELECT id FROM drawn_platform_ref')
  expect(rows).toEqual([{ id: 'consumption:other' }])
})
