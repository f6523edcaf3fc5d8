import { expect, test } from 'vitest'
import { basisOf } from '../../../src/domain/charges/basis.ts'

test.each([
  ['по прибору', 'meter'],
  ['ИПУ', 'meter'],
  ['по счётчику', 'meter'],
  ['показания ИПУ', 'meter'],
  ['норматив', 'norm'],
  ['Норма', 'norm'],
  ['по среднему', 'average'],
  ['среднее по ИПУ', 'average'],
  ['общедомовой прибор', 'house'],
  ['ОДПУ', 'house'],
  ['площадь', 'area'],
  ['проживающие', 'people'],
  ['зарегистрированные', 'people'],
  ['акт проверки', undefined],
  ['', undefined],
])('«%s» is %s', (word, basis) => expect(basisOf(word)).toBe(basis))
