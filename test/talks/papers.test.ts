import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lyingPhoto, pdfOf } from '../files/phoneFiles.ts'
import { noon, openTown, type Town } from '../support/town.ts'
import { fetched, judged, onlyPapers, papersOf } from './papersTown.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, newcomer, otherChat, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

const pdf = async (name: string) => ({ kind: 'document' as const, name, bytes: await pdfOf(name) })
const photo = async () => ({ kind: 'photo' as const, name: 'page.jpg', bytes: await lyingPhoto() })
const told = (talk: Talk, words: RegExp) => talk.hand.reply(({ text }) => words.test(text.replaceAll('\u00a0', ' ')))
/** The one screen has come to say so. */
const shows = (talk: Talk, words: RegExp) =>
  talk.hand.waitFor(({ messages }) => messages.some(({ text }) => words.test(text.replaceAll('\u00a0', ' '))))

async function begun(talk: Talk, matter: string, wish: RegExp) {
  await talk.press('Документы', said('documents.title'))
  await talk.press('Подать документы', said('papers.askMatter'))
  return talk.press(matter, wish)
}

/** At the gathering of papers for a benefit, with one file. */
async function oneFile(talk: Talk) {
  await begun(talk, 'Льгота', both(said('papers.needed'), said('papers.howTo')))
  await talk.hand.send([await pdf('benefit.pdf')])
  await shows(talk, said('papers.received', { count: '1', left: '9', together: '30' }))
}

async function sent(talk: Talk) {
  await oneFile(talk)
  await talk.press('Дальше', both(said('papers.checkTitle'), said('papers.filesLine', { count: '1' })))
  await talk.press('Отправить', said('papers.sent'))
  await fetched(talk)
  return onlyPapers(talk)
}

