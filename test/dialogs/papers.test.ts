import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentVersion } from '../../src/dialogs/consent.ts'
import type { ChatId, InboundFile, Input } from '../../src/engine/event.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { createQueries } from '../../src/queries/registry.ts'
import { type BareEngine, bareEngine, settleIn, shown } from '../durability/bareEngine.ts'
import { buildSavedHome, savedHome } from '../durability/savedHome.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'
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

/** Papers with one file, as they stand with staff: in a state, since so many days when they are over. */
async function sentPapers(
  state: string,
  daysOver = 0,
): Promise<{ id: string; file: string; news(about: string): Promise<void> }> {
  await gathering()
  await take(sends([file('a.pdf')]))
  const draft = await draftOf('papers')
  await press('Дальше')
  await press('Отправить')
  expect(await last()).toMatch(said('papers.sent'))
  const over = new Date(Date.parse(noon) - daysOver * 86_400_000)
  await fresh.database.pool.query(
    `UPDATE request SET state = $2::"RequestState", answered_at = CASE WHEN $2 IN ('rejected', 'done') THEN $3::timestamptz END WHERE id = $1`,
    [draft?.id, state, over],
  )
  return {
    id: draft?.id ?? '',
    file: draft?.lines[0]?.files[0]?.id ?? '',
    news: (about) => take({ kind: 'due', timer: about, what: { kind: 'news', dialog: 'papers', about } }),
  }
}

describe('after they were sent', () => {
  test('a file that could not be kept is told of with the number, and can be sent again', async () => {
    const { file: bad, news } = await sentPapers('new')
    await fresh.database.pool.query(`UPDATE file SET state = 'refused', refusal = 'locked' WHERE id = $1`, [bad])
    await news(`file:${bad}`)
    expect(await last()).toMatch(
      both(said('papers.refusedOf'), said('papers.refused.locked', { file: 'Файл «a.pdf»' })),
    )
    await press('Дослать документы')
    expect(await last()).toMatch(said('papers.moreTitle'))
  })

  test.each([
    ['waiting', 0, said('papers.moreTaken'), 'new'],
    ['rejected', 6, said('papers.reopened'), 'new'],
    ['rejected', 8, said('papers.tooLate'), 'rejected'],
  ])('more for those that are %s for %i days', async (state, days, told, comesTo) => {
    const { id } = await sentPapers(state, days)
    await take({ kind: 'start', payload: 'documents' })
    await press('Поданные документы')
    const { rows } = await fresh.database.pool.query('SELECT number FROM request WHERE id = $1', [id])
    await press(`№ ${rows[0].number}`)
    expect(await last()).toMatch(said(`papers.state.${state}`))
    if (days > 7) return expect(press('Дослать документы')).rejects.toThrow('no button')
    await press('Дослать документы')
    await take(sends([file('b.pdf')]))
    expect(await last()).toMatch(told)
    expect((await fresh.database.pool.query('SELECT state FROM request WHERE id = $1', [id])).rows).toEqual([
      { state: comesTo },
    ])
  })

  test('for an account to be opened, how they stand comes before another one is opened', async () => {
    const { id } = await sentPapers('assigned')
    const { rows } = await fresh.database.pool.query(
      `UPDATE request SET kind = 'account', subject = NULL WHERE id = $1 RETURNING number`,
      [id],
    )
    await take({ kind: 'start', payload: 'papers' })
    await press('Открыть лицевой счёт')
    expect(await last()).toMatch(said('papers.underway', { number: `${rows[0].number}` }))
    await press('Открыть ещё один счёт')
    expect(await last()).toMatch(said('papers.askAddress'))
  })

  test('a number alone is written down as an answer, not taken for a button', async () => {
    const { id } = await sentPapers('waiting')
    await take({ kind: 'start', payload: 'documents' })
    await press('Поданные документы')
    const { rows } = await fresh.database.pool.query('SELECT number FROM request WHERE id = $1', [id])
    await press(`№ ${rows[0].number}`)
    await press('Дослать документы')
    await say('1', '8')
    const { rows: lines } = await fresh.database.pool.query(
      `SELECT body ->> 'text' AS text FROM request_line WHERE request_id = $1 ORDER BY id DESC LIMIT 1`,
      [id],
    )
    expect(lines).toEqual([{ text: '1' }])
  })

  test('nobody is told of papers of another, nor of lines that are not there', async () => {
    const { news, file: kept } = await sentPapers('new')
    const before = (await shown(fresh.database, chat)).length
    for (const about of ['999999', 'x', `file:${kept}`]) await news(about)
    expect(await shown(fresh.database, chat)).toHaveLength(before)
  })
})

test('papers for a visit do not silently take the place of others that were begun', async () => {
  const booking = '3d1f5a3e-8a0b-4d52-9c11-0c5d3f1f9a10'
  await fresh.database.pool.query(
    `INSERT INTO booking (id, office_id, topic, date, minute, minutes, window_no, state, ticket, resident_id, chat, created_at, changed_at)
     VALUES ($1, $2, 'meters', '2026-11-12', 600, 15, 1, 'booked', 'М123', $3, $4, $5, $5)`,
    [booking, savedHome.offices[0], resident, chat, noon],
  )
  await gathering()
  await take(sends([file('a.pdf')]))
  await take({ kind: 'start', payload: 'appointment' })
  await press('Прислать документы заранее')
  expect(await last()).toMatch(said('papers.unsent', { title: 'Льгота', count: '1' }))
  expect((await draftOf('papers'))?.subject).toBe('benefit')
  await press('Начать заново')
  expect(await last()).toMatch(said('papers.freely.visit'))
  expect(await draftOf('papers')).toMatchObject({ subject: 'visit', bookingId: booking, lines: [] })
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
