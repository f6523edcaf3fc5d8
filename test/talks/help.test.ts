import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, newcomer, settle, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const hours = { from: '8:00', to: '20:00' }
const groups = ['Счёт и кабинет', 'Оплата и другое'] as const

describe.each(messengers)('help in %s', (messenger) => {
  test.each([
    ['Как передать показания', said('help.readings', { from: '1', to: '25' }), said('readings.title')],
    ['Как передать документы', said('help.documents'), said('documents.title')],
    ['Запись на консультацию', said('help.appointment'), said('appointment.title')],
    ['Информация по счёту', said('help.account'), 'К оплате'],
    ['Консультация специалистов', said('help.specialists', hours), said('consultant.where')],
    ['Как открыть счёт', said('help.openAccount'), said('papers.askAddress')],
  ])('«%s» is told at one tap, on a short screen, and done at the next', async (title, told, done) => {
    const talk = await settled(town, messenger, flats.twoWater)
    const menu = await talk.press('Помощь', said('help.title'))
    expect(labels(menu)).toHaveLength(9)
    const screen = await talk.press(title, told)
    expect(labels(screen)[0]).toBe('Сделать сейчас')
    expect(labels(screen).slice(-2)).toEqual(['Назад', 'Меню'])
    expect(screen.text.length).toBeLessThan(600)
    await talk.press('Назад', said('help.title'))
    await talk.press(title, told)
    await talk.press('Сделать сейчас', done)
  })

  test.each<[(typeof groups)[number], string, RegExp, string | undefined]>([
    ['Счёт и кабинет', 'Не видно данных', said('help.dataHidden'), 'Подключить счёт'],
    ['Счёт и кабинет', 'Где мой второй счёт', said('help.secondAccount'), 'Подключить счёт'],
    ['Счёт и кабинет', 'Почему пропал счёт', said('help.closedAccounts'), 'Мои счета'],
    ['Счёт и кабинет', 'Как подключить счёт', said('help.linking'), 'Подключить счёт'],
    ['Счёт и кабинет', 'Где найти номер счёта', said('help.accountNumber'), 'Подключить счёт'],
    ['Счёт и кабинет', 'Вход в кабинет', said('help.login'), 'Забыли пароль'],
    ['Счёт и кабинет', 'Где старый кабинет', said('help.oldCabinet'), 'Вход в кабинет'],
    ['Счёт и кабинет', 'Чем новый кабинет лучше', said('help.whyNew'), 'Вход в кабинет'],
    ['Оплата и другое', 'Как оплатить', said('receipt.total'), undefined],
    ['Оплата и другое', 'Оплата онлайн', said('help.payOnline'), 'Как оплатить'],
    ['Оплата и другое', 'Кассы «Фрисби»', said('help.frisbi'), 'Как оплатить'],
    ['Оплата и другое', 'Почему такая сумма', said('answers.tooMuch'), undefined],
    ['Оплата и другое', 'Адреса и часы работы', said('answers.office', hours), undefined],
    ['Оплата и другое', 'Мы в соцсетях', both(said('help.pages'), said('help.pagesOnSite')), 'Консультант'],
    ['Оплата и другое', 'Что бот хранит обо мне', said('help.data'), 'Настройки'],
  ])('«%s» → «%s» answers at two taps, and leads on', async (group, title, told, on) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Помощь', said('help.title'))
    const questions = await talk.press(group, said(`help.groupTitles.${group === groups[0] ? 'cabinet' : 'payment'}`))
    expect(labels(questions).length).toBeLessThanOrEqual(10)
    const screen = await talk.press(title, told)
    expect(screen.text).not.toContain('http')
    if (on === undefined) return
    expect(labels(screen)[0]).toBe(on)
    await talk.press('Назад', said(`help.groupTitles.${group === groups[0] ? 'cabinet' : 'payment'}`))
  })

  test('is searched by a word: one topic is told at once, with its way back', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('помощь', said('help.title'))
    await talk.say('документы', said('help.documents'))
    await talk.say('одноклассники', said('help.pages'))
    await talk.press('Назад', said('help.documents'))
    await talk.press('Назад', said('help.title'))
    await talk.say('поверка', said('answers.verification'))
  })

  test('offers what a word may be about, three topics at most, and finds by a slip', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('помощь', said('help.title'))
    const found = await talk.say('кабинет', said('freeWords.topics'))
    expect(labels(found)).toEqual(['Вход в кабинет', 'Где старый кабинет', 'Чем новый кабинет лучше', 'Меню'])
    await talk.say('2', said('help.oldCabinet'))
    await talk.say('фризби', said('help.frisbi'))
  })

  test('understands what it has nothing on as at the menu, and readings as readings', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('помощь', said('help.title'))
    await talk.say('сколько я должна', 'К оплате')
    await talk.say('помощь', said('help.title'))
    await talk.say('спасибо', said('freeWords.thanks'))
    await talk.say('хочу развестись с мужем', said('common.notUnderstood'))
    await talk.say('показания 324 311', said('readings.check'))
  })

  test('is there before consent, and asks for it when something is to be done', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    await talk.say('помощь', said('help.title'))
    await talk.say('документы', said('help.documents'))
    await talk.press('Сделать сейчас', said('consent.text'))
  })

  test('leads whoever has no account to linking it', async () => {
    const talk = await newcomer(town, messenger)
    await settle(town, talk.chat, [])
    await talk.start(said('linking.first'))
    await talk.say('как передать показания', said('help.readings'))
    await talk.press('Сделать сейчас', said('linking.first'))
  })
})

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
