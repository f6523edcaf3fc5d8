import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lyingPhoto } from '../files/phoneFiles.ts'
import { noon, openTown, type Town } from '../support/town.ts'
import { photo } from './photo.ts'
import { answered, requestOf, requestsOf, sent, told, written } from './requesting.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled } from './talk.ts'

const picture = await lyingPhoto()

let town: Town
beforeAll(async () => {
  town = await openTown({ env: { EMERGENCY_DISPATCH_PHONE: '8 800 000-00-00' } })
})
/** A Tuesday. */
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

describe.each(messengers)('a request in %s', (messenger) => {
  test('is written in several messages, each told of below it, an album once, and sent under a number with a promised day', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const before = await talk.length()
    await talk.say('И за октябрь тоже.', said('requests.gathered', { amount: '2 сообщения' }))
    await talk.hand.send([photo(picture, 'bill.jpg'), photo(picture, 'second.jpg')])
    const { messages } = await talk.hand.waitFor(({ messages }) =>
      messages.some(({ text }) => text.includes('2 сообщения, 2 фото')),
    )
    expect(messages.at(-1)?.text).toContain('2 сообщения, 2 фото')
    // His own, an album's photos being two in Telegram, and two of ours.
    expect((await talk.length()) - before).toBe(messenger === 'telegram' ? 5 : 4)
    const accepted = await talk.press(
      'Отправить',
      both(said('requests.accepted', { date: '24 ноября' }), said('requests.whereAnswered')),
    )
    const kept = await requestOf(talk)
    expect(kept).toMatchObject({
      ...{ state: 'new', subject: 'charges', account: flats.twoWater.number, files: 2 },
      words: ['За что начислили вдвое больше?', 'И за октябрь тоже.'],
    })
    expect(accepted.text).toContain(`№ ${kept.number}`)
    expect(labels(accepted)).toEqual(['Дополнить', 'Мои дела', 'Меню'])
    // «Отправить» once more shows the same number.
    await talk.say('отправить', said('requests.accepted', { number: String(kept.number) }))
    await talk.press('Меню', said('menu.title'))
    const list = await talk.press(
      'Обращения',
      both(said('requests.sentBefore'), said('requests.due', { date: '24 ноября' })),
    )
    expect(labels(list)).toContain(`№ ${kept.number} · Начисления`)
  })

  test('begins with the words themselves; which account is asked of who has several', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    await talk.press('Обращения', said('requests.askTopic'))
    await talk.say('Когда сделают перерасчёт?', both(said('requests.wordsKept'), said('requests.askAccount')))
    const screen = (await talk.hand.chat()).messages.at(-1)
    await talk.press((screen && labels(screen)[0]) ?? '', said('requests.gathered', { amount: '1 сообщение' }))
    await talk.press('Отправить', said('requests.accepted'))
    expect(await requestOf(talk)).toMatchObject({ subject: 'recalculation', words: ['Когда сделают перерасчёт?'] })
    expect((await requestOf(talk)).account).not.toBeNull()
  })

  test('about what is not ours is answered with whom to call, and noted without a word of his', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Обращения', said('requests.askTopic'))
    const words = 'лифт не работает у нас'
    const call = await talk.say(
      words,
      both(said('emergency.lift'), said('emergency.dispatchAt', { dispatch: '8 800 000-00-00' })),
    )
    expect(await requestsOf(talk)).toEqual([])
    const noted = town.logged.filter((line) => line.includes('whom to call'))
    expect(noted.at(-1)).toContain('"matter":"lift"')
    expect(noted.join()).not.toContain('лифт')
    expect(labels(call)).toContain('Это о начислениях, отправить в ЕРЦ')
    await talk.press('Это о начислениях, отправить в ЕРЦ', said('requests.gathered'))
    expect((await requestOf(talk)).words).toEqual([words])
  })

  test('is answered where it was sent, thanked for, rated, and opened again with what is missing', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { id, number } = await sent(talk)
    await answered(talk, id, 'waiting', 'Пришлите фото счётчика.')
    const asked = await told(talk, both(said('requests.news.waiting', { number: String(number) }), /Пришлите фото/))
    expect(labels(asked).slice(0, 2)).toEqual(['Ответить', 'Открыть обращение'])
    await talk.press('Ответить', said('requests.askMore'))
    await talk.send([photo(picture, 'bill.jpg')], said('requests.added', { amount: '1 фото' }))
    expect(await requestOf(talk)).toMatchObject({ state: 'new', files: 1 })
    await talk.say('Вот он.', said('requests.added', { amount: '1 сообщение, 1 фото' }))
    const one = await talk.press('Готово', both(said('requests.oneTitle'), /Вот он/))
    // Before he was asked and after: what is said in one minute stands under one name.
    expect(one.text.match(/Вы, 10 ноября/g)).toHaveLength(2)
    expect(one.text).toContain('1 фото')
    await answered(talk, id, 'answered', 'Сделали перерасчёт.')
    const news = await told(
      talk,
      both(said('requests.news.answered', { number: String(number) }), /Сделали перерасчёт/),
    )
    expect(labels(news)).toEqual([
      'Спасибо, вопрос решён',
      'Вопрос не решён',
      'Оценить ответ',
      'Открыть обращение',
      'Меню',
    ])
    await talk.press('Спасибо, вопрос решён', both(said('requests.closed'), said('requests.askRating')))
    // The answer stays to be read.
    expect((await talk.hand.chat()).messages.some(({ text }) => text.includes('Сделали перерасчёт.'))).toBe(true)
    await talk.say('4', said('requests.askComment'))
    await talk.say('Быстро ответили', said('requests.thanks'))
    expect(await requestOf(talk)).toMatchObject({ state: 'closed', rating: 4, rating_words: 'Быстро ответили' })
    await talk.press('Обращения', said('requests.sentBefore'))
    const shown = await talk.press(`№ ${number} · Начисления`, both(said('requests.oneTitle'), /Сделали перерасчёт\./))
    expect(labels(shown)).toContain('Открыть снова')
    await talk.press('Открыть снова', said('requests.askReopen'))
    await talk.say('Опять то же самое', said('requests.reopened', { date: '24 ноября' }))
    expect(await requestOf(talk)).toMatchObject({ state: 'new', rating: null })
  })

  test('may be corrected, thinned out and thrown away before it is sent', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk, 'Ошиблся словом')
    const message = talk.written
    await talk.hand.edit(message, 'Исправил слово')
    await talk.hand.send([photo(picture, 'bill.jpg')])
    await talk.hand.waitFor(({ messages }) => messages.some(({ text }) => text.includes('1 сообщение, 1 фото')))
    expect(await requestOf(talk)).toMatchObject({ words: ['Исправил слово'], files: 1 })
    await talk.press('Убрать файл', said('requests.askFile'))
    await talk.press('Фото 1', both(said('requests.takenOut'), said('requests.gathered', { amount: '1 сообщение' })))
    await talk.press('Удалить черновик', said('requests.sureToDrop'))
    await talk.press('Да, удалить', said('requests.dropped'))
    expect(await requestsOf(talk)).toEqual([])
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
