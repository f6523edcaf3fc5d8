import type { Language } from '../language.ts'

/** News as they are told: in Russian, and in English where somebody has written that too. */
export type NewsText = { ru: NewsWords; en?: NewsWords }

export interface NewsWords {
  title: string
  body: string
}

/** Longer news would be cut into several messages. */
export const longestNews = 3_500

export type NewsProblem = 'empty' | 'noBody' | 'tooLong'

/**
 * News as an operator writes them: the title on the first line, then the text; below a line `--- en` the same in English. All of it is plain text.
 */
export function readNews(file: string): { text: NewsText } | { problem: NewsProblem } {
  const [russian = '', english] = file
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/^--- ?en[ \t]*$/m)
  const ru = wordsOf(russian)
  const en = english === undefined ? undefined : wordsOf(english)
  if (ru.title === '') return { problem: 'empty' }
  const all = [ru, ...(en ? [en] : [])]
  if (all.some(({ title, body }) => title === '' || body === '')) return { problem: 'noBody' }
  if (all.some(({ title, body }) => title.length + body.length > longestNews)) return { problem: 'tooLong' }
  return { text: { ru, ...(en && { en }) } }
}

function wordsOf(part: string): NewsWords {
  const [title = '', ...body] = part.trim().split('\n')
  return { title: title.trim(), body: body.join('\n').trim() }
}

/** Who reads another language is told in Russian what nobody has translated. */
export const newsIn = (text: NewsText, language: Language): NewsWords =>
  (language === 'en' ? text.en : undefined) ?? text.ru
