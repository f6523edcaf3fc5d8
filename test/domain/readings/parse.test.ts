import { describe, expect, it } from 'vitest'
import type { MeterOnHand } from '../../../src/domain/meter.ts'
import { parseReadings } from '../../../src/domain/readings/parse.ts'
import { cold, cold2, gas, heat, hot, light, plainLight } from './meters.ts'

const water = [cold, hot]
const flat = [cold, hot, light]

describe('readings are understood', () => {
  const cases: [text: string, meters: MeterOnHand[], entries: Record<string, number[]>][] = [
    // In the order shown
    ['123 456', water, { cold: [123], hot: [456] }],
    ['123, 456', water, { cold: [123], hot: [456] }],
    ['123\n456', water, { cold: [123], hot: [456] }],
    ['123;456', water, { cold: [123], hot: [456] }],
    ['123,45 67,8', water, { cold: [123.45], hot: [67.8] }],
    ['123.45, 67.8.', water, { cold: [123.45], hot: [67.8] }],
    ['123 - 456', water, { cold: [123], hot: [456] }],
    ['123/456', water, { cold: [123], hot: [456] }],
    ['1) 123\n2) 456', water, { cold: [123], hot: [456] }],
    ['1. 123\n2. 456', water, { cold: [123], hot: [456] }],
    ['123,456,789', [cold, hot, cold2], { cold: [123], hot: [456], cold2: [789] }],
    ['показания 123 456', water, { cold: [123], hot: [456] }],
    ['Добрый день! Передаю показания за март: 123м3 и 456 куб.м, спасибо', water, { cold: [123], hot: [456] }],
    ['показания на 20 марта 2026 г.: 123 456', water, { cold: [123], hot: [456] }],
    ['за март 2026 года хвс 12', water, { cold: [12] }],
    ['25.03.2026 123 456', water, { cold: [123], hot: [456] }],
    ['415 243 5012/3040', flat, { cold: [415], hot: [243], light: [5012, 3040] }],
    ['415 243 5012 3040', flat, { cold: [415], hot: [243], light: [5012, 3040] }],
    ['5012/3040 415 243', flat, { cold: [415], hot: [243], light: [5012, 3040] }],
    ['415/243 5012/3040', flat, { cold: [415], hot: [243], light: [5012, 3040] }],
    // Named
    ['хвс 12 гвс 8', water, { cold: [12], hot: [8] }],
    ['гвс 8 хвс 12', water, { cold: [12], hot: [8] }],
    ['холодная 12, горячая 8', water, { cold: [12], hot: [8] }],
    ['Холодная вода - 12 кубов\nГорячая вода - 8', water, { cold: [12], hot: [8] }],
    ['ХВС: 12,5; ГВС - 8', water, { cold: [12.5], hot: [8] }],
    ['хвс12 гвс8', water, { cold: [12], hot: [8] }],
    ['х/в 12 г/в 8', water, { cold: [12], hot: [8] }],
    ['х 12 г 8', water, { cold: [12], hot: [8] }],
    ['ХВС-12, ГВС-8', water, { cold: [12], hot: [8] }],
    ['cold 12 hot 8', water, { cold: [12], hot: [8] }],
    ['холдная 12 гарячая 8', water, { cold: [12], hot: [8] }],
    ['12 холодная, 8 горячая', water, { cold: [12], hot: [8] }],
    ['12 хвс 8 гвс', water, { cold: [12], hot: [8] }],
    ['12 хвс\nгвс 8', water, { cold: [12], hot: [8] }],
    ['хвс 12', water, { cold: [12] }],
    ['свет 5012/3040', flat, { light: [5012, 3040] }],
    ['свет 5012 3040', flat, { light: [5012, 3040] }],
    ['эл-во 5012/3040', flat, { light: [5012, 3040] }],
    ['электричество день 5012 ночь 3040', flat, { light: [5012, 3040] }],
    ['свет ночь 3040, день 5012', flat, { light: [5012, 3040] }],
    ['свет 5012 день 3040 ночь', flat, { light: [5012, 3040] }],
    ['T1 5012 T2 3040', flat, { light: [5012, 3040] }],
    ['Т1: 5012\nТ2: 3040', flat, { light: [5012, 3040] }],
    ['хвс 12 гвс 8 т1 5012 т2 3040', flat, { cold: [12], hot: [8], light: [5012, 3040] }],
    ['light 4321', [cold, plainLight], { plainLight: [4321] }],
    ['газ 12', [cold, gas], { gas: [12] }],
    ['отопление 1,234', [cold, heat], { heat: [1.234] }],
    ['тепло 1.234 Гкал', [cold, heat], { heat: [1.234] }],
    // Several meters of one service
    ['хвс 12 105 гвс 8', [cold, cold2, hot], { cold: [12], cold2: [105], hot: [8] }],
    ['хвс кухня 12 хвс ванная 105', [cold, cold2, hot], { cold: [12], cold2: [105] }],
    ['хвс1: 12; хвс2: 105', [cold, cold2, hot], { cold: [12], cold2: [105] }],
    ['хвс №2 105', [cold, cold2, hot], { cold2: [105] }],
    ['2) 105', [cold, cold2, hot], { cold2: [105] }],
    // As last time
    ['не изменилось', water, { cold: [412.615], hot: [240] }],
    ['Показания не изменились', water, { cold: [412.615], hot: [240] }],
    ['всё как в прошлый раз', water, { cold: [412.615], hot: [240] }],
    ['без изменений', flat, { cold: [412.615], hot: [240], light: [5000, 3000] }],
    ['те же', water, { cold: [412.615], hot: [240] }],
    ['same as last time', water, { cold: [412.615], hot: [240] }],
    ['no change', [cold], { cold: [412.615] }],
    ['без изменений', [cold, heat], { cold: [412.615] }],
    ['горячая 310 холодная та же', water, { cold: [412.615], hot: [310] }],
    ['холодная та же самая, горячая 310', water, { cold: [412.615], hot: [310] }],
    ['все по-старому', water, { cold: [412.615], hot: [240] }],
    ['по старому', water, { cold: [412.615], hot: [240] }],
    ['всё как было', water, { cold: [412.615], hot: [240] }],
    ['хвс не изменилось гвс 318', water, { cold: [412.615], hot: [318] }],
    ['гвс 318, хвс как в прошлый раз', water, { cold: [412.615], hot: [318] }],
    ['cold 418 hot unchanged', water, { cold: [418], hot: [240] }],
    ['не изменилась горячая, холодная 418', water, { cold: [418], hot: [240] }],
    ['свет без изменений, хвс 418', flat, { cold: [418], light: [5000, 3000] }],
    ['свет день 5012 ночь не изменилась', flat, { light: [5012, 3000] }],
    ['418; не изменилось', water, { cold: [418], hot: [240] }],
    ['не изменилось, 243', water, { cold: [412.615], hot: [243] }],
    ['418 не изменилось 5012/3040', flat, { cold: [418], hot: [240], light: [5012, 3040] }],
    ['10203043 не изменился', [cold, cold2, hot], { cold2: [100] }],
    ['хвс не изменились', [cold, cold2, hot], { cold: [412.615], cold2: [100] }],
    ['хвс 412,615, без изменений', [cold], { cold: [412.615] }],
    // By serial
    ['10203043 105', [cold, cold2, hot], { cold2: [105] }],
    ['3043 - 105', [cold, cold2, hot], { cold2: [105] }],
    ['хвс №10203043: 105', [cold, cold2, hot], { cold2: [105] }],
    ['счётчик 10203041 415 10203042 243', water, { cold: [415], hot: [243] }],
    ['10203041 415', [cold], { cold: [415] }],
    ['АВ-778899 5012/3040', flat, { light: [5012, 3040] }],
    ['AB-778899: 5012 3040', flat, { light: [5012, 3040] }],
    // One meter asked
    ['418,95', [cold], { cold: [418.95] }],
    ['418.950', [cold], { cold: [418.95] }],
    ['00418', [cold], { cold: [418] }],
    ['0', [cold], { cold: [0] }],
    ['12345 кВт*ч', [plainLight], { plainLight: [12345] }],
    ['418,95', [plainLight], { plainLight: [418.95] }],
    // Other keyboards and hidden marks
    ['٤١٨٫٩٥', [cold], { cold: [418.95] }],
    ['４１８．９５', [cold], { cold: [418.95] }],
    ['\u200f415\u00a0\u202f\u200b 243\u200e', water, { cold: [415], hot: [243] }],
    ['4️⃣1️⃣5️⃣', [cold], { cold: [415] }],
    ['хвс — 12, гвс − 8', water, { cold: [12], hot: [8] }],
    // Fewer numbers than meters, where only one meter can have shown them
    ['12345', [heat, plainLight], { plainLight: [12345] }],
    ['5015/3002', flat, { light: [5015, 3002] }],
    ['243', [{ ...cold, previous: { values: [90_000_000], readAt: '2026-02-20' } }, hot], { hot: [243] }],
  ]
  it.each(cases)('%j', (text, meters, expected) => {
    const entries = meters.flatMap(({ id }) =>
      expected[id] ? [{ meterId: id, values: expected[id].map((value) => Math.round(value * 1000)) }] : [],
    )
    const missing = meters.map(({ id }) => id).filter((id) => !(id in expected))
    expect(parseReadings(text, meters)).toEqual({ ok: true, entries, missing })
  })
})

