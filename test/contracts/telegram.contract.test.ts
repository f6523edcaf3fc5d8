import { describe, expect, it, vi } from 'vitest'
import type { Effect } from '../../bots/sandbox/faults.ts'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import { show } from './anyOutgoing.ts'
import { describeChannel } from './channel.contract.ts'
import { delivery, Ear, type LogLine, whileListening } from './stage.ts'

describe('Telegram as a channel', () => {
  const stage = describeChannel('telegram')

  it('sets the commands of private chats, in Russian for everybody and in English for those who speak it', async () => {
    const before = (await settingCommands()).length
    await whileListening(stage().channel(), new Ear(), () => commandsAreSet(before))
  })

  it('does not wait for the commands before it listens, and sets them when the network is back', async () => {
    const { chat } = await stage().resident()
    const method = 'setMyCommands'
    const held = await stage().hand.fault({ messenger: 'telegram', method, times: 1, effect: { kind: 'hold' } })
    const cut = { messenger: 'telegram' as const, method, times: 1, effect: { kind: 'cut' as const } }
    await stage().hand.fault(cut)
    const lines = stage().log.length
    const before = (await settingCommands()).length
    const ear = new Ear()
    await whileListening(stage().channel(), ear, async () => {
      await ear.input(chat, 'start')
      expect(stage().log.slice(lines)).toEqual([])
      await held.release()
      await commandsAreSet(before)
    })
  })

  const settingCommands = () => stage().hand.calls({ messenger: 'telegram', method: 'setMyCommands' })

  async function commandsAreSet(before: number): Promise<void> {
    const scope = { type: 'all_private_chats' }
    await vi.waitFor(async () => {
      const calls = (await settingCommands()).slice(before)
      expect(calls.slice(-2).map(({ params, outcome }) => ({ ...params, outcome }))).toEqual([
        { commands: [{ command: 'menu', description: 'Меню' }], scope, outcome: 'ok' },
        { commands: [{ command: 'menu', description: 'Menu' }], scope, language_code: 'en', outcome: 'ok' },
      ])
    }, 30_000)
  }

  it('does not let its stop wait for messages whose turn has not come: they are asked for again', async () => {
    const residents = await Promise.all([1, 2, 3].map(() => stage().resident()))
    const slow = stage().channel({ messagesPerSecond: 1 })
    const stop = await slow.listen(new Ear().hear)
    const first = residents[0]
    if (!first) throw new Error('nobody')
    await slow.deliver(first.chat, show('сразу'), delivery())
    const waiting = residents.map(({ chat }) => slow.deliver(chat, show('потом'), delivery()))
    await stop()
    const later = { messages: [], failure: { code: 'RATE_LIMITED', retry: 1_000 } }
    expect(await Promise.all(waiting)).toMatchObject([later, later, later])
  })

  it('lets no slow chat hold up another, and confirms nothing of it before it is taken', async () => {
    const [slow, other] = [await stage().resident(), await stage().resident()]
    const ear = new Ear()
    const isSlow = ({ chat }: { chat: string }) => chat === slow.chat
    let refused = () => {}
    ear.onBatch = (events) =>
      events.some(isSlow) ? new Promise((_, reject) => (refused = () => reject(new Error('down')))) : Promise.resolve()
    const stop = await stage().channel().listen(ear.hear)
    await slow.phone.say('раз')
    await ear.until(() => ear.offered.flat().some(isSlow))
    await slow.phone.say('два')
    for (const text of ['три', 'четыре']) {
      await other.phone.say(text)
      await ear.event(other.chat, (input) => input.kind === 'text' && input.text === text)
    }
    expect(ear.taken.some(isSlow)).toBe(false)
    expect(ear.offered.filter((batch) => batch.some(isSlow))).toHaveLength(1)
    const stopped = stop()
    refused()
    await stopped
    const later = new Ear()
    await whileListening(stage().channel(), later, () =>
      later.event(slow.chat, (input) => input.kind === 'text' && input.text === 'два'),
    )
    const texts = later.taken.filter(isSlow).flatMap(({ input }) => (input.kind === 'text' ? [input.text] : []))
    expect(texts).toEqual(['раз', 'два'])
  })

  it('waits when somebody else listens with the same token, and then goes on', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(stage().channel(), ear, async () => {
      const { token = '' } = sandboxTokens.telegram[0] ?? {}
      const isNoted = (line: LogLine) => line.message.includes('somebody else listens')
      await vi.waitFor(async () => {
        await fetch(`${stage().hand.url}/bot${token}/getUpdates?timeout=0`)
        expect(stage().log.some(isNoted)).toBe(true)
      })
      await phone.say('раз')
      await ear.event(chat, (input) => input.kind === 'text')
    })
  })

  it('takes a webhook away that another way of running has left, and keeps what waited for it', async () => {
    const { chat } = await stage().resident()
    const text =
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    const effect = { kind: 'answer' as const, code: 409, text }
    await stage().hand.fault({ messenger: 'telegram', method: 'getUpdates', times: 1, effect })
    const ear = new Ear()
    await whileListening(stage().channel(), ear, () => ear.input(chat, 'start'))
    const [call] = await stage().hand.calls({ messenger: 'telegram', method: 'deleteWebhook' })
    expect(call?.params).toEqual({})
  })

  it('waits for as long as Telegram asks when it asks too often', async () => {
    const { chat } = await stage().resident()
    const effect = { kind: 'answer' as const, code: 429, text: 'Too Many Requests: retry after 1', retryAfter: 1 }
    await stage().hand.fault({ messenger: 'telegram', method: 'getUpdates', times: 1, effect })
    const ear = new Ear()
    await whileListening(stage().channel(), ear, () => ear.input(chat, 'start'))
    expect(stage().log.map((line) => line.facts)).toContainEqual({ waitMs: 1000, code: 429 })
  })

  it.each<[string, Effect]>([
    ['cannot be reached yet', { kind: 'cut' }],
    ['is hidden behind a gateway that knows no such page', { kind: 'http', status: 404 }],
  ])('starts although Telegram %s', async (_, effect) => {
    const { chat } = await stage().resident()
    for (const method of ['getMe', 'getUpdates']) {
      await stage().hand.fault({ messenger: 'telegram', method, times: 1, effect })
    }
    const ear = new Ear()
    await whileListening(stage().channel(), ear, () => ear.input(chat, 'start'))
  })
})
