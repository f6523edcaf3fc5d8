import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentVersion } from '../../src/dialogs/consent.ts'
import type { ChatId, InboundFile, Input } from '../../src/engine/event.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { createQueries } from '../../src/queries/registry.ts'
import { type BareEngine, bareEngine, settleIn, shown } from '../durability/bareEngine.ts'
import { buildSavedHome, savedHome } from '../durability/savedHome.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { both, said } from '../talks/said.ts'

let fresh: FreshDatabase
let bare: BareEngine
let chat: ChatId = 'telegram:0'
let resident = ''
beforeAll(async () => {
  fresh = await freshDatabase()
  await buildSavedHome(fresh.database)
  bare = bareEngine(fresh.database)
})
afterAll(async () => {
  await bare.close()
  await fresh.drop()
})
beforeEach(async () => {
  chat = `telegram:${Number(chat.slice('telegram:'.length)) + 1}`
  await settleIn(fresh.database, chat, [{ accountId: savedHome.accounts[0] }])
  await fresh.database.pool.query('UPDATE consent SET version = $1', [consentVersion])
  const { rows } = await fresh.database.pool.query('SELECT resident_id FROM conversation WHERE chat = $1', [chat])
  resident = rows[0].resident_id
})

const take = (input: Input) => bare.engine.handle([bare.event(chat, input)])
const press = async (label: string) => bare.engine.handle([await bare.press(chat, label)])
const say = (text: string, message = '7') => take({ kind: 'text', text, message })
const last = async () => (await shown(fresh.database, chat)).at(-1)?.text.text ?? ''
const draftOf = (kind: 'papers' | 'account') => createQueries(sqlOn(fresh.database)).requests.draft(resident, kind)

const file = (name: string, more: Partial<InboundFile> = {}): InboundFile => ({
  kind: 'document',
  ref: name,
  name,
  ...more,
})
const sends = (files: InboundFile[], more: { album?: string; message?: string; caption?: string } = {}): Input => ({
  ...{ kind: 'files', files, message: '9', ...more },
})

/** At the gathering of papers for a benefit. */
async function gathering() {
  await take({ kind: 'start', payload: 'papers' })
  await press('Льгота')
  expect(await last()).toMatch(both(said('papers.needed'), said('papers.howTo')))
}

test('an album that is cut by a restart is whole, each piece of it once', async () => {
  await gathering()
  const pieces = ['a', 'b', 'c'].map((name, nth) =>
    bare.event(chat, sends([file(name)], { album: '5', message: `${nth}` })),
  )
  await bare.engine.handle(pieces.slice(0, 2))
  await bare.close()
  bare = bareEngine(fresh.database)
  // What had not been acknowledged comes again.
  await bare.engine.handle(pieces.slice(1))
  expect((await draftOf('papers'))?.lines).toMatchObject([{ files: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }])
  expect(await last()).toMatch(said('papers.received', { count: '3', left: '7' }))
})

describe('of files that come at once', () => {
  const many = Array.from({ length: 11 }, (_, nth) => file(`page-${nth + 1}.pdf`))
  const megabytes = (size: number) => ({ size: size * 1024 * 1024 })
  test.each<[string, InboundFile[], number, RegExp]>([
    ['the eleventh', many, 10, said('papers.notTaken.tooMany', { file: 'Файл «page-11.pdf»', count: '10' })],
    [
      'one that is said to be too large',
      [file('a'), file('big', megabytes(11))],
      1,
      said('papers.notTaken.tooLarge', { file: 'Файл «big»' }),
    ],
    [
      'the one that makes them too much together',
      ['a', 'b', 'c', 'd'].map((name) => file(name, megabytes(9))),
      3,
      said('papers.notTaken.together', { file: 'Файл «d»', together: '30' }),
    ],
    ['an empty one', [file('a'), file('none', { size: 0 })], 1, said('papers.notTaken.empty', { file: 'Файл «none»' })],
    ['a voice', [file('a'), file('v.ogg', { kind: 'voice' })], 1, said('papers.notTaken.kind')],
  ])('%s is named and left, the rest is kept', async (_, files, kept, told) => {
    await gathering()
    await take(sends(files))
    expect(await last()).toMatch(told)
    expect((await draftOf('papers'))?.lines.flatMap((line) => line.files)).toHaveLength(kept)
    expect(await last()).toMatch(
      kept === 10 ? said('papers.receivedAll') : said('papers.received', { count: `${kept}` }),
    )
  })
})

