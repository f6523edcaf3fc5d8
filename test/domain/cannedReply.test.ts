import { expect, test } from 'vitest'
import { fillCanned, unknownField } from '../../src/domain/cannedReply.ts'

const fields = { name: 'Ольга', consultant: 'Анна', hours: '8:00–20:00', number: '12' }

test.each([
  ['Здравствуйте, {{name}}!', fields, 'Здравствуйте, Ольга!'],
  ['Здравствуйте, {{name}}!', {}, 'Здравствуйте!'],
  ['Вам отвечает {{ consultant }}, обращение № {{number}}.', fields, 'Вам отвечает Анна, обращение № 12.'],
  ['Мы работаем {{hours}}', fields, 'Мы работаем 8:00–20:00'],
  ['{{number}}{{number}}', fields, '1212'],
  ['Без полей { }', fields, 'Без полей { }'],
])('«%s» is filled in, and what is not known goes with its comma', (reply, known, expected) => {
  expect(fillCanned(reply, known)).toBe(expected)
})

test('what was filled in is never read as a field again', () => {
  expect(fillCanned('{{name}}', { name: '{{number}}', number: '1' })).toBe('{{number}}')
})

test.each([
  ['{{name}} {{ hours }}', undefined],
  ['{{name}} {{счёт}}', 'счёт'],
  ['{{}}', ''],
])('of «%s» the field that there is not is named', (reply, expected) => {
  expect(unknownField(reply)).toBe(expected)
})
