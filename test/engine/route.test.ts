import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globalWord, typedButton } from '../../src/engine/route.ts'
import type { ShownScreen } from '../../src/engine/state.ts'
import { readToken, tokenOf } from '../../src/engine/tokens.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')

describe('words that work anywhere', () => {
  test.each([
    ['меню', { way: 'menu' }],
    ['  Меню!! ', { way: 'menu' }],
    ['/menu', { way: 'menu' }],
    ['НАЗАД', { way: 'back' }],
    ['back', { way: 'back' }],
    ['отмена', { way: 'cancel' }],
    ['оператор', { dialog: 'consultant' }],
    ['/help', { dialog: 'help' }],
    ['/delete_my_data', { dialog: 'deletion' }],
  ])('«%s» is one', (said, meant) => {
    expect(globalWord(said, words)).toEqual(meant)
  })

  test.each(['', '   ', '!!!', 'меню на неделю', 'назад дороги нет', 'показания', '324 311', 'м', 'меню'.repeat(100)])(
    '«%s» is none',
    (said) => {
      expect(globalWord(said, words)).toBeUndefined()
    },
  )
})

describe('a button typed instead of pressed', () => {
  const screen: ShownScreen = {
    stamp: 1,
    page: 0,
    buttons: [
      { label: 'Передать показания', means: { open: 'readings' } },
      { label: 'Мои счёта № 5', means: { answer: 1 } },
      { label: 'Назад', means: { go: 'back' } },
      { label: 'Ещё', means: { answer: 2 } },
    ],
  }
  test.each([
    ['передать  показания', 0],
    ['Передать показания.', 0],
    ['мои счета № 5!', 1],
    ['1', 0],
    ['2', 1],
    ['3', 3],
    ['еще', 3],
  ])('«%s» is button %i', (said, index) => {
    expect(typedButton(said, screen)).toBe(index)
  })
  test.each(['4', '0', '-1', '1.0', '100', 'передать', ''])('«%s» is none', (said) => {
    expect(typedButton(said, screen)).toBeUndefined()
  })
  test('without a screen there is none', () => {
    expect(typedButton('1', undefined)).toBeUndefined()
  })
})

describe('a token', () => {
  test('comes back as what it was made of', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 40 }),
        fc.oneof(fc.nat({ max: 999 }), fc.constantFrom('next' as const, 'previous' as const)),
        (stamp, press) => {
          expect(readToken(tokenOf({ stamp, press }))).toEqual({ stamp, press })
        },
      ),
    )
  })
  test.each(['', '.', '1', '1.', '.1', '1.1000', '1.x', 'Ж.1', '1.1 ', '1.<>', 'z'.repeat(12).concat('.1')])(
    '«%s» is none',
    (token) => {
      expect(readToken(token)).toBeUndefined()
    },
  )
})
