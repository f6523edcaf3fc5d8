import { describe, expect, it } from 'vitest'
import { toStaffEvent } from '../../bots/consultants/receive.ts'
import { now, self, updates } from './forum.updates.ts'

describe('what Telegram tells of a staff forum', () => {
  it.each(updates)('%s', (_, update, expected) => {
    const event = toStaffEvent(update, self, now)
    if (!expected) expect(event).toBeUndefined()
    else expect(event).toStrictEqual({ ...expected, id: 'tg:7000000002:900' })
  })

  it('takes a command to any bot for ours as long as our name is not known', () => {
    const [, update] = updates.find(([what]) => what === 'a command to another bot') ?? []
    if (!update) throw new Error('no such update')
    const { forums, botId } = self
    expect(toStaffEvent(update, { forums, botId }, now)?.input).toMatchObject({ text: { text: '/ban' } })
  })
})
