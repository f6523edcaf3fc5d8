import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activationCode, plainlyCode } from '../../src/domain/activationCode.ts'

describe('an activation code', () => {
  it.each([
    'DVEP-T4FH',
    'dvep t4fh',
    'DVEPT4FH',
    ' dvep — t4fh ',
    'D V E P T 4 F H',
    'DVЕР-Т4FН',
    'код: DVEP-T4FH',
    'Мой код активации DVEP-T4FH.',
    'code DVEP-T4FH',
    '\u200eDVEP\u00a0T4FH',
    'ＤＶＥＰ-Ｔ4ＦＨ',
  ])('is understood however it is written: %j', (text) => {
    expect(activationCode(text)).toBe('DVEPT4FH')
  })
  it.each([
    ['OIL0-ЗЗ11', '01103311'],
    ['оil0-3311', '01103311'],
    ['КХ4М-ООО1', 'KX4M0001'],
  ])('takes look-alikes for one another: %s', (text, code) => {
    expect(activationCode(text)).toBe(code)
  })
  it.each(['', 'DVEP', 'не знаю', 'Ленина 5-12', 'x'.repeat(21), 'D'.repeat(3_000_000), '💧'.repeat(9)])(
    'is nothing that has not its shape: %#',
    (text) => {
      expect(activationCode(text)).toBeUndefined()
    },
  )
  it('is read the same when it is read again, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[А-ЯЁа-яёA-Za-z0-9 -]{6,24}$/)),
        (typed) => {
          const code = activationCode(typed)
          if (code === undefined) return
          expect(code).toMatch(/^[A-Z0-9]{8,20}$/)
          expect(activationCode(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`)).toBe(code)
        },
      ),
      { numRuns: 5_000 },
    )
  })
  it.each([
    ['DVEP-T4FH', 'DVEPT4FH'],
    ['dvept4fh', 'DVEPT4FH'],
    ['FPCR-MPHW', 'FPCRMPHW'],
    ['fpcr-mphw', undefined],
    ['Ветров 12-5', undefined],
    ['secret-payload', undefined],
    ['66аа629167', undefined],
    ['6682305547', undefined],
    ['8 марта 120-45', undefined],
  ])('among other answers is only what can be nothing else: %s', (text, code) => {
    expect(plainlyCode(text)).toBe(code)
  })
})
