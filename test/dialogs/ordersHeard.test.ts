import { expect, test } from 'vitest'
import { wishedKind } from '../../src/dialogs/ordersHeard.ts'

test.each([
  ['нужна справка об отсутствии долга', 'debt'],
  ['справка о задолженности', 'debt'],
  ['выписка из лицевого счёта', 'statement'],
  ['акт сверки за год', 'reconciliation'],
  ['копия лицевого счёта', 'accountCopy'],
  ['копия финансово-лицевого счёта', 'accountCopy'],
  ['справка о зарегистрированных, не о долге', 'registered'],
  ['справка о прописке', 'registered'],
  ['детализация начислений', 'details'],
  ['certificate of debt', 'debt'],
  ['a reconciliation', 'reconciliation'],
  ['справка', undefined],
  ['справка 2-ндфл', undefined],
])('«%s» asks for %s', (said, kind) => {
  expect(wishedKind(said)).toBe(kind)
})
