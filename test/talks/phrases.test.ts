import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, newcomer, readingsOf, settle, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const hours = { from: '8:00', to: '20:00' }

describe.each(messengers)('free words in %s', (messenger) => {
  test.each([
    ['скок должна?', said('charges.head.debt')],
    ['платёжка', said('receipt.title')],
    ['справка', said('orders.which')],
    ['хочу пожаловаться', said('requests.askTopic')],
    ['запишите меня на приём', said('appointment.title')],
    ['сдать воду', said('readings.title', { period: 'ноябрь 2026' })],
    ['здравствуйте, хочу передать показания', said('readings.title', { period: 'ноябрь 2026' })],
    ['gjrfpfybz', said('readings.title', { period: 'ноябрь 2026' })],
    ['pokazaniya', said('readings.title', { period: 'ноябрь 2026' })],
    ['до какого числа передавать показания', said('help.readings', { from: '1', to: '25' })],
    ['где взять номер лицевого счёта', said('help.accountNumber')],
    ['как оплатить', said('payment.title')],
    ['оплатил, а долг висит', said('answers.notCredited')],
    ['почему так много', said('charges.why.more')],
    ['перерасчёт', said('answers.tooMuch')],
    ['счётчик сломался', said('answers.meter')],
    ['поверка', said('answers.verification')],
    ['продал квартиру', said('answers.owner')],
    ['льготы', said('answers.benefits')],
    ['где ваш офис', said('answers.office', hours)],
    ['забыл пароль', said('answers.password')],
    ['хочу поговорить с живым человеком', said('consultant.where', hours)],
    ['my payment is not shown', said('answers.notCredited')],
  ])('«%s» opens what is meant, with a way on and back', async (typed, told) => {
    const talk = await settled(town, messenger, flats.house)
    const screen = await talk.say(typed, told)
    expect(labels(screen).slice(-2)).toEqual(['Назад', 'Меню'])
    await talk.press('Меню', said('menu.title'))
  })

  test.each([
    ['пахнет газом', said('emergency.gas', { gas: '104', phone: '112' })],
    ['пожар', said('emergency.fire', { phone: '112' })],
    ['течёт труба', both(said('emergency.leak', { phone: '112' }), said('emergency.dispatchWhere'))],
    ['застряли в лифте', said('emergency.stuck', { phone: '112' })],
    ['нет горячей воды', both(said('emergency.noWater'), said('emergency.dispatchWhere'))],
    ['нет отопления', both(said('emergency.noHeat'), said('emergency.dispatchWhere'))],
    ['свет отключили', said('emergency.noLight', { phone: '112' })],
    ['лифт не работает', said('emergency.lift')],
    ['грязь в подъезде', said('emergency.house')],
  ])('«%s» is told whom to call, and no number that was not given', async (typed, told) => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { text } = await talk.say(typed, told)
    expect([...new Set(text.match(/\d{2,}/g) ?? [])].filter((number) => !['104', '112'].includes(number))).toEqual([])
  })

  test('a danger is answered in the middle of anything, and what was not confirmed is not taken', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.say('прорвало трубу!', both(said('readings.notConfirmed'), said('emergency.leak')))
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
  })

  test('a greeting is answered as a person would, where one stands', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const menu = labels(await talk.say('меню', said('menu.title')))
    const answered = await talk.say('Здравствуйте!', both(said('freeWords.hello'), said('freeWords.canDo')))
    expect(labels(answered)).toEqual(menu)
    await talk.say('спасибо', said('freeWords.thanks'))
    await talk.say('как дела?', said('freeWords.howAreYou'))
    await talk.say('это бот?', said('freeWords.bot'))
    await talk.say('можно вопрос?', said('freeWords.question'))
    await talk.say('ок', said('freeWords.ok'))
    await talk.say('не надо', said('freeWords.no'))
    await talk.say('до свидания', said('freeWords.bye'))
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('спасибо', both(said('freeWords.thanks'), said('readings.example')))
    await talk.say('324 311', said('readings.check'))
  })

  test('an insult is answered calmly, with a way to a person and to a request', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const answered = await talk.say('задолбали, уроды', said('freeWords.rude'))
    expect(labels(answered)).toEqual(['Консультант', 'Обращения', 'Меню'])
    await talk.press('Обращения', said('requests.askTopic'))
  })

  test('what may be two things is asked about, and the answer may be pressed, typed or numbered', async () => {
    for (const answer of ['Как оплатить', 'как оплатить', '2']) {
      const talk = await settled(town, messenger, flats.twoWater)
      const asked = await talk.say('показания и оплата', said('freeWords.which'))
      expect(labels(asked)).toEqual(['Передать показания', 'Как оплатить', 'Меню'])
      const chosen = answer === 'Как оплатить' ? talk.press(answer) : talk.say(answer)
      expect((await chosen).text).toMatch(said('receipt.total'))
    }
  })

  test('what is likely and not sure is offered beside a person, and done only when it is pressed', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const asked = await talk.say('не могу передать показания', said('freeWords.perhaps'))
    expect(labels(asked)).toEqual(['Передать показания', 'Консультант', 'Меню'])
    await talk.say('324 311', said('readings.check'))
  })

  test('a question in the middle of readings is offered and leads nowhere by itself', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    const offered = await talk.say('а сколько я должна?', both(said('freeWords.aside'), said('readings.title')))
    expect(labels(offered)).toContain('Начисления')
    await talk.say('324 311', said('readings.check'))
    await talk.press('Изменить', said('readings.title'))
    await talk.say('а сколько я должна?', said('freeWords.aside'))
    await talk.press('Начисления', said('charges.head.toPayUntil'))
  })

  test('before an account is linked words are understood too', async () => {
    const talk = await newcomer(town, messenger)
    await settle(town, talk.chat, [])
    await talk.start(said('linking.first'))
    await talk.say('добрый день', said('freeWords.hello'))
    await talk.say('сколько я должна', said('linking.first'))
    await talk.say('как оплатить', said('answers.payment'))
    await talk.press('Меню', said('linking.first'))
    await talk.say('показания', said('linking.first'))
  })

  test('no street is called «сколько я должна»: what is plainly about something else is offered beside the question', async () => {
    const talk = await newcomer(town, messenger)
    await settle(town, talk.chat, [])
    await talk.start(said('linking.first'))
    await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
    const offered = await talk.say('сколько я должна', both(said('freeWords.aside'), said('linking.askAddress')))
    expect(labels(offered)).toEqual(['Начисления', 'Назад', 'Меню'])
    await talk.say('Абырвалговская', said('linking.unknownStreet'))
    await talk.say('8 марта 120-45', said('linking.askNumber'))
    await talk.say('где взять номер лицевого счёта', both(said('help.accountNumber'), said('linking.askNumber')))
  })

  test('before consent nothing is bundled with it: what needs none opens, the rest waits', async () => {
    const talk = await newcomer(town, messenger)
    const consent = labels(await talk.start(said('consent.text')))
    const answered = await talk.say('здравствуйте', both(said('freeWords.hello'), said('consent.example')))
    expect(labels(answered)).toEqual(consent)
    expect(labels(await talk.say('сколько я должна', said('common.notUnderstood')))).toEqual(consent)
    await talk.say('дураки', said('freeWords.rude'))
    await talk.say('как оплатить', said('answers.payment'))
    await talk.press('Меню', said('consent.text'))
    await talk.say('пахнет газом', said('emergency.gas'))
  })

  test.each(['хочу развестись с мужем', '123', 'загадка', 'абырвалг', '???', '🙂'])(
    '«%s» is taken for nothing and answered kindly',
    async (typed) => {
      const talk = await settled(town, messenger, flats.twoWater)
      // Three digits may be a reading: then it is the readings that ask.
      await talk.say(typed, typed === '123' ? said('readings.title') : said('common.notUnderstood'))
    },
  )
})

describe('where the houses share one dispatchers’ number', () => {
  let shared: Town
  beforeAll(async () => {
    shared = await openTown({ env: { EMERGENCY_DISPATCH_PHONE: '+7 343 000-00-00', EMERGENCY_GAS_PHONE: '04' } })
  })
  afterAll(() => shared.close())

  test.each(messengers)('it is told in %s', async (messenger) => {
    const talk = await settled(shared, messenger, flats.twoWater)
    await talk.say('лифт не работает', said('emergency.dispatchAt', { dispatch: '+7 343 000-00-00' }))
    await talk.say('запах газа', said('emergency.gas', { gas: '04', phone: '112' }))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
