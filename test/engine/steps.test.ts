import { expect, test } from 'vitest'
import { type DialogStep, stepsOf, withFailure, withStep } from '../../src/engine/steps.ts'

const step = (at: string, did: DialogStep['did'] = 'typed'): DialogStep => ({ dialog: 'form', at, did })

test('steps are read as they were noted, the last eight of them', () => {
  const names = Array.from({ length: 12 }, (_, nth) => `place${nth}`)
  const saved = names.reduce((steps: string[], at) => withStep(steps, step(at)), [])
  expect(stepsOf(saved)).toEqual(names.slice(-8).map((at) => step(at)))
})

test('a step that came to nothing is the latest such, also when another was noted behind it', () => {
  const first = withStep(withStep([], step('a')), step('a'))
  const saved = withFailure(withStep(first, step('b', 'opened')), step('a'))
  expect(stepsOf(saved)).toEqual([step('a'), step('a', 'failed'), step('b', 'opened')])
  expect(withFailure(saved, step('gone'))).toEqual(saved)
})

test('what a newer release noted is passed over', () => {
  expect(stepsOf(['form a danced', 'form', '', 'form a typed'])).toEqual([step('a')])
})
