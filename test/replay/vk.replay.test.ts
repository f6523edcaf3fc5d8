import { describe, expect, it } from 'vitest'
import { toEvent } from '../../bots/vk/receive.ts'
import { vkUpdate } from '../../bots/vk/updates.ts'
import { self, updates } from './vk.updates.ts'

const now = new Date(1764009999_000)

describe('what VK tells', () => {
  it.each(updates)('%s', (_, body, expected) => {
    const event = toEvent(vkUpdate.parse(body), self, now)
    if (!expected) expect(event).toBeUndefined()
    else expect(event).toStrictEqual({ at: new Date(1764000000_000), ...expected })
  })
})
