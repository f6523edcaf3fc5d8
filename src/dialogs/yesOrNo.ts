import type { Said } from '../engine/dialog.ts'

/** Whether a resident said yes or no, by a button of that value or by word; nothing when he said something else. */
export function yesOrNo(said: Said): boolean | undefined {
  const words = wordsOf(said)
  if (words.length === 0) return undefined
  if (words.every((word) => yes.has(word))) return true
  return words.every((word) => no.has(word)) ? false : undefined
}

/** The same where a wrong yes cannot be taken back: only the button, or the plain word itself. */
export function firmYesOrNo(said: Said): boolean | undefined {
  const answer = yesOrNo(said)
  return answer && said.kind === 'text' && !wordsOf(said).every((word) => firm.has(word)) ? undefined : answer
}

/** What was said, without the stops and the «я»; «да, согласна» says the same twice. */
function wordsOf(said: Said): string[] {
  if (said.kind === 'choice') return typeof said.value === 'string' ? [said.value] : []
  if (said.kind !== 'text') return []
  const plain = said.text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[.!,\s]+/g, ' ')
    .trim()
  const [, first, rest = ''] = /^(да|нет|yes|no) (.+)$/.exec(plain) ?? []
  return (first ? [first, rest] : [plain]).map((word) => word.replace(/^(я|i) /, '')).filter((word) => word !== '')
}

const firm = new Set(['да', 'согласен', 'согласна', 'yes', 'agree'])
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
  ...['agree', 'ok', 'okay', 'right', 'correct', 'y'],
])
const no = new Set([
  ...['no', 'нет', 'не согласен', 'не согласна', 'неверно', 'не верно', 'неправильно', 'н'],
  ...['wrong', 'n', 'disagree'],
])