it('values of a service without a meter are set aside, and the others are kept', () => {
  expect(parseReadings('хвс 415 свет 5012/3040 гвс 243', water)).toEqual({
    ok: true,
    entries: [
      { meterId: 'cold', values: [415_000] },
      { meterId: 'hot', values: [243_000] },
    ],
    missing: [],
    elsewhere: ['EL'],
  })
})

describe('readings are refused', () => {
  const cases: [text: string, meters: MeterOnHand[], problem: object][] = [
    ['', water, { code: 'notReadings' }],
    ['меню', water, { code: 'notReadings' }],
    ['хочу передать показания', water, { code: 'notReadings' }],
    ['добрый день', flat, { code: 'notReadings' }],
    ['9'.repeat(2001), water, { code: 'notReadings' }],
    ['газ', [cold, gas], { code: 'notNumber' }],
    ['горячая', water, { code: 'notNumber' }],
    ['1e9', [cold], { code: 'notNumber' }],
    ['-5', [cold], { code: 'notNumber' }],
    ['415 -5', water, { code: 'notNumber' }],
    [',5', [cold], { code: 'notNumber' }],
    ['12.', [], { code: 'tooMany', given: 1, expected: 0 }],
    ['5012 3040 1', [light], { code: 'tooMany', meterId: 'light', given: 3, expected: 2 }],
    ['9'.repeat(400), [cold], { code: 'notNumber' }],
    ['1.234.567', [cold], { code: 'notNumber' }],
    ['12+3', [cold], { code: 'notNumber' }],
    ['12½', [cold], { code: 'notNumber' }],
    ['1 2 3', water, { code: 'tooMany', given: 3, expected: 2 }],
    ['хвс 12 13 гвс 8', water, { code: 'tooMany', meterId: 'cold', given: 2, expected: 1 }],
    ['хвс 1 12 хвс 2 105', [cold, cold2], { code: 'tooMany', meterId: 'cold', given: 2, expected: 1 }],
    ['канализация 12', water, { code: 'unknownMeter', word: 'канализация' }],
    ['газ 12', water, { code: 'elsewhere', services: ['GAS'] }],
    ['свет 5012', water, { code: 'elsewhere', services: ['EL'] }],
    ['день 5012 ночь 3040', water, { code: 'elsewhere', services: ['EL'] }],
    ['свет 5012 газ 12', water, { code: 'elsewhere', services: ['EL', 'GAS'] }],
    ['хвс 12', [hot], { code: 'elsewhere', services: ['HVS'] }],
    // The black and the red digits of every dial
    [
      '00415 120 00243 050',
      water,
      {
        ...{ code: 'ambiguous', meterId: 'cold', candidates: [[415_120]], others: [] },
        more: [{ meterId: 'hot', candidates: [[243_050]] }],
      },
    ],
    ['415 120 243 05', water, { code: 'tooMany', given: 4, expected: 2 }],
    // In words
    ['триста двадцать', water, { code: 'numberWords' }],
    ['триста двадцать, двести сорок', water, { code: 'numberWords' }],
    ['хвс четыреста восемнадцать', water, { code: 'numberWords' }],
    ['418 целых пять', [cold], { code: 'numberWords' }],
    ['three hundred and twenty', water, { code: 'numberWords' }],
    ['у меня два вопроса', water, { code: 'notReadings' }],
    ['отопление не изменилось', [cold, heat], { code: 'noPrevious', meterId: 'heat' }],
    ['не изменилось', [heat], { code: 'noPrevious', meterId: 'heat' }],
    ['не изменилось 5 6', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    ['3) 105', water, { code: 'unknownMeter', word: '3)' }],
    ['418', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    ['123,456', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    ['300,250', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    [
      'хвс 12 хвс 13',
      [cold, cold2, { ...cold2, id: 'cold3' }],
      { code: 'whichMeter', meterIds: ['cold', 'cold2', 'cold3'] },
    ],
    ['хвс 12', [cold, cold2, hot], { code: 'whichMeter', meterIds: ['cold', 'cold2'] }],
    ['12 хвс 8', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    ['хвс 12 гвс', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    ['хвс-1 105', [cold, cold2, hot], { code: 'whichMeter', meterIds: ['cold', 'cold2'] }],
    // The tail of a serial, or a value: only the resident knows
    ['3041 243', water, { code: 'whichMeter', meterIds: ['cold', 'hot'] }],
    ['свет 5012', flat, { code: 'zones', meterId: 'light', given: 1, expected: 2 }],
    ['5012', [light], { code: 'zones', meterId: 'light', given: 1, expected: 2 }],
    ['день 5012', [light], { code: 'zones', meterId: 'light', given: 1, expected: 2 }],
    ['день 5012 ночь 3040', [plainLight], { code: 'zones', meterId: 'plainLight', given: 2, expected: 1 }],
    ['хвс 12 хвс 13', water, { code: 'repeated', meterId: 'cold' }],
    ['т1 5012 т1 5013', flat, { code: 'repeated', meterId: 'light' }],
    ['10203041 415 3041 416', water, { code: 'repeated', meterId: 'cold' }],
    ['418 950', [plainLight], ambiguous('plainLight', [418], [418950])],
    ['418.950', [plainLight], ambiguous('plainLight', [418], [418950])],
    ['12,345', [plainLight], ambiguous('plainLight', [12], [12345])],
    ['12.345/6.789', [light], ambiguous('light', [12, 6], [12345, 6789])],
    ['00418 950', [cold], ambiguous('cold', [418.95])],
    [
      'свет 12 345, хвс 415',
      [cold, plainLight],
      { ...ambiguous('plainLight', [12], [12345]), others: [{ meterId: 'cold', values: [415000] }] },
    ],
  ]
  it.each(cases)('%j', (text, meters, problem) => {
    expect(parseReadings(text, meters)).toEqual({ ok: false, problem })
  })

  function ambiguous(meterId: string, ...candidates: number[][]) {
    const inThousandths = candidates.map((values) => values.map((value) => Math.round(value * 1000)))
    return { code: 'ambiguous', meterId, candidates: inThousandths, others: [] }
  }
})