test('words beside the files are kept, and changed by an edit; «отмена» loses nothing', async () => {
  await gathering()
  await take(sends([file('a')], { message: '1', caption: 'Удостоверение' }))
  await say('Ещё пришлю завтро', '2')
  await take({ kind: 'edited', text: 'Ещё пришлю завтра', message: '2' })
  expect((await draftOf('papers'))?.lines.map(({ text }) => text)).toEqual(['Удостоверение', 'Ещё пришлю завтра'])
  await say('отмена')
  expect(await last()).toMatch(both(said('papers.stopped'), said('menu.title')))
  await take({ kind: 'start', payload: 'papers' })
  expect(await last()).toMatch(said('papers.unsent', { count: '1' }))
  await press('Продолжить')
  expect(await last()).toMatch(said('papers.received', { count: '1' }))
})

describe('where the draft has gone meanwhile', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['a file', () => take(sends([file('late')]))],
    ['words', () => say('вот')],
    ['a button', () => press('Дальше')],
  ])('%s is answered so, and nothing is kept about nothing', async (_, act) => {
    await gathering()
    await take(sends([file('a')]))
    await fresh.database.pool.query(`DELETE FROM request WHERE resident_id = $1`, [resident])
    await act()
    expect(await last()).toMatch(both(said('papers.gone'), said('papers.askMatter')))
    expect(await draftOf('papers')).toBeUndefined()
  })

  test('the last look is told that it is sent', async () => {
    await gathering()
    await take(sends([file('a')]))
    await press('Дальше')
    await fresh.database.pool.query(
      `UPDATE request SET state = 'new', number = 1, sent_at = now(), due_on = '2026-11-24' WHERE resident_id = $1`,
      [resident],
    )
    await say('что?')
    expect(await last()).toMatch(said('papers.sentOrGone'))
  })

  test('«Отправить» on the last look tells the number that it has', async () => {
    await gathering()
    await take(sends([file('a')]))
    await press('Дальше')
    const pressed = await bare.press(chat, 'Отправить')
    const draft = (await draftOf('papers'))?.id
    await fresh.database.pool.query(
      `UPDATE request SET state = 'new', number = 777, sent_at = now(), due_on = '2026-11-24' WHERE id = $1`,
      [draft],
    )
    await bare.engine.handle([pressed])
    expect(await last()).toMatch(said('papers.sent', { number: '777' }))
  })
})

describe('the address of an account to be opened', () => {
  test.each<[string, RegExp]>([
    ['Мира', said('papers.needHouse')],
    ['Мира 5', said('papers.askFlat')],
    ['Мира 5-12', said('papers.askClaimant')],
    ['ЖК Солнечный, дом 3, квартира 8', said('papers.unknownStreet')],
    ['не знаю', said('linking.unknownStreet')],
  ])('«%s»', async (typed, wish) => {
    await take({ kind: 'start', payload: 'papers' })
    await press('Открыть лицевой счёт')
    await say(typed)
    expect(await last()).toMatch(wish)
  })

  test('of a flat is asked for by itself', async () => {
    await take({ kind: 'start', payload: 'papers' })
    await press('Открыть лицевой счёт')
    await say('Мира 5')
    await say('кв. 14')
    expect(await last()).toMatch(said('papers.askClaimant'))
    expect((await draftOf('account'))?.details.address).toBe('улица Мира, д. 5, кв. 14')
  })
})
