import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readPdf } from '../files/pdfText.ts'
import { noon, openTown, type Town } from '../support/town.ts'
import { ordersOf, staffMoves } from './orders.ts'
import { paperOf, type Shown, shownBy } from './receipts.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, otherChat, settled, type Talk, tokenOf } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ env: { DOCUMENT_WAYS: 'chat,office,post' } })
})
afterAll(() => town.close())
afterEach(() => town.clock.set(noon))

/** The words of the document that was shown. */
async function textOf({ files }: Shown): Promise<string> {
  const [file] = files
  if (!file) throw new Error('no file was shown')
  return (await readPdf(await paperOf(town)(file)))
    .map(({ text }) => text)
    .join('\n')
    .replace(/\s+/g, ' ')
}

/** Asked how he wants to receive a document of one kind. */
async function askedHow(talk: Talk, kind: string) {
  await talk.say('заказать документ', said('orders.which'))
  return talk.press(kind, said('order.whichWay'))
}

const address = (talk: Talk) =>
  town.fresh.database.pool.query(
    `UPDATE link SET proof = 'address' WHERE resident_id = (SELECT resident_id FROM conversation WHERE chat = $1)`,
    [talk.chat],
  )

/** The billing's word of an account is of that day. */
const toldAt = ({ number }: { number: string }, day: string) =>
  town.fresh.database.pool.query('UPDATE account SET balance_at = $1 WHERE number = $2', [day, number])

