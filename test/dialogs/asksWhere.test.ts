import { expect, test } from 'vitest'
import { asksWhere } from '../../src/dialogs/asksWhere.ts'

test.each([
  ...[
    'а где его взять?',
    'что это',
    'Что это такое?',
    'где',
    'где он',
    'какой номер?',
    'не знаю',
    'я не знаю',
    'не помню',
  ],
  ...[
    'где взять номер лицевого счёта',
    'а где найти код активации',
    'номера нет',
    'нет квитанции',
    'не вижу',
    'зачем?',
  ],
  ...['where is it?', 'what is it', "I don't know", 'where do I find the account number'],
])('«%s» asks about what is asked for', (typed) => {
  expect(asksWhere(typed)).toBe(true)
})

test.each([
  ...['', '?', '6610200503', 'где мой долг', 'как передать показания', 'почему такая сумма', 'номер 6610200503'],
  ...['Ленина 5-12', 'что у вас с отоплением', 'это мой номер', 'DVEP-T4FH', 'нет воды', 'не '.repeat(1_000_000)],
])('«%s» does not', (typed) => {
  expect(asksWhere(typed)).toBe(false)
})
