import { expect, test } from 'vitest'
import { firmYesOrNo, yesOrNo } from '../../src/dialogs/yesOrNo.ts'

const typed = (text: string) => ({ kind: 'text', text }) as const

test.each([
  ...['да', 'Да!', ' ДА. ', 'согласна', 'я согласен', 'да, согласна', 'Да, я согласна.', 'yes, I agree'].map(
    (said) => [said, true, true] as const,
  ),
  ...['верно', 'да, всё верно', 'ок', '+', 'ага'].map((said) => [said, true, undefined] as const),
  ...['нет', 'не согласна', 'я не согласна', 'нет, не согласен', 'Нет, неверно', 'no, I disagree'].map(
    (said) => [said, false, false] as const,
  ),
  ...['', 'да нет', 'нет, да', 'да, но потом', 'может быть', 'я', 'да 5'].map(
    (said) => [said, undefined, undefined] as const,
  ),
])('«%s» is taken as %s, and as %s where it cannot be taken back', (said, meant, firmly) => {
  expect([yesOrNo(typed(said)), firmYesOrNo(typed(said))]).toEqual([meant, firmly])
})