describe.each(messengers)('papers in %s', (messenger) => {
  test('are gathered on one screen, an album too; the bad ones are named, the rest is sent under a number and a day', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await oneFile(talk)
    const bad = { kind: 'document' as const, name: 'passport.pdf', bytes: Buffer.from('PK\x03\x04 archive') }
    await talk.hand.send([await pdf('passport-1.pdf'), bad, await pdf('passport-2.pdf')])
    await told(talk, said('papers.refused.archive', { file: 'Файл «passport.pdf»' }))
    await fetched(talk)
    expect((await onlyPapers(talk)).files.map(({ name }) => name)).toEqual([
      'benefit.pdf',
      'passport-1.pdf',
      'passport-2.pdf',
    ])
    await talk.press('Убрать последний файл', said('papers.received', { count: '2' }))
    await talk.hand.say('Я ветеран труда')
    await shows(talk, said('papers.wordsKept'))
    const check = await talk.press(
      'Дальше',
      both(said('papers.checkTitle'), said('papers.wordsLine', { words: 'Я ветеран труда' })),
    )
    expect(check.text).toMatch(said('papers.filesLine', { count: '2' }))
    const done = await talk.press('Отправить', said('papers.sent', { dueOn: '24 ноября' }))
    const kept = await onlyPapers(talk)
    expect(kept).toMatchObject({
      ...{ kind: 'papers', subject: 'benefit', state: 'new', account: flats.twoWater.number },
      files: [{ name: 'benefit.pdf' }, { name: 'passport-1.pdf' }],
    })
    expect(done.text).toContain(String(kept.number))
    // A page that was forgotten follows: it is no photo of a meter.
    await talk.send([await photo()], said('papers.moreTaken'))
    await fetched(talk)
    expect((await onlyPapers(talk)).files).toHaveLength(3)
  })

  test('are asked for more with a reason, added to, accepted, and end with a file', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { id, number } = await sent(talk)
    await judged(town, id, 'waiting', 'Нужна вторая страница паспорта')
    const asked = await told(
      talk,
      both(said('papers.state.waiting'), said('papers.staffSay', { words: 'Нужна вторая страница паспорта' })),
    )
    expect(labels(asked)).toContain('Дослать документы')
    await talk.press('Дослать документы', both(said('papers.moreTitle', { number: String(number) }), /вторая страница/))
    await talk.send([await photo()], said('papers.moreTaken'))
    await talk.press('Готово', said('papers.moreThanks'))
    expect(await onlyPapers(talk)).toMatchObject({ state: 'new', files: [{ name: 'benefit.pdf' }, {}] })
    await judged(town, id, 'accepted', '')
    await told(talk, said('papers.state.accepted'))
    const result = (
      await talk.town.fresh.database.pool.query(`SELECT id FROM file WHERE request_id = $1 LIMIT 1`, [id])
    ).rows[0].id
    await judged(town, id, 'done', 'Льготу назначили', [{ id: result, kind: 'document', name: 'decision.pdf' }])
    const end = await told(talk, both(said('papers.state.done'), /Льготу назначили/))
    expect(end.files.length).toBe(1)
    await talk.press('Подробнее', both(said('papers.oneTitle', { number: String(number) }), said('papers.state.done')))
    await talk.press('Поданные документы', said('papers.line', { number: String(number) }))
  })

  test('for an account to be opened: address, who, paper by paper, gone on with in the other messenger, to the account itself', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    await talk.press('Согласен', said('linking.first'))
    await talk.press('Нет лицевого счёта', said('papers.askAddress'))
    await talk.say('Новых Строителей 7-15', said('papers.unknownStreet'))
    await talk.press('Записать как написано', said('papers.askClaimant'))
    await talk.press('Назад', said('papers.unknownStreet'))
    await talk.say(flats.oneMeter.address, said('papers.askClaimant'))
    await talk.press('Собственник', said('papers.paperOf', { number: '1', of: '2', paper: 'паспорт' }))
    await talk.hand.send([await photo(), await photo()])
    await shows(talk, said('papers.ofThisPaper', { count: '2' }))
    await talk.press('Дальше', said('papers.paperOf', { number: '2' }))

    const other = await otherChat(town, talk, said('linking.first'))
    await other.press('Нет лицевого счёта', said('papers.unsent', { count: '2' }))
    await other.press('Продолжить', said('papers.paperOf', { number: '2' }))
    await other.press('Нет такого документа', both(said('papers.checkTitle'), /XXII Партсъезда/))
    await other.press('Отправить', said('papers.sent'))
    // Whoever has no account finds there what he has sent.
    await other.press('Меню', said('linking.first'))
    await other.press('Мои дела', both(said('affairs.title'), said('affairs.kind.account')))
    const kept = await onlyPapers(talk)
    expect(kept).toMatchObject({
      ...{ kind: 'account', state: 'new', account: null },
      details: { claimant: 'owner', passport: 'given', title: 'none' },
      files: [{ paper: 'passport' }, { paper: 'passport' }],
    })
    // What stands in the first chat is no more.
    await talk.press('Нет такого документа', said('papers.gone'))
    await judged(town, kept.id, 'done', `Открыли счёт ${flats.oneMeter.number}`)
    const open = await told(other, both(new RegExp(flats.oneMeter.number), said('papers.opened')))
    expect(labels(open)).toContain('Подключить новый счёт')
    await other.press('Подключить новый счёт', said('linking.linked'))
  })

  test('of a new owner want the code of the account; the visit is offered instead', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await town.fresh.database.pool.query(
      `UPDATE link SET proof = 'address' WHERE resident_id = (SELECT resident_id FROM conversation WHERE chat = $1)`,
      [talk.chat],
    )
    const asked = await begun(talk, 'Смена собственника', said('papers.askCode'))
    expect(labels(asked)).toContain('Записаться на приём')
    await talk.press('Ввести код с квитанции', said('linking.askCode'))
    await town.fresh.database.pool.query(
      `UPDATE link SET proof = 'code' WHERE resident_id = (SELECT resident_id FROM conversation WHERE chat = $1)`,
      [talk.chat],
    )
    await talk.press('Меню', said('menu.title'))
    await talk.press('Документы', said('documents.title'))
    await talk.press('Подать документы', said('papers.unsent'))
    await talk.press('Продолжить', both(said('papers.needed'), /соглашение/))
  })

  test('for a meter ask shortly for what the Rules want', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await begun(talk, 'Новый счётчик или замена', said('papers.ask.meter'))
    await talk.press('Холодная вода', said('papers.ask.model'))
    await talk.say('Бетар 12345678', said('papers.ask.where'))
    await talk.press('На кухне', said('papers.ask.installer'))
    await talk.press('Пропустить', said('papers.ask.reading'))
    await talk.say('0', said('papers.ask.until'))
    await talk.say('10.11.2032', said('papers.ask.visit'))
    await talk.say('в пятницу после обеда', said('papers.ask.phone'))
    await talk.say('+7 912 000-00-00', both(said('papers.needed'), /паспорт счётчика/))
    await talk.hand.send([await pdf('meter.pdf')])
    await shows(talk, said('papers.received', { count: '1' }))
    const check = await talk.press('Дальше', said('papers.checkTitle'))
    expect(check.text).toMatch(both(/Счётчик: Холодная вода/, /Показания при установке: 0/))
    expect((await onlyPapers(talk)).details).toEqual({
      ...{
        meter: 'HVS',
        model: 'Бетар 12345678',
        where: 'kitchen',
        installer: null,
        reading: '0',
        until: '10.11.2032',
      },
      ...{ visit: 'в пятницу после обеда', phone: '+7 912 000-00-00' },
    })
  })

  test('«Отправить» twice is one request; an old button shows what is now', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await oneFile(talk)
    const check = await talk.press('Дальше', said('papers.checkTitle'))
    const [token, old] = [check.buttons.flat().find(({ label }) => label === 'Отправить')?.token ?? '', check.id]
    await talk.press('Отправить', said('papers.sent'))
    await talk.silently(() => talk.hand.pressToken(token, old))
    expect(await papersOf(talk)).toHaveLength(1)
    await talk.press('Меню', said('menu.title'))
    await talk.replied(() => talk.hand.pressToken(token, old), both(said('common.oldButton'), said('menu.title')))
  })

  test('survive an account that is closed meanwhile, and go with the consent', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    const asked = await begun(talk, 'Льгота', said('papers.askAccount'))
    await talk.press(labels(asked)[0] ?? '', said('papers.needed'))
    await talk.hand.send([await pdf('benefit.pdf')])
    await shows(talk, said('papers.received', { count: '1' }))
    await talk.press('Дальше', said('papers.checkTitle'))
    await town.fresh.database.pool.query(
      `UPDATE link SET removed_at = $2, removed_why = 'self' WHERE id = (
         SELECT l.id FROM link l JOIN conversation c ON c.resident_id = l.resident_id WHERE c.chat = $1 ORDER BY l.linked_at, l.account_id LIMIT 1)`,
      [talk.chat, town.clock.now()],
    )
    const left = await talk.press('Отправить', both(said('papers.notLinked'), said('papers.askAccount')))
    await talk.press(labels(left)[0] ?? '', said('papers.received', { count: '1' }))
    await talk.say('отмена', said('papers.stopped'))
    await talk.press('Настройки', '')
    await talk.press('Отозвать согласие', said('withdrawal.sure'))
    await talk.say('да')
    expect(await papersOf(talk)).toEqual([])
    expect((await town.fresh.database.pool.query('SELECT 1 FROM file WHERE chat = $1', [talk.chat])).rowCount).toBe(0)
  })
})

