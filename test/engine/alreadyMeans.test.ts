import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import { alreadyMeans } from '../../src/engine/alreadyMeans.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')

function labelsOf(language: string): string[] {
  const { title, example, ...labels } = JSON.parse(
    readFileSync(new URL(`../../locales/${language}/menu.json`, import.meta.url), 'utf8'),
  )
  return Object.values(labels)
}

test.each(languages)(
  'every label of the menu and every word that works anywhere says something already, in %s',
  (language) => {
    const { ways, anywhere } = words.vocabulary(language)
    const all = [...labelsOf(language), ...Object.values(ways).flat(), ...Object.values(anywhere).flat()]
    expect(all.length).toBeGreaterThan(20)
    expect(all.filter((one) => !alreadyMeans(one, words))).toEqual([])
  },
)

test.each(['показания', 'Квитанция!', '«Меню»', 'человек', 'долг', 'да', 'нет', 'привет', 'пожар'])(
  '«%s» says something already',
  (said) => {
    expect(alreadyMeans(said, words)).toBe(true)
  },
)

test.each([
  ...['Мама', 'Папа', 'Родители', 'Дача', 'Дача 2', 'Дом', 'Мой дом', 'Квартира на Ленина', 'Офис', 'Гараж'],
  ...['Света', 'Вера', 'Мамин счёт', 'Помощь маме', 'Mum', 'Cottage', 'My flat', '🏠'],
])('«%s» can be a name', (said) => {
  expect(alreadyMeans(said, words)).toBe(false)
})
