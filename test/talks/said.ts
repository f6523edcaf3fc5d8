import { readFileSync } from 'node:fs'
import type { Language } from '../../src/domain/language.ts'

/**
 * What the bot says by a key of `locales/`, as a pattern: any value may stand where one is put in, unless it is given here as it is
 * shown. A talk is about what is said, not about how it is worded.
 */
export function said(key: string, values: Record<string, string> = {}, language: Language = 'ru'): RegExp {
  const [file = '', ...path] = key.split('.')
  const texts: unknown = JSON.parse(
    readFileSync(new URL(`../../locales/${language}/${file}.json`, import.meta.url), 'utf8'),
  )
  const name = path.pop() ?? ''
  const group = path.reduce((part, step) => entries(part).find(([inner]) => inner === step)?.[1], texts)
  const forms = entries(group).filter(([one]) => one.replace(/_(zero|one|two|few|many|other)$/, '') === name)
  if (forms.length === 0) throw new Error(`no text ${key} in ${language}`)
  return new RegExp(forms.map(([, form]) => pattern(String(form), values)).join('|'))
}

/** Both, in this order. */
export const both = (first: RegExp, second: RegExp): RegExp =>
  new RegExp(`(?:${first.source})[\\s\\S]*(?:${second.source})`)

export const oneOf = (...patterns: RegExp[]): RegExp => new RegExp(patterns.map(({ source }) => source).join('|'))

const entries = (group: unknown): [string, unknown][] => Object.entries(group ?? {})

function pattern(source: string, values: Record<string, string>): string {
  return source
    .replace(/<\/?[bc]>/g, '')
    .split(/\{\{\s*(\w+)[^}]*\}\}/)
    .map((piece, index) => (index % 2 === 0 ? escaped(piece) : values[piece] ? escaped(values[piece]) : '[\\s\\S]*'))
    .join('')
}

/** Where a line may not break is not what a talk is about either. */
const escaped = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[ \u00a0]/g, '[ \\u00a0]')
