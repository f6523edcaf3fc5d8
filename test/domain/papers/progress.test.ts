import { describe, expect, test } from 'vitest'
import { matterStep, openingStep, type SoFar } from '../../../src/domain/papers/progress.ts'

const soFar = (more: Partial<SoFar> = {}): SoFar => ({ papers: {}, facts: {}, ...more })

describe('to open an account', () => {
  const address = 'улица Мира, 1, кв. 2'
  test.each<[Partial<SoFar>, object]>([
    [{}, { at: 'address' }],
    [{ claimant: 'owner' }, { at: 'address' }],
    [{ address }, { at: 'claimant' }],
    [
      { address, claimant: 'owner' },
      { at: 'paper', paper: 'passport' },
    ],
    [
      { address, claimant: 'owner', papers: { passport: 'given' } },
      { at: 'paper', paper: 'title' },
    ],
    [
      { address, claimant: 'tenant', papers: { passport: 'none', title: 'given' } },
      { at: 'paper', paper: 'tenancy' },
    ],
    [{ address, claimant: 'owner', papers: { passport: 'given', title: 'none' } }, { at: 'check' }],
    [
      { address, claimant: 'representative', papers: { passport: 'given', title: 'given' } },
      { at: 'paper', paper: 'attorney' },
    ],
  ])('after %j comes %j', (said, step) => {
    expect(openingStep(soFar(said))).toEqual(step)
  })
})

describe('papers', () => {
  test.each<[Parameters<typeof matterStep>[0], Parameters<typeof matterStep>[1], Partial<SoFar>, object]>([
    ['benefit', undefined, {}, { at: 'account' }],
    ['benefit', 'address', {}, { at: 'gather' }],
    ['other', undefined, {}, { at: 'gather' }],
    ['visit', undefined, {}, { at: 'gather' }],
    ['owner', undefined, {}, { at: 'account' }],
    ['owner', 'address', {}, { at: 'code' }],
    ['owner', 'code', {}, { at: 'gather' }],
    ['commission', 'address', {}, { at: 'fact', fact: 'meter' }],
    ['commission', 'address', { facts: { meter: 'HVS', model: null } }, { at: 'fact', fact: 'where' }],
    ['residents', 'address', { facts: { people: '3' } }, { at: 'gather' }],
  ])('for %s of an account linked by %s after %j come to %j', (matter, proof, said, step) => {
    expect(matterStep(matter, proof, soFar(said))).toEqual(step)
  })
})
