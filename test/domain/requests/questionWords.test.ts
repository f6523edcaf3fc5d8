import { expect, test } from 'vitest'
import type { QuestionTopic } from '../../../src/domain/requests/questionTopics.ts'
import { topicOfWords } from '../../../src/domain/requests/questionWords.ts'

test.each<[string, QuestionTopic]>([
  ['Почему такие начисления за октябрь?', 'charges'],
  ['СЧЁТЧИК показывает не то', 'readings'],
  ['оплатила, а долг висит', 'payment'],
  ['Когда сделают перерасчёт', 'recalculation'],
  ['нужно переоформить на сына', 'owner'],
  ['не приходит справка', 'documents'],
  ['не могу войти в личный кабинет', 'cabinet'],
  ['положена ли мне субсидия', 'benefits'],
  ['взнос на капремонт', 'overhaul'],
  ['в отделении нагрубили', 'office'],
  ['my payment is missing', 'payment'],
  ['Здравствуйте', 'other'],
  ['', 'other'],
])('«%s» is about %s', (words, topic) => {
  expect(topicOfWords(words)).toBe(topic)
})

test('what names two topics is about something else: a consultant reads the words themselves', () => {
  expect(topicOfWords('оплатила по квитанции, а показания счётчика не учли')).toBe('other')
})
