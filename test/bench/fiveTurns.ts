/** One turn of a resident: what he types, or which button of the message before he presses, and what he must be shown. */
export interface Turn {
  does: { type: string } | { press: string }
  shows: RegExp
  /** The Bot API calls that a turn takes, each once. */
  calls: readonly string[]
}

const answer = ['sendMessage']
const pressed = ['answerCallbackQuery', 'editMessageText']

/**
 * Menu, readings, values, a wrong value, confirm: what every bot here is measured by. `n` is the resident's number; it decides
 * his meters' readings, so that a bot which mixes two residents up is seen.
 */
export function fiveTurns(n: number): Turn[] {
  const { cold, hot } = previousOf(n)
  const now = nowOf(n)
  const both = (a: number, b: number) => new RegExp(`\\b${a}\\b.*\\b${b}\\b`, 's')
  return [
    { does: { type: 'меню' }, shows: /Что вам нужно/, calls: answer },
    { does: { press: 'Передать показания' }, shows: both(cold, hot), calls: pressed },
    { does: { type: `${now.cold} ${now.hot}` }, shows: both(now.cold, now.hot), calls: answer },
    { does: { type: `${now.cold} ${now.hot} 7` }, shows: /больше,\sчем\sнужно/, calls: answer },
    { does: { press: 'Верно' }, shows: /Показания приняты.*№\s\d+/s, calls: pressed },
  ]
}

/** What a resident's two meters showed last, in whole cubic metres. */
export const previousOf = (n: number) => ({ cold: 100 + (n % 800), hot: 1000 + (n % 700) })

/** What they show now. */
export const nowOf = (n: number) => ({ cold: previousOf(n).cold + 5, hot: previousOf(n).hot + 3 })

/** Residents are numbered from 0; by this id Telegram knows one. */
export const chatOf = (n: number): number => 1_000_000 + n