describe.each(messengers)('documents asked for in %s', (messenger) => {
  test('a certificate of debt is drawn and sent at once, and is one of debt where something is owed', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Документы', said('documents.title'))
    const kinds = await talk.press('Заказать справку или выписку', said('orders.which'))
    const shown = await shownBy(talk, () => talk.hand.press('Справка о задолженности'))
    expect(shown.text).toMatch(both(said('order.saysDebt', { sum: '12 645,61 ₽' }), said('order.marks')))
    const number = /№ (\d{6})/.exec(shown.text)?.[1] ?? ''
    expect(shown.files.map(({ name }) => name)).toEqual([`spravka_${number}.pdf`])
    const paper = await textOf(shown)
    for (const part of [
      'Справка о наличии задолженности',
      `№ ${number} от 10 ноября 2026`,
      '6682305547',
      'Берёзкина Вера Макаровна',
    ])
      expect(paper).toContain(part)
    expect(paper).toMatch(/Код проверки [2-9A-Z]{4}-[2-9A-Z]{4}/)
    const again = await shownBy(talk, () => talk.hand.press('Прислать ещё раз'))
    expect(again.files.map(({ name }) => name)).toEqual([`spravka_${number}.pdf`])
    // An old button shows what there is now, and makes no second one.
    await talk.pressOld(tokenOf(kinds, 'Справка о задолженности'), kinds.id, said('common.oldButton'))
    const mine = await talk.say('мои справки', said('orders.drawnLine', { number }))
    expect(mine.text.match(/№ \d{6}/g)).toEqual([`№ ${number}`])
    await talk.press(`№ ${number} Справка о задолженности`, said('order.marks', { number }))
    // The billing has told something since: what is sent then is another document.
    await toldAt(flats.twoWater, '2026-11-02')
    const anew = await shownBy(talk, () => talk.hand.press('Прислать ещё раз'))
    expect(anew.text).toMatch(said('order.marks', { asOf: '2 ноября 2026' }))
    expect(anew.files.map(({ name }) => name)).not.toContain(`spravka_${number}.pdf`)
    await toldAt(flats.twoWater, '2026-11-01')
  })

  test('a statement is of the months that are typed, and names nobody where only the address was proved', async () => {
    const talk = await settled(town, messenger, flats.house)
    await address(talk)
    await talk.say('нужна выписка по лицевому счёту', said('order.whichMonths'))
    await talk.say('май 2001', said('order.noneIn'))
    const shown = await shownBy(talk, () => talk.hand.say('август — октябрь 2026'))
    expect(shown.text).toMatch(said('order.shows.nameless'))
    expect(shown.labels).toContain('По коду активации')
    const paper = await textOf(shown)
    expect(paper).toContain('Период: август 2026 — октябрь 2026')
    expect(paper).toContain('Имя плательщика не указано')
    const sealed = await talk.press('Заказать с печатью', said('order.whichWay'))
    expect(labels(sealed)).toEqual(['На бумаге, в офисе', 'На бумаге, по почте', 'Назад', 'Меню'])
  })

  test('what cannot be drawn goes to staff: why is said, and it is ordered once under a number', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await toldAt(flats.oneMeter, '2026-09-01')
    const why = await askedHow(talk, 'Справка о задолженности')
    expect(why.text).toMatch(said('order.undrawn.stale'))
    expect(labels(why)).toEqual([
      ...['Файлом сюда, от специалиста', 'На бумаге, в офисе', 'На бумаге, по почте', 'Назад', 'Меню'],
    ])
    await talk.press(
      'Файлом сюда, от специалиста',
      both(said('order.how.chat'), said('order.term', { day: '13 ноября 2026' })),
    )
    await talk.press('Заказать', said('order.ordered'))
    await talk.pressOld(tokenOf(why, 'Файлом сюда, от специалиста'), why.id, said('common.oldButton'))
    const [order, ...more] = await ordersOf(town, talk)
    expect([order, more]).toMatchObject([{ subject: 'debt', state: 'new', details: { way: 'chat' } }, []])
    const other = await otherChat(town, talk)
    await askedHow(other, 'Справка о задолженности')
    await other.press('Файлом сюда, от специалиста', said('order.check'))
    await other.press('Заказать', said('order.orderedBefore', { number: String(order?.number) }))
    await toldAt(flats.oneMeter, '2026-11-01')
  })

  test('paper is fetched at an office that is chosen; how it stands can be seen, and it can be taken back', async () => {
    const talk = await settled(town, messenger, flats.withoutMeters)
    await askedHow(talk, 'Копия финансово-лицевого счёта')
    const offices = await talk.press('На бумаге, в офисе', said('order.whichOffice'))
    await talk.press(labels(offices)[0] ?? '', both(said('order.office'), said('order.term')))
    await talk.press('Заказать', said('order.ordered'))
    const [order] = await ordersOf(town, talk)
    const mine = await talk.say('мои справки', said('orders.line', { number: String(order?.number) }))
    await talk.press(labels(mine)[0] ?? '', said('orders.now'))
    await talk.press('Отменить заказ', said('orders.sureToCancel'))
    await talk.press('Нет, оставить', said('orders.kept'))
    await talk.say('отменить', said('orders.sureToCancel'))
    await talk.press('Да, отменить', both(said('orders.cancelled'), said('orders.state.closed')))
    expect(await ordersOf(town, talk)).toMatchObject([{ state: 'closed' }])
  })

  test('staff asks for more and is answered; the ready files arrive by themselves, and can be had again', async () => {
    const talk = await settled(town, messenger, flats.sevenMeters)
    await askedHow(talk, 'Копия финансово-лицевого счёта')
    await talk.press('Файлом сюда, от специалиста', said('order.check'))
    await talk.press('Заказать', said('order.ordered'))
    const asked = await talk.replied(
      () => staffMoves(town, talk, 'waiting', { words: 'За какой год?' }),
      /За какой год\?/,
    )
    expect(asked.text).toMatch(said('orders.news.waiting'))
    await talk.press('Ответить', said('orders.askAnswer'))
    await talk.say('За 2026', both(said('orders.answered'), said('orders.state.new')))
    const archive = { kind: 'document' as const, name: 'scan.pdf', bytes: Buffer.from('PK\x03\x04 archive') }
    await talk.hand.send([archive])
    const isLost = both(said('orders.news.fileLost'), said('papers.refused.archive', { file: 'Файл «scan.pdf»' }))
    await talk.hand.reply(({ text }) => isLost.test(text))
    const files = ['first', 'second'].map((name) => ({ name: `${name}.pdf`, content: `%PDF ${name}` }))
    const ready = await shownBy(talk, () => staffMoves(town, talk, 'done', { words: 'Готово', files }))
    expect(ready.text).toMatch(both(said('orders.news.done'), /Готово/))
    expect(ready.files.map(({ name }) => name)).toEqual(['first.pdf', 'second.pdf'])
    expect(Buffer.from(await paperOf(town)(ready.files[1] as never)).toString()).toBe('%PDF second')
    await talk.press('Открыть заказ', said('orders.state.done'))
    const again = await shownBy(talk, () => talk.hand.press('Прислать файл'))
    expect(again.files.map(({ name }) => name)).toEqual(['first.pdf', 'second.pdf'])
  })

  test('whose account has gone between order and delivery is told so, and gets no file', async () => {
    const talk = await settled(town, messenger, flats.rollOver, flats.expired)
    await talk.say('заказать документ', said('orders.which'))
    const which = await talk.press('Копия финансово-лицевого счёта', said('whichAccount.which'))
    await talk.press(labels(which)[0] ?? '', said('order.whichWay'))
    await talk.press('Файлом сюда, от специалиста', said('order.check'))
    await talk.press('Заказать', said('order.ordered'))
    await town.fresh.database.pool.query(
      `UPDATE link l SET removed_at = $2, removed_why = 'self' FROM request r JOIN conversation c USING (resident_id)
       WHERE c.chat = $1 AND l.resident_id = r.resident_id AND l.account_id = r.account_id`,
      [talk.chat, town.clock.now()],
    )
    const files = [{ name: 'copy.pdf', content: '%PDF' }]
    const told = await shownBy(talk, () => staffMoves(town, talk, 'done', { files }))
    expect(told.text).toMatch(both(said('orders.news.done'), said('orders.notHere.unlinked')))
    expect([told.files, told.labels]).toEqual([[], expect.arrayContaining(['Подключить счёт'])])
  })

  test('what names people is not sent to whoever showed the address only', async () => {
    const talk = await settled(town, messenger, flats.twoZones)
    await address(talk)
    const how = await askedHow(talk, 'Копия финансово-лицевого счёта')
    expect(how.text).toMatch(said('order.needsCode'))
    expect(labels(how)).toEqual(['На бумаге, в офисе', 'По коду активации', 'Назад', 'Меню'])
  })
})

