import { readdirSync, readFileSync } from 'node:fs'
import { createInstance } from 'i18next'
import { type Language, languages } from '../domain/language.ts'
import { formatVolume } from '../domain/volume.ts'
import type { RichText, Span } from '../engine/outgoing.ts'
import type { Form, Text, Value, Vocabulary, Words } from '../engine/text.ts'

/**
 * The words of `locales/`, one file a dialog. In a locale text `<b>…</b>` is bold and `<c>…</c>` is code; values are put in
 * afterwards, so that whatever a resident typed is never read as markup. Formats: `{{at, day}}` (ISO date → «24 ноября 2026»),
 * `{{at, moment}}` (ISO instant → «24 ноября 2026, 18:05» in the centre's time zone), `{{period, month}}` (`2026-11` →
 * «ноябрь 2026»), `{{v, volume}}` (thousandths → «418,95»). A text may have a plain form, `key_plain` (`key_plain_few`).
 */
export function openWords(timeZone: string, folder = new URL('../../locales/', import.meta.url)): Words {
  const i18n = createInstance()
  const resources = Object.fromEntries(languages.map((language) => [language, readLanguage(folder, language)]))
  void i18n.init({
    resources: Object.fromEntries(
      Object.entries(resources).map(([language, texts]) => [language, { translation: texts }]),
    ),
    lng: 'ru',
    fallbackLng: false,
    supportedLngs: [...languages],
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  addFormats(i18n.services.formatter, timeZone)

  function rich(language: Language, { key, values = {} }: Text, form: Form): RichText {
    const put: RichText[] = []
    const render = (inner: Text) => richOrFixed(language, inner, form)
    const flat = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, stand(value, render, put)]))
    const options = { ...flat, lng: language, ...(form && { context: form }) }
    const found = i18n.t(key, options)
    // A missing text comes back as its key.
    if (typeof found !== 'string' || (found === key && !i18n.exists(key, options)))
      throw new Error(`no text ${key} in ${language}`)
    return marked(found, put)
  }

  /** Most texts, every button's among them, have no values: each is worked out once. */
  const fixed = new Map<string, RichText>()
  function richOrFixed(language: Language, text: Text, form: Form): RichText {
    if (text.values) return rich(language, text, form)
    const name = `${language} ${text.key} ${form ?? ''}`
    const known = fixed.get(name) ?? rich(language, text, form)
    fixed.set(name, known)
    return known
  }

  return {
    rich: (language, text, form) => richOrFixed(language, text, form),
    plain: (language, text, form) => richOrFixed(language, text, form).text,
    vocabulary: (language) => resources[language]?.intents as unknown as Vocabulary,
  }
}

function readLanguage(folder: URL, language: Language): Record<string, unknown> {
  const own = new URL(`${language}/`, folder)
  const files = readdirSync(own).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(
    files.map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(name, own), 'utf8'))]),
  )
}

/** A private-use character stands where a value goes, so that no value is taken for markup or for a key. */
const slot = (index: number): string => `\uE000${index}\uE001`

function stand(value: Value, render: (text: Text) => RichText, put: RichText[]): string | number {
  if (typeof value === 'number') return value
  if (typeof value === 'string')
    return /^[\w:.+-]*$/.test(value) ? value : slot(put.push({ text: value, spans: [] }) - 1)
  const parts = 'key' in value ? [render(value)] : value.map(render)
  return slot(put.push(joined(parts)) - 1)
}

function joined(parts: RichText[]): RichText {
  const whole: RichText = { text: '', spans: [] }
  for (const [index, part] of parts.entries()) append(whole, index > 0 ? '\n' : '', part)
  return whole
}

function append(whole: RichText, between: string, part: RichText): void {
  whole.text += between
  const shift = whole.text.length
  whole.text += part.text
  whole.spans.push(...part.spans.map((span) => ({ ...span, at: span.at + shift })))
}

/** Reads the marks of a locale text and puts the values into their slots. */
function marked(source: string, put: RichText[]): RichText {
  const whole: RichText = { text: '', spans: [] }
  const open: { style: Span['style']; at: number }[] = []
  for (const piece of source.split(/(<\/?[bc]>|\uE000\d+\uE001)/)) {
    const value = /^\uE000(\d+)\uE001$/.exec(piece)
    if (value) append(whole, '', put[Number(value[1])] ?? { text: '', spans: [] })
    else if (piece === '<b>' || piece === '<c>')
      open.push({ style: piece === '<b>' ? 'bold' : 'code', at: whole.text.length })
    else if (piece === '</b>' || piece === '</c>') {
      const from = open.pop()
      if (from && from.style !== 'link' && whole.text.length > from.at)
        whole.spans.push({ style: from.style, at: from.at, length: whole.text.length - from.at })
    } else whole.text += piece
  }
  return { text: whole.text, spans: whole.spans.sort((a, b) => a.at - b.at) }
}

type Formatter = { add(name: string, format: (value: unknown, language?: string) => string): void } | undefined

function addFormats(formatter: Formatter, timeZone: string): void {
  const locale = (language: string | undefined) => (language === 'en' ? 'en-GB' : 'ru-RU')
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const
  // Making one of these costs more than all the rest of a text.
  const formats = new Map<string, Intl.DateTimeFormat>()
  const dateIn = (value: unknown, language: string | undefined, options: Intl.DateTimeFormatOptions) => {
    const name = `${locale(language)} ${Object.entries(options).join()}`
    const known = formats.get(name) ?? new Intl.DateTimeFormat(locale(language), options)
    formats.set(name, known)
    return known.format(new Date(String(value))).replace(/\s?г\.$/, '')
  }
  formatter?.add('day', (value, language) => dateIn(`${value}T12:00:00Z`, language, { ...day, timeZone: 'UTC' }))
  formatter?.add('moment', (value, language) => {
    const date = dateIn(value, language, { ...day, timeZone })
    return `${date}, ${dateIn(value, language, { hour: '2-digit', minute: '2-digit', timeZone })}`
  })
  formatter?.add('month', (value, language) =>
    dateIn(`${value}-15T12:00:00Z`, language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  )
  formatter?.add('volume', (value, language) => formatVolume(Number(value), language === 'en' ? 'en' : 'ru'))
}
