import { expect, test } from 'vitest'
import { readCommand } from '../../src/desk/handle/readCommand.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')

test.each([
  ['/on', 'on', ''],
  ['/ON', 'on', ''],
  ['/mine@erc_desk_bot', 'mine', ''],
  ['/q', 'canned', ''],
  ['/q срок и ещё', 'canned', 'срок и ещё'],
  ['/q+ срок Ответим\nзавтра', 'cannedKeep', 'срок Ответим\nзавтра'],
  ['/q- срок', 'cannedRemove', 'срок'],
  ['/queue-back', 'back', ''],
  ['/queue', 'queue', ''],
  ['/hold завтра 9:00', 'hold', 'завтра 9:00'],
  ['/очередь', 'queue', ''],
  ['/В очередь', 'back', ''],
  ['/отложить до 17:30', 'hold', 'до 17:30'],
  ['/закрыт', 'unknown', ''],
  ['/clsoe', 'unknown', ''],
  ['/', 'unknown', ''],
])('«%s» is a command everywhere', (said, name, rest) => {
  for (const bare of [true, false]) expect(readCommand(said, words, { bare })).toEqual({ name, rest })
})

test.each([
  ['на смене', 'on'],
  ['Смена окончена', 'off'],
  ['смена', 'shift'],
  ['Очередь', 'queue'],
  ['мои', 'mine'],
  ['сегодня', 'today'],
  ['итоги', 'stats'],
  ['помощь', 'help'],
])('«%s» is a command only where nobody talks with a resident', (said, name) => {
  expect(readCommand(said, words, { bare: true })).toEqual({ name, rest: '' })
  expect(readCommand(said, words, { bare: false })).toBeUndefined()
})

test('whatever else is said is no command', () => {
  for (const said of ['очередь большая?', 'on', 'я на смене до восьми'])
    expect(readCommand(said, words, { bare: true })).toBeUndefined()
})
