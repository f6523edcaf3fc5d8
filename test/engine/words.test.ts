import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import { text } from '../../src/engine/text.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')
const folder = new URL('../../locales/', import.meta.url)

/** Every text of a language by its full key. */
function textsOf(language: string): Map<string, string> {
  const own = new URL(`${language}/`, folder)
  const found = new Map<string, string>()
  const walk = (key: string, value: unknown): void => {
    if (typeof value === 'string') found.set(key, value)
    else for (const [name, inner] of Object.entries(value ?? {})) walk(`${key}.${name}`, inner)
  }
  for (const file of readdirSync(own)) {
    if (file === 'intents.json') continue
    walk(file.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(file, own), 'utf8')))
  }
  return found
}

const texts = { ru: textsOf('ru'), en: textsOf('en') }
const plural = /_(zero|one|two|few|many|other)$/
const baseOf = (key: string) => key.replace(plural, '')
const placeholders = (source: string) => [...source.matchAll(/(?:\{\{\s*|<a )(\w+)/g)].map(([, name]) => name ?? '')

/** Keys of a language, without their plural forms, with every placeholder of any form. */
function shapes(of: Map<string, string>): Map<string, string[]> {
  const found = new Map<string, Set<string>>()
  for (const [key, source] of of) {
    const known = found.get(baseOf(key)) ?? new Set()
    for (const name of placeholders(source)) known.add(name)
    found.set(baseOf(key), known)
  }
  return new Map([...found].map(([key, names]) => [key, [...names].filter((name) => name !== 'count').sort()]))
}

describe('a link in a text', () => {
  const listed = (url: string) =>
    words.rich('ru', text('desk.handle.mine.answered', { url, number: 12, subject: 'Оплата' }))

  test('lies under its words, and is none when it leads nowhere', () => {
    const whole = '№ 12 · Оплата · вы ответили'
    const span = { style: 'link', url: 'https://example.org/7', at: 0, length: 4 }
    expect(listed('https://example.org/7')).toEqual({ text: whole, spans: [span] })
    expect(listed('')).toEqual({ text: whole, spans: [] })
  })
})

describe('what is told', () => {
  test.each(languages)(
    'of gas says in %s first what not to do, then to get out, and to call only from outside',
    (language) => {
      const told = texts[language].get('emergency.gas') ?? ''
      const order = {
        ru: ['Не зажигайте', 'выходите', 'С улицы', '{{gas}}'],
        en: ['Do not light', 'leave', 'From outside', '{{gas}}'],
      }
      const found = order[language].map((part) => told.indexOf(part))
      expect(
        found.every((at) => at >= 0),
        told,
      ).toBe(true)
      expect(found).toEqual([...found].sort((a, b) => a - b))
    },
  )

  test('of a reading corrected too late promises no more than the window lets', () => {
    expect(texts.ru.get('common.editedTooLate')).toContain('пока приём открыт')
    expect(texts.en.get('common.editedTooLate')).toContain('while readings are being taken')
  })
})

describe('the two languages', () => {
  test('have the same keys with the same placeholders', () => {
    expect(Object.fromEntries(shapes(texts.en))).toEqual(Object.fromEntries(shapes(texts.ru)))
  })

  test.each(languages)('have every plural form that %s needs', (language) => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const counted = [...texts[language].keys()].filter((key) => plural.test(key))
    for (const base of new Set(counted.map(baseOf)))
      for (const form of wanted) expect(counted, `${base} in ${language}`).toContain(`${base}_${form}`)
  })

  test.each(languages)('have no mark left open and no mark we do not know in %s', (language) => {
    for (const [key, source] of texts[language]) {
      const open: string[] = []
      for (const [, slash, name = ''] of source.matchAll(/<(\/?)(\w+)(?: \w+)?>/g)) {
        expect(['a', 'b', 'c'], key).toContain(name)
        if (slash) expect(open.pop(), key).toBe(name)
        else open.push(name)
      }
      expect(open, key).toEqual([])
      expect(source.replace(/<\/?[bc]>|<a \w+>|<\/a>/g, ''), key).not.toMatch(/[<>]|&\w+;/)
    }
  })

  test.each(languages)('have no empty text, no double space and no space at an end in %s', (language) => {
    for (const [key, source] of texts[language]) {
      expect(source.trim(), key).not.toBe('')
      if (!key.startsWith('readings.line')) expect(source, key).not.toMatch(/[^\n] {2}|^ | $/)
    }
  })

  test('have vocabularies of the same dialogs, in lower case and without «ё»', () => {
    const [ru, en] = [words.vocabulary('ru'), words.vocabulary('en')]
    for (const part of ['ways', 'anywhere', 'urgent', 'intents', 'smallTalk', 'topics', 'names'] as const)
      expect(Object.keys(en[part]).sort(), part).toEqual(Object.keys(ru[part]).sort())
    for (const { ways, goOn, anywhere, urgent, intents, smallTalk, topics } of [ru, en])
      for (const phrase of [ways, { goOn }, anywhere, urgent, intents, smallTalk, topics].flatMap((part) =>
        Object.values<readonly string[]>(part).flat(),
      ))
        expect(phrase).toBe(phrase.toLowerCase().replaceAll('ё', 'е').trim())
  })

  test.each(languages)('have no phrase that means two things in %s', (language) => {
    const { ways, anywhere, urgent, intents } = words.vocabulary(language)
    const always = [...Object.values(ways), ...Object.values(anywhere)].flat()
    expect(always.filter((phrase, index) => always.indexOf(phrase) !== index)).toEqual([])
    // A word that proves little alone may hint at several.
    const free = [...Object.values(urgent), ...Object.values(intents)].flat().filter((phrase) => !phrase.includes('?'))
    expect(free.filter((phrase, index) => free.indexOf(phrase) !== index)).toEqual([])
  })

  test.each(languages)('have a name for whatever free words lead to in %s, short enough for a button', (language) => {
    const { urgent, intents, topics, names } = words.vocabulary(language)
    expect(new Set(Object.keys(names))).toEqual(new Set([urgent, intents, topics].flatMap(Object.keys)))
    expect(Object.values(names).filter((name) => name.length > 40 || name === '')).toEqual([])
  })
})

describe('a text', () => {
  test.each([
    [1, 'Подключён 1 счёт'],
    [2, 'Подключено 2 счёта'],
    [5, 'Подключено 5 счетов'],
    [11, 'Подключено 11 счетов'],
    [21, 'Подключён 21 счёт'],
    [22, 'Подключено 22 счёта'],
  ])('counts %i in Russian', (count, said) => {
    expect(words.plain('ru', text('accounts.list', { count, linked: [] }))).toContain(said)
  })

  test.each([
    ['ru', 'Показания за ноябрь 2026'],
    ['en', 'Readings for November 2026'],
  ] as const)('names a month in %s', (language, said) => {
    expect(words.plain(language, text('readings.title', { period: '2026-11' }))).toBe(said)
  })

  test('names a moment by the clock of the centre, and a day by the calendar', () => {
    const at = { confirmation: '1', at: '2026-11-24T20:30:00.000Z', period: '2026-12' }
    expect(words.plain('ru', text('readings.accepted', at))).toContain('25 ноября 2026, 01:30')
    expect(words.plain('en', text('readings.accepted', at))).toContain('25 November 2026, 01:30')
    const until = text('readings.told.W_VERIFICATION', { meter: 'x', unit: 'м³', until: '2026-01-01' })
    expect(words.plain('ru', until)).toContain('1 января 2026')
  })

  test.each([
    ['ru', 418_950, '418,95'],
    ['ru', 418_000, '418'],
    ['ru', 5, '0,005'],
    ['en', 418_950, '418.95'],
    ['ru', 99_999_999, '99999,999'],
  ] as const)('shows a volume in %s: %i thousandths are %s', (language, t1, shown) => {
    const said = words.plain(language, text('readings.value', { t1, unit: 'м³' })).replaceAll('\u00a0', ' ')
    expect(said).toBe(`${shown} м³`)
  })

  test.each(['<b>x</b>', '{{y}}', '$t(common.menu)', '\ue0000\ue001', '%s', '</b></c>', '$&', '\\n'])(
    'takes what a resident typed, «%s», for words and nothing else',
    (typed) => {
      const said = words.rich('ru', text('linking.linked', { address: typed }))
      expect(said.text).toBe(`Готово! Счёт подключён: ${typed}.`)
      expect(said.spans).toEqual([{ style: 'bold', at: 'Готово! Счёт подключён: '.length, length: typed.length }])
    },
  )

  test('puts nested texts in with their own marks, a list line by line', () => {
    const line = text('linking.linked', { address: 'А' })
    const { text: said, spans } = words.rich('ru', text('common.lines', { lines: [line, line] }))
    expect(said).toBe('Готово! Счёт подключён: А.\nГотово! Счёт подключён: А.')
    expect(spans.map(({ at, length }) => said.slice(at, at + length))).toEqual(['А', 'А'])
  })

  test('that is not there is our bug, and known at once', () => {
    expect(() => words.plain('ru', text('menu.nothing'))).toThrow('no text menu.nothing in ru')
  })
})
