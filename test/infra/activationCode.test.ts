import { expect, test } from 'vitest'
import type { Event } from '../../src/engine/event.ts'
import { activationCodeHash, withoutCode } from '../../src/infra/activationCode.ts'

const opened = (payload?: string): Event => ({
  id: 'tg:1:1',
  chat: 'telegram:1',
  at: new Date(0),
  input: { kind: 'start', ...(payload !== undefined && { payload }) },
})
const kept = (payload?: string) => withoutCode(opened(payload), 'key', (known) => known === 'readings').input

test.each(['DVEP-T4FH', 'dvept4fh', '1234567890'])(
  'keeps the hash alone of a code that a deep link brings: %s',
  (code) => {
    expect(kept(code)).toEqual({ kind: 'start', payload: `code:${activationCodeHash(code, 'key')}` })
  },
)

test.each(['x', 'advert-of-may', 'code:0123', `code:${'0'.repeat(64)}`, ''])(
  'opens the chat as without it when it is no code: %j',
  (payload) => {
    expect(kept(payload)).toEqual({ kind: 'start' })
  },
)

test('leaves what opens a dialog, and a plain start, as they are', () => {
  expect(kept('readings')).toEqual({ kind: 'start', payload: 'readings' })
  expect(kept()).toEqual({ kind: 'start' })
})
