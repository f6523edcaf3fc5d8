import { describe, expect, test } from 'vitest'
import { visitTopics } from '../../../src/domain/visits/topics.ts'
import { topicIn } from '../../../src/domain/visits/topicWords.ts'
import { typedVisit, visitWithin, type WishedTime } from '../../../src/domain/visits/typedVisit.ts'

/** A Tuesday. */
const today = '2026-11-10'
const at = (hour: number, minute = 0): number => hour * 60 + minute

describe('a typed time of a visit', () => {
  test.each<[string, WishedTime]>([
    ['завтра', { date: '2026-11-11' }],
    ['в пятницу после обеда', { date: '2026-11-13', part: 'afternoon' }],
    ['25.12', { date: '2026-12-25' }],
    ['25.12 в 10:30', { date: '2026-12-25', minute: at(10, 30) }],
    ['25.12 10:30', { date: '2026-12-25', minute: at(10, 30) }],
    ['в 10:30', { minute: at(10, 30) }],
    ['10:30', { minute: at(10, 30) }],
    ['10.30', { minute: at(10, 30) }],
    ['10-15', { minute: at(10, 15) }],
    ['10.00', { minute: at(10) }],
    ['9:05', { minute: at(9, 5) }],
    ['в 10', { minute: at(10) }],
    ['в 2', { minute: at(14) }],
    ['в два часа дня', { minute: at(14) }],
    ['в десять утра', { minute: at(10) }],
    ['10 часов', { minute: at(10) }],
    ['завтра в 9', { date: '2026-11-11', minute: at(9) }],
    ['завтра утром', { date: '2026-11-11', part: 'morning' }],
    ['завтра, с утра', { date: '2026-11-11', part: 'morning' }],
    ['после обеда', { part: 'afternoon' }],
    ['во второй половине дня', { part: 'afternoon' }],
    ['днём', { part: 'afternoon' }],
    ['утром 25 декабря', { date: '2026-12-25', part: 'morning' }],
    ['в среду', { date: '2026-11-11' }],
    ['Пятница, 15:00', { date: '2026-11-13', minute: at(15) }],
    ['25', { date: '2026-11-25' }],
    ['ближайшее', { soonest: true }],
    ['на ближайшее время', { soonest: true }],
    ['пораньше', { soonest: true }],
    ['как можно скорее', { soonest: true }],
    ['tomorrow at 10', { date: '2026-11-11', minute: at(10) }],
    ['friday afternoon', { date: '2026-11-13', part: 'afternoon' }],
    ['2 pm', { minute: at(14) }],
    ['pfdnhf', { date: '2026-11-11' }],
  ])('«%s» is understood', (typed, wished) => {
    expect(typedVisit(typed, today, 'day')).toEqual({ ok: true, ...wished })
  })

  test('a mere number is an hour where a time is asked for, unless it is one of the buttons', () => {
    expect(typedVisit('10', today, 'time')).toEqual({ ok: true, minute: at(10) })
    expect(typedVisit('16', today, 'time')).toEqual({ ok: true, minute: at(16) })
    expect(typedVisit('3', today, 'time')).toEqual({ ok: false, problem: 'nothing' })
    expect(typedVisit('завтра', today, 'time')).toEqual({ ok: true, date: '2026-11-11' })
  })

  test.each(['', 'счётчики', 'не знаю', 'в отделение', 'сколько я должна', '25:61', '!', 'потом'])(
    '«%s» is none',
    (typed) => {
      expect(typedVisit(typed, today, 'day')).toEqual({ ok: false, problem: 'nothing' })
    },
  )

  test.each([
    ['31.02', 'noSuchDay'],
    ['01.02.2020', 'past'],
  ])('«%s» is refused with a reason', (typed, problem) => {
    expect(typedVisit(typed, today, 'day')).toEqual({ ok: false, problem })
  })
})

describe('a time within a sentence', () => {
  test.each<[string, WishedTime | undefined]>([
    ['запишите меня на приём завтра', { date: '2026-11-11' }],
    ['хочу записаться на приём в пятницу после обеда', { date: '2026-11-13', part: 'afternoon' }],
    ['запись на 25.12 в 10:30 пожалуйста', { date: '2026-12-25', minute: at(10, 30) }],
    ['записаться на приём', undefined],
    ['запишите меня к специалисту', undefined],
    ['book a visit tomorrow', { date: '2026-11-11' }],
  ])('«%s»', (said, wished) => {
    expect(visitWithin(said, today)).toEqual(wished)
  })
})

test.each([
  ['счётчик сломался', 'meters'],
  ['нужна справка', 'certificates'],
  ['хочу рассрочку', 'debt'],
  ['здравствуйте', undefined],
  ['справка о долге', undefined],
])('«%s» names a topic, or none', (said, topic) => {
  expect(topicIn(said, visitTopics)).toBe(topic)
})
