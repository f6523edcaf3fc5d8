import type { Said } from '../engine/dialog.ts'

/** Whether a resident said yes or no, by a button of that value or by word; nothing when he said something else. */
export function yesOrNo(said: Said): boolean | undefined {
  const word = said.kind === 'choice' ? said.value : said.kind === 'text' ? plain(said.text) : undefined
  if (typeof word !== 'string') return undefined
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** The same where a wrong yes cannot be taken back: only the button, or the plain word itself. */
export function firmYesOrNo(said: Said): boolean | undefined {
  const answer = yesOrNo(said)
  return answer && said.kind === 'text' && !firm.has(plain(said.text)) ? undefined : answer
}

const plain = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[.!]+$/, '')

const firm = new Set(['да', 'согласен', 'согласна', 'yes', 'agree', 'i agree'])
const yes = new Set([
  ...[
    'yes',
    'да',
    'ага',
    'угу',
    'согласен',
    'согласна',
    'верно',
    'все верно',
    'правильно',
    'ок',
    'окей',
    'хорошо',
    'д',
    '+',
  ],
  ...['agree', 'i agree', 'ok', 'okay', 'right', 'correct', 'y'],
])
const no = new Set([
  ...['no', 'нет', 'не согласен', 'не согласна', 'неверно', 'не верно', 'неправильно', 'н'],
  ...['wrong', 'n', 'disagree', 'i disagree'],
])
