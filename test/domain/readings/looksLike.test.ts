import { describe, expect, it } from 'vitest'
import { looksLikeReadings } from '../../../src/domain/readings/looksLike.ts'
import { cold, light } from './meters.ts'

describe('words at the main menu', () => {
  it.each([
    'хвс 12 гвс 8',
    '123 456',
    'свет 5012/3040',
    'т1 5012 т2 3040',
    '418,95',
    '418',
    'газ 5',
    '3041: 415',
    'cold 12 hot 8',
    'показания не изменились',
    'хвс как в прошлый раз',
    'без изменений',
    'readings are the same',
    'триста двадцать, двести сорок',
    'хвс сто',
    'хвс 418 гвс двести',
  ])('are readings: %j', (text) => {
    expect(looksLikeReadings(text, [cold, light])).toBe(true)
  })
  it.each([
    ...[
      '3',
      '10',
      '',
      'газ',
      'меню',
      '1e9',
      '-5',
      '0123456789',
      '8 912 345 67 89',
      '+7 912 345-67-89',
      '25.03.2026',
      '12:30',
    ],
    ...[
      'Ленина 5-12',
      'почему в феврале 2000 рублей',
      '5 '.repeat(2000),
      'ул. 8 Марта 120-45',
      'то же самое',
      'два',
      'двести рублей',
      'у меня два вопроса по показаниям',
      'как было',
      'ничего не изменилось в начислениях',
    ],
  ])('are no readings: %j', (text) => {
    expect(looksLikeReadings(text, [cold, light])).toBe(false)
  })
})
