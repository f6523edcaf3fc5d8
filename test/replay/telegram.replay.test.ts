import { describe, expect, it } from 'vitest'
import { toEvent } from '../../bots/telegram/receive.ts'
import { self, updates } from './telegram.updates.ts'

const now = new Date(1764009999_000)

describe('what Telegram tells', () => {
  it.each(updates)('%s', (_, body, expected) => {
    const event = toEvent({ update_id: 900, ...body }, self, now)
    if (!expected) expect(event).toBeUndefined()
    else expect(event).toStrictEqual({ at: new Date(1764000000_000), ...expected, id: 'tg:7000000001:900' })
  })
})
