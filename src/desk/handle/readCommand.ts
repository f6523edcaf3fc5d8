import { plainText } from '../../domain/plainText.ts'
import { text, type Words } from '../../engine/text.ts'
import { staffLanguage } from '../records.ts'

/** Telegram knows commands in Latin letters only; what each is called in words stands in the locales, its ways behind bars. */
const commands = {
  on: ['on'],
  off: ['off'],
  shift: ['shift'],
  queue: ['queue'],
  mine: ['mine'],
  today: ['today'],
  stats: ['stats'],
  canned: ['q'],
  cannedKeep: ['q+'],
  cannedRemove: ['q-'],
  take: ['take'],
  pass: ['pass'],
  back: ['queue-back', 'queue_back', 'back'],
  hold: ['hold'],
  close: ['close'],
  reopen: ['reopen'],
  lead: ['lead'],
  request: ['request'],
  requests: ['requests'],
  overdue: ['overdue'],
  card: ['card', 'refresh'],
  help: ['help', 'start'],
} as const
export type CommandName = keyof typeof commands

const names = Object.keys(commands).filter((name): name is CommandName => Object.hasOwn(commands, name))

export interface Command {
  /** `unknown`: begins like a command and is none. */
  name: CommandName | 'unknown'
  /** What stands behind it, as it was typed. */
  rest: string
}

/**
 * The command that words are, if any: `/mine`, `/mine@our_bot`, «/мои». `bare`: where nobody talks with a resident («мои»), so that there
 * no words of a consultant to a resident are taken for one.
 */
export function readCommand(said: string, words: Words, { bare }: { bare: boolean }): Command | undefined {
  const phrases = phrasesOf(words)
  const typed = said.trim()
  if (!typed.startsWith('/')) {
    const name = bare ? phrases.get(plainText(typed)) : undefined
    return name && { name, rest: '' }
  }
  const [, latin = '', rest = ''] = /^\/([^\s@]+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(typed) ?? []
  const byLatin = names.find((name) => commands[name].some((one) => one === latin.toLowerCase()))
  if (byLatin) return { name: byLatin, rest }
  const plain = plainText(typed.slice(1))
  const longest = [...phrases.keys()]
    .filter((phrase) => plain === phrase || plain.startsWith(`${phrase} `))
    .toSorted((a, b) => b.length - a.length)[0]
  const name = longest === undefined ? undefined : phrases.get(longest)
  if (longest === undefined || name === undefined) return { name: 'unknown', rest: '' }
  return { name, rest: typed.slice(1 + longest.length).trim() }
}

const known = new WeakMap<Words, Map<string, CommandName>>()

function phrasesOf(words: Words): Map<string, CommandName> {
  const before = known.get(words)
  if (before) return before
  const phrases = new Map(
    names.flatMap((name) =>
      words
        .plain(staffLanguage, text(`desk.handle.command.${name}`))
        .split('|')
        .map((phrase) => [plainText(phrase), name] as const),
    ),
  )
  known.set(words, phrases)
  return phrases
}
