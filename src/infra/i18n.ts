import { readdirSync, readFileSync } from 'node:fs'
import { createInstance } from 'i18next'
import { type Language, languages } from '../domain/language.ts'
import type { RichText } from '../engine/outgoing.ts'
import type { Form, Text, Vocabulary, Words } from '../engine/text.ts'
import { textFormats } from './textFormats.ts'
import { append, compile, type Template } from './textTemplate.ts'

/**
 * The words of `locales/`, one file a dialog. In a locale text `<b>…</b>` is bold and `<c>…</c>` is code, `<a name>…</a>` links to what the value names; values stand as
 * `{{name}}` or `{{name, format}}` (`textFormats`) and are put in as they are, so that whatever a resident typed is never read
 * as markup. `count` chooses the plural form; a text may have a plain form, `key_plain` (`key_plain_few`).
 */
export function openWords(timeZone: string, folder = new URL('../../locales/', import.meta.url)): Words {
  const resources = Object.fromEntries(languages.map((language) => [language, readLanguage(folder, language)]))
  const i18n = createInstance()
  void i18n.init({
    resources: Object.fromEntries(
      Object.entries(resources).map(([language, texts]) => [language, { translation: texts }]),
    ),
    lng: 'ru',
    fallbackLng: false,
    supportedLngs: [...languages],
    initAsync: false,
    returnNull: false,
  })
  const formats = textFormats(timeZone)
  const plurals = new Map(languages.map((language) => [language, new Intl.PluralRules(language)]))
  const templates = new Map<string, Template>()

  /** Each form of each text is looked up and taken apart once. */
  function templateOf(language: Language, { key, values }: Text, form: Form): Template {
    const count = typeof values?.count === 'number' ? values.count : undefined
    const plural = count === undefined ? '' : plurals.get(language)?.select(count)
    const name = `${language} ${key} ${form ?? ''} ${plural}`
    const known = templates.get(name) ?? compile(sourceOf(language, key, count, form), formats)
    templates.set(name, known)
    return known
  }

  function sourceOf(language: Language, key: string, count: number | undefined, form: Form): string {
    const options = { lng: language, ...(count !== undefined && { count }), ...(form && { context: form }) }
    const found = i18n.t(key, { ...options, skipInterpolation: true })
    // A missing text comes back as its key.
    if (typeof found !== 'string' || (found === key && !i18n.exists(key, options)))
      throw new Error(`no text ${key} in ${language}`)
    return found
  }

  function rich(language: Language, text: Text, form: Form): RichText {
    return templateOf(language, text, form).filled(text.values ?? {}, (value, format) => {
      if (typeof value !== 'object') return format ? format(value, language) : String(value)
      return 'key' in value ? rich(language, value, form) : lines(value.map((one) => rich(language, one, form)))
    })
  }

  return {
    rich,
    plain: (language, text, form) => rich(language, text, form).text,
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

function lines(parts: RichText[]): RichText {
  const whole: RichText = { text: '', spans: [] }
  for (const [index, part] of parts.entries()) {
    if (index > 0) append(whole, '\n')
    append(whole, part)
  }
  return whole
}
