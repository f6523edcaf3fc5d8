import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { handOffOf, Olga, seen, withDesk, wordsOf } from './desk.ts'
import { unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled } from './talk.ts'

/** Of a working day in Yekaterinburg. */
const [night, dawn, late] = ['2026-11-10T18:00:00Z', '2026-11-11T01:00:00Z', '2026-11-10T14:55:00Z']

let town: Town
let olga: Olga
beforeAll(async () => {
  town = await openTown({ env: withDesk })
  olga = new Olga(town)
  await olga.comesToWork()
})
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

describe.each(messengers)('outside the hours in %s', (messenger) => {
  test('the question is taken down in his own words, with its account, and promised for the opening', async () => {
    town.clock.set(night)
    const talk = await settled(town, messenger, flats.twoWater, flats.house)
    const subjects = await talk.press('Консультант', said('consultant.subjectAway', { when: 'завтра в 8:00' }))
    expect(subjects.text).toMatch(said('consultant.nobody'))
    await talk.press('Оплата', said('consultant.question'))
    await talk.say('Заплатил дважды', said('consultant.questionKept', { when: 'завтра в 8:00' }))
    await talk.send([{ kind: 'photo', name: 'a.jpg', bytes: new Uint8Array([1]) }], said('consultant.added'))
    const asked = await talk.press('Готово', said('consultant.whichAccount'))
    expect(labels(asked)).toHaveLength(2 + 1 + 1)
    const [first = ''] = labels(asked)
    const kept = await talk.press(first, said('consultant.forMorning', { when: 'завтра в 8:00' }))
    expect(labels(kept)).toEqual(['Отменить вопрос', 'Меню'])
    const handOff = await handOffOf(town, talk)
    expect(handOff).toMatchObject({ state: 'waiting', morning: true, subject: 'payment' })
    expect(handOff.accountId).not.toBeNull()
    expect(await wordsOf(town, talk)).toEqual(['Заплатил дважды', ''])
    await talk.press('Отменить вопрос', said('consultant.left'))
  })

  test('with one account it is not asked which, and without any the address is asked in his own words', async () => {
    town.clock.set(dawn)
    const one = await settled(town, messenger, flats.twoWater)
    await one.press('Консультант', said('consultant.subjectAway', { when: 'сегодня в 8:00' }))
    await one.say('Где моя квитанция?', said('consultant.questionKept'))
    await one.press('Готово', said('consultant.forMorning'))
    await one.say('консультант', said('consultant.forMorning'))

    const none = await unlinked(town, messenger)
    await none.say('консультант', said('consultant.subjectAway'))
    await none.press('Лицевой счёт', said('consultant.question'))
    await none.say('Как открыть счёт?', said('consultant.questionKept'))
    await none.press('Готово', said('consultant.address'))
    await none.say('Ленина 24, квартира 15', said('consultant.forMorning'))
    expect(await wordsOf(town, none)).toEqual(['Как открыть счёт?', 'Ленина 24, квартира 15'])
  })

  test('that nobody is there is said once a night', async () => {
    town.clock.set(night)
    const talk = await settled(town, messenger, flats.twoWater)
    expect((await talk.press('Консультант')).text).toMatch(said('consultant.nobody'))
    await talk.say('меню')
    const again = await talk.press('Консультант', said('consultant.subjectAway'))
    expect(again.text).not.toMatch(said('consultant.nobody'))
    town.clock.set('2026-11-11T18:00:00Z')
    await talk.say('меню')
    expect((await talk.press('Консультант')).text).toMatch(said('consultant.nobody'))
  })

  test('near the end of the hours he is told whether he will be answered today', async () => {
    town.clock.set(late)
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант', said('consultant.subjectNow'))
    await talk.press('Другое', said('consultant.lateNo', { when: 'завтра в 8:00' }))
    await talk.press('Не жду, ответьте когда сможете', both(said('consultant.willAnswer'), said('menu.title')))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'waiting', patient: true })
    const told = seen(() => olga.tell(talk, { kind: 'morning' }))
    await talk.replied(told, said('consultant.notToday'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
