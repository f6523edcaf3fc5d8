import { describe, expect, it } from 'vitest'
import { accountKeyFits, innFits } from '../../../src/domain/payment/controlDigits.ts'
import { checkRequisites, type Requisites } from '../../../src/domain/payment/requisites.ts'
import { requisites, vectors } from './vectors.ts'

const verdict = (changed: Partial<Requisites>) => {
  const { problems, warnings } = checkRequisites({ ...requisites, ...changed })
  return { problems: problems.map(({ field, why }) => `${field} ${why}`), warnings: warnings.map(({ field }) => field) }
}

/** Both neighbours of a digit. */
const beside = (digit: string): string[] => [String((Number(digit) + 1) % 10), String((Number(digit) + 9) % 10)]
const misprints = (number: string, from = 0, to = number.length): string[] =>
  Array.from({ length: to - from }, (_, index) => index + from).flatMap((at) =>
    beside(number.charAt(at)).map((digit) => number.slice(0, at) + digit + number.slice(at + 1)),
  )

const accounts: [string, string, 'correspondent' | 'client'][] = [
  ['049805746', '40602810700000000025', 'client'],
  ['049805000', '30101810800000000746', 'correspondent'],
  ['044525225', '40702810138250123017', 'client'],
  ['044525225', '30101810400000000225', 'correspondent'],
  ['046599999', '40702810216000000042', 'client'],
  ['046599999', '30101810300000000999', 'correspondent'],
]

describe("a bank account's key", () => {
  it.each(accounts)('fits: bank %s, account %s (%s)', (bic, account, kind) => {
    expect(accountKeyFits(bic, account, kind === 'correspondent')).toBe(true)
  })

  it.each(accounts)('tells any digit beside the right one: bank %s, account %s (%s)', (bic, account, kind) => {
    const isCorrespondent = kind === 'correspondent'
    expect(misprints(account).filter((wrong) => accountKeyFits(bic, wrong, isCorrespondent))).toEqual([])
    // Only these digits of the bank's take part in the key.
    const wrongBanks = isCorrespondent ? misprints(bic, 4, 6) : misprints(bic, 6)
    expect(wrongBanks.filter((wrong) => accountKeyFits(wrong, account, isCorrespondent))).toEqual([])
  })

  it('of an account in the Bank of Russia is that of its division', () => {
    expect(accountKeyFits('049805000', '30101810800000000746', false)).toBe(true)
    expect(accountKeyFits('049805001', '30101810800000000746', false)).toBe(true)
    expect(accountKeyFits('049805010', '30101810800000000746', false)).toBe(false)
  })
})

describe('the control digits of an ИНН', () => {
  const right = ['7707083893', '6699000017', '669900000043']
  it.each(right)('fit: %s', (inn) => {
    expect(innFits(inn)).toBe(true)
  })
  it.each(['6200098765', '669900000034', '669900000053', '7707083894'])('do not fit: %s', (inn) => {
    expect(innFits(inn)).toBe(false)
  })
  it.each(right)('tell a wrong last digit of %s', (inn) => {
    expect(misprints(inn, inn.length === 10 ? 9 : 10).filter(innFits)).toEqual([])
  })
})

describe('requisites', () => {
  it.each(Object.values(vectors))('are right: $requisites.Name', (vector) => {
    expect(checkRequisites(vector.requisites)).toEqual({ problems: [], warnings: [] })
  })

  it.each<[Partial<Requisites>, string[]]>([
    [{ Name: '' }, ['Name missing']],
    [{ Name: 'Я'.repeat(161) }, ['Name tooLong']],
    [{ BankName: 'Я'.repeat(46) }, ['BankName tooLong']],
    [{ BIC: '' }, ['BIC missing']],
    [{ BIC: '04659999' }, ['BIC shape']],
    [{ BIC: '0465999999' }, ['BIC shape']],
    [{ BIC: '04659999O' }, ['BIC shape']],
    [{ BIC: '٠٤٦٥٩٩٩٩٩' }, ['BIC shape']],
    [{ BIC: '046599998' }, ['PersonalAcc control']],
    [{ BIC: '046589999' }, ['CorrespAcc control']],
    [{ PersonalAcc: '40702 81021600000004' }, ['PersonalAcc shape']],
    [{ PersonalAcc: '40702810216000000041' }, ['PersonalAcc control']],
    [{ PersonalAcc: '0'.repeat(20), CorrespAcc: '0'.repeat(20) }, ['PersonalAcc shape', 'CorrespAcc shape']],
    [{ PersonalAcc: '40702810216000000042\n' }, ['PersonalAcc shape']],
    [{ CorrespAcc: '' }, ['CorrespAcc missing']],
    [{ CorrespAcc: '30101810300000000998' }, ['CorrespAcc control']],
    [
      { CorrespAcc: requisites.PersonalAcc, PersonalAcc: requisites.CorrespAcc },
      ['PersonalAcc control', 'CorrespAcc control'],
    ],
    [{ PayeeINN: '' }, ['PayeeINN shape']],
    [{ PayeeINN: '669900001' }, ['PayeeINN shape']],
    [{ PayeeINN: '66990000170' }, ['PayeeINN shape']],
    [{ PayeeINN: '0000000000' }, ['PayeeINN shape']],
    [{ PayeeINN: '6200098765' }, ['PayeeINN control']],
    [{ KPP: '66990100' }, ['KPP shape']],
    [{ KPP: '6699az001' }, ['KPP shape']],
    [{ PersonalAcc: '40702810216000000043', PayeeINN: '6699000018' }, ['PersonalAcc control', 'PayeeINN control']],
  ])('are refused with every field and why: %j', (changed, problems) => {
    expect(verdict(changed).problems).toEqual(problems)
  })

  it.each<[Partial<Requisites>]>([[{ PayeeINN: '669900000043' }], [{ KPP: '6699AZ001' }], [{ CorrespAcc: '0' }]])(
    'may have %j',
    (changed) => {
      expect(verdict(changed)).toEqual({ problems: [], warnings: [] })
    },
  )

  it('may do without tax numbers', () => {
    const { PayeeINN: _inn, KPP: _kpp, ...rest } = requisites
    expect(checkRequisites(rest)).toEqual({ problems: [], warnings: [] })
  })

  it.each<[Partial<Requisites>, string[]]>([
    [{ PersonalAcc: '03100643000000016200' }, ['PersonalAcc']],
    [{ PersonalAcc: '03224643650000006200', CorrespAcc: '40102810645370000054' }, ['PersonalAcc', 'CorrespAcc']],
  ])('of the treasury are only warned of: %j', (changed, warnings) => {
    expect(verdict(changed)).toEqual({ problems: [], warnings })
  })

  it('of the treasury need their twenty digits, too', () => {
    expect(verdict({ PersonalAcc: '0310064300000001620' })).toEqual({ problems: ['PersonalAcc shape'], warnings: [] })
  })
})
