import { describe, expect, test } from 'vitest'
import { parseAudience } from '../../../src/domain/news/audience.ts'
import { longestNews, newsIn, readNews } from '../../../src/domain/news/newsText.ts'

describe('news as an operator writes them', () => {
  test.each([
    ['Заголовок\nТекст', { ru: { title: 'Заголовок', body: 'Текст' } }],
    ['\uFEFF\r\n Заголовок \r\n\r\nПервая\r\nвторая\r\n', { ru: { title: 'Заголовок', body: 'Первая\nвторая' } }],
    ['А\nБ\n--- en\nC\nD', { ru: { title: 'А', body: 'Б' }, en: { title: 'C', body: 'D' } }],
  ])('%j', (file, text) => {
    expect(readNews(file)).toEqual({ text })
  })

  test.each([
    ['', 'empty'],
    ['\n \n', 'empty'],
    ['Заголовок', 'noBody'],
    ['А\nБ\n--- en\nC', 'noBody'],
    ['А\nБ\n--- en', 'noBody'],
    [`А\n${'б'.repeat(longestNews)}`, 'tooLong'],
  ])('%.20j is refused: %s', (file, problem) => {
    expect(readNews(file)).toEqual({ problem })
  })

  test('are told in Russian where nobody has translated them', () => {
    const ru = { title: 'А', body: 'Б' }
    expect([newsIn({ ru }, 'en'), newsIn({ ru, en: { title: 'C', body: 'D' } }, 'en').title]).toEqual([ru, 'C'])
  })
})

test.each([
  ['all', { of: 'all' }],
  ['district:KIR, LEN', { of: 'districts', districts: ['KIR', 'LEN'] }],
  ['street:8 Марта', { of: 'street', street: '8 Марта', houses: [] }],
  ['street:Ленина:5,7/2', { of: 'street', street: 'Ленина', houses: ['5', '7/2'] }],
  ['everybody', undefined],
  ['district:', undefined],
  ['street:', undefined],
  ['street:Ленина:', undefined],
  ['street:Ленина:5:1', undefined],
])('the audience %s', (given, audience) => {
  expect(parseAudience(given)).toEqual(audience)
})