test('a visit takes papers beforehand, and shows what staff make of them, also when it is moved', async () => {
  const talk = await settled(town, 'vk', flats.twoWater)
  await talk.press('Записаться на приём', said('appointment.askTopic'))
  await talk.press('Счётчики', said('appointment.askDay'))
  await talk.say('завтра в 10:30', said('appointment.heldUntil'))
  await talk.press('Записаться', both(said('appointment.booked'), said('appointment.ticket')))
  await talk.press('Прислать документы заранее', both(said('papers.freely.visit'), said('papers.howTo')))
  await talk.hand.send([await pdf('meter.pdf')])
  await shows(talk, said('papers.received', { count: '1' }))
  await talk.press('Дальше', said('papers.checkTitle', { title: 'Документы к визиту' }))
  await talk.press('Отправить', said('papers.sent'))
  const kept = await onlyPapers(talk)
  const { rows } = await town.fresh.database.pool.query(
    'SELECT b.id FROM booking b JOIN conversation c ON c.resident_id = b.resident_id WHERE c.chat = $1',
    [talk.chat],
  )
  expect(kept).toMatchObject({ kind: 'papers', subject: 'visit', state: 'new', booking: rows[0].id })
  await talk.press('Меню', said('menu.title'))
  await talk.press('Записаться на приём', both(said('appointment.papersSent'), said('papers.state.new')))
  await judged(town, kept.id, 'accepted', 'Всё есть, ждём вас')
  await told(talk, both(said('papers.state.accepted'), /ждём вас/))
  await talk.say('перенести', said('appointment.askDay'))
  await talk.say('завтра в 11:00', said('appointment.heldUntil'))
  await talk.press(
    'Перенести сюда',
    both(said('appointment.moved'), said('appointment.papersLine', { number: String(kept.number) })),
  )
})