test('where a messenger may carry no sums, papers are ordered, and it is told where files are to be had', async () => {
  const talk = await settled(town, 'telegram', flats.threeZones)
  await askedHow(talk, 'Копия финансово-лицевого счёта')
  await talk.press('Файлом сюда, от специалиста', said('order.check'))
  await talk.press('Заказать', said('order.ordered'))
  await town.restart({ CHANNEL_POLICY_TELEGRAM: 'linkOnly', DOCUMENT_WAYS: 'chat,office' })
  const files = [{ name: 'copy.pdf', content: '%PDF' }]
  const told = await shownBy(talk, () => staffMoves(town, talk, 'done', { files }))
  expect(told.text).toMatch(both(said('orders.news.done'), said('orders.notHere.policy')))
  expect(told.files).toEqual([])
  const how = await askedHow(talk, 'Справка о задолженности')
  expect(how.text).toMatch(said('order.policy'))
  expect(labels(how)).toEqual(['На бумаге, в офисе', 'Где посмотреть', 'Назад', 'Меню'])
  await talk.press('Где посмотреть', said('withheld.linkOnly.documents'))
  await town.restart({ CHANNEL_POLICY_TELEGRAM: 'masked' })
  await talk.say('заказать документ', said('orders.which'))
  const masked = await shownBy(talk, () => talk.hand.press('Справка о задолженности'))
  expect(masked.text).toMatch(said('order.shows.masked'))
  const paper = await textOf(masked)
  expect(paper).toContain('••••0503')
  expect(paper).not.toMatch(/6610200503|Плательщик|кв\. 12/)
})
