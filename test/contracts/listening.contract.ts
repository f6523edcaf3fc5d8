import { describe, expect, it, vi } from 'vitest'
import { show } from './anyOutgoing.ts'
import type { Setting } from './channel.contract.ts'
import { delivery, Ear, picture, whileListening } from './stage.ts'

export function describeListening({ messenger, stage, channel }: Setting): void {
  const telegram = messenger === 'telegram'
  const polling = telegram ? 'getUpdates' : 'longpoll'

  it('tells of a start, of words and of an edit, with ids that are the platform’s', async () => {
    const { phone, chat } = await stage().resident('en')
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.start()
      await ear.input(chat, 'start')
      const message = await phone.say('123 <b>456</b> & "7"')
      const said = await ear.event(chat, (input) => input.kind === 'text')
      expect(said.input).toEqual({ kind: 'text', text: '123 <b>456</b> & "7"', message })
      expect(said.chatFacts?.language).toBe('en')
      expect(Math.abs(said.at.getTime() - Date.now())).toBeLessThan(60_000)
      await phone.edit(message, '789')
      expect(await ear.input(chat, 'edited')).toEqual({ kind: 'edited', text: '789', message })
      expect(new Set(ear.taken.map((event) => event.id)).size).toBe(ear.taken.length)
      expect(said.id).toMatch(telegram ? /^tg:7000000001:\d+$/ : /^vk:220000001:\d+:\d+$/)
    })
  })

  it('tells the payload of a deep link', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.start('qr-2024')
      const opened = await ear.event(chat, (input) => input.kind === 'start' && input.payload !== undefined)
      expect(opened.input).toEqual({ kind: 'start', payload: 'qr-2024' })
    })
  })

  it('tells of a sticker, of a place and of what has neither words nor meaning to us', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      const sticker = await phone.sticker()
      expect(await ear.input(chat, 'unsupported')).toEqual({ kind: 'unsupported', message: sticker })
      const place = { latitude: 56.5, longitude: 60.25 }
      const location = await phone.location(place)
      expect(await ear.input(chat, 'location')).toEqual({ kind: 'location', message: location, ...place })
      const named = await phone.location({ ...place, text: 'Сквер' }, location)
      const { input } = await ear.event(chat, (one) => 'message' in one && one.message === named)
      expect(input).toEqual(
        telegram
          ? { kind: 'location', message: named, ...place, title: 'Сквер, Екатеринбург', repliesTo: location }
          : { kind: 'text', message: named, text: 'Сквер', location: place, repliesTo: location },
      )
      if (!telegram) return
      const contact = await phone.contact()
      expect(await ear.input(chat, 'contact')).toEqual({ kind: 'contact', message: contact })
    })
  })

  it('tells which message words, pictures and edits answer or change', async () => {
    const { phone, chat } = await stage().resident()
    const { messages } = await channel().deliver(chat, show('Где это?'), delivery())
    const [asked = ''] = messages
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      const said = await phone.say('дома', asked)
      expect(await ear.input(chat, 'text')).toEqual({ kind: 'text', text: 'дома', message: said, repliesTo: asked })
      await phone.send([{ kind: 'photo', name: 'a.png', bytes: picture }], undefined, asked)
      expect(await ear.input(chat, 'files')).toMatchObject({ repliesTo: asked, files: [{ kind: 'photo' }] })
      const answers = await channel().deliver(chat, show('Спасибо'), delivery())
      const again = await phone.say('пожалуйста', answers.messages[0])
      const other = await ear.event(chat, (input) => input.kind === 'text' && input.message === again)
      expect(other.input).toMatchObject({ repliesTo: answers.messages[0] })
    })
  })

  it('takes every picture of an album', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    const files = ['a.pdf', 'b.pdf', 'c.pdf'].map((name) => ({
      kind: 'document' as const,
      name,
      bytes: Buffer.from(name),
    }))
    const names = () =>
      ear.taken.flatMap(({ input }) => (input.kind === 'files' ? input.files.map((file) => file.name) : []))
    await whileListening(channel(), ear, async () => {
      await phone.send(files, 'документы')
      await ear.until(() => names().length === 3)
      expect(names()).toEqual(['a.pdf', 'b.pdf', 'c.pdf'])
      expect((await ear.input(chat, 'files')).caption).toBe('документы')
      const pieces = ear.taken.flatMap(({ input }) => (input.kind === 'files' ? [input] : []))
      // VK sends all of it in one message; in Telegram the pieces come apart, and know that they belong together.
      expect(pieces).toHaveLength(telegram ? 3 : 1)
      expect(new Set(pieces.map(({ album }) => album)).size).toBe(1)
      expect(pieces[0]?.album).toEqual(telegram ? expect.stringMatching(/^\d+$/) : undefined)
    })
  })

  it('tells of a resident who stops us, and who takes us up again', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.block()
      await ear.input(chat, 'blocked')
      await phone.unblock()
      await ear.input(chat, 'unblocked')
    })
  })

  it('tells that we were spoken to in a group, and nothing of the group’s own talk', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.sayInGroup('соседи, кто топит?')
      await phone.sayInGroup(telegram ? '@erc_sandbox_bot показания' : '[club220000001|@erc] показания')
      await phone.say('конец')
      await ear.input(chat, 'text')
      const inGroup = ear.taken.filter((event) => event.input.kind === 'group')
      expect(inGroup.every((event) => /^(telegram:-|vk:2000000001)/.test(event.chat))).toBe(true)
      // In Telegram the first words of all are preceded by our being added to the group.
      expect(inGroup).toHaveLength(telegram ? 2 : 1)
      expect(
        ear.taken.filter(
          (event) => event.chat !== chat && event.input.kind !== 'group' && event.input.kind !== 'start',
        ),
      ).toEqual([])
    })
  })

  it('hands over the same updates again when they were not taken, and only then goes on', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    let refusals = 2
    ear.onBatch = async (events) => {
      if (events.some((event) => event.chat === chat && event.input.kind === 'text') && refusals-- > 0)
        throw new Error('тайна')
    }
    await whileListening(channel(), ear, async () => {
      await phone.say('раз')
      await phone.say('два')
      await ear.event(chat, (input) => input.kind === 'text' && input.text === 'два')
    })
    const texts = (batch: typeof ear.taken) => batch.flatMap(({ input }) => (input.kind === 'text' ? [input.text] : []))
    expect(texts(ear.taken)).toEqual(['раз', 'два'])
    const offers = ear.offered.filter((batch) => texts(batch).includes('раз'))
    expect(offers).toHaveLength(3)
    expect(new Set(offers.map((batch) => batch[0]?.id)).size).toBe(1)
  })

  it('is told again after a restart of what nobody has taken, under the same ids', async () => {
    const { phone, chat } = await stage().resident()
    const refusing = new Ear()
    refusing.onBatch = () => Promise.reject(new Error('down'))
    const stop = await channel().listen(refusing.hear)
    await phone.say('не потеряйте')
    await refusing.until(() => refusing.offered.flat().some((event) => event.chat === chat))
    await stop()
    const ear = new Ear()
    await whileListening(stage().channel(), ear, async () => {
      await ear.event(chat, (input) => input.kind === 'text')
      const ids = ear.taken.map((event) => event.id)
      expect(refusing.offered.flat().filter((event) => !ids.includes(event.id))).toEqual([])
    })
  })

  it('is not told again after a restart of what was taken', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.say('раз')
      await ear.event(chat, (input) => input.kind === 'text')
    })
    const later = new Ear()
    await whileListening(stage().channel(), later, async () => {
      await phone.say('два')
      await later.event(chat, (input) => input.kind === 'text')
    })
    const ids = new Set(ear.taken.map((event) => event.id))
    expect(later.taken.filter((event) => ids.has(event.id))).toEqual([])
  })

  it('keeps the order of a burst', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    const texts = Array.from({ length: 30 }, (_, at) => `слово ${at}`)
    await whileListening(channel(), ear, async () => {
      await stage().hand.hold(messenger)
      for (const text of texts) await phone.say(text)
      await stage().hand.release(messenger)
      await ear.event(chat, (input) => input.kind === 'text' && input.text === texts.at(-1))
    })
    expect(ear.taken.flatMap(({ input }) => (input.kind === 'text' ? [input.text] : []))).toEqual(texts)
  })

  it('gives an update that is told twice the same id', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.say('раз')
      await phone.say('два')
      await ear.event(chat, (input) => input.kind === 'text' && input.text === 'два')
      await stage().hand.repeatUpdates(messenger, 1)
      const told = () => ear.taken.filter((event) => event.chat === chat && event.input.kind === 'text')
      await phone.say('три')
      await ear.event(chat, (input) => input.kind === 'text' && input.text === 'три')
      expect(new Set(told().map((event) => event.id)).size).toBe(3)
    })
  })

  it.each([
    ['is cut', { kind: 'cut' } as const],
    ['answers in HTML', { kind: 'http', status: 502 } as const],
    ['is cut after the updates were told', { kind: 'cut', after: true } as const],
  ])('waits and asks again when the platform %s', async (_, effect) => {
    const { phone, chat } = await stage().resident()
    await stage().hand.fault({ messenger, method: polling, times: 2, effect })
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.say('раз')
      await ear.event(chat, (input) => input.kind === 'text')
    })
    await stage().hand.clearFaults()
  })

  describe('a token that is refused in mid-work', () => {
    // In Telegram any refusal by 401 or 404, in VK whatever it gives no other meaning to when it is asked where to listen.
    const codes = telegram ? [401, 404] : [5, 27, 15]
    const refuse = async (code: number, times: number) => {
      const effect = { kind: 'answer' as const, code, text: 'Unauthorized' }
      await stage().hand.fault({ messenger, method: telegram ? polling : 'groups.getLongPollServer', times, effect })
      if (!telegram) await stage().hand.vkLongPoll('expireKey')
    }
    const noted = () => stage().log.filter((line) => /_TOKEN.* is refused/.test(line.message)).length

    it.each(codes)('is told as an error, and listening goes on when it is good again (%s)', async (code) => {
      const { phone, chat } = await stage().resident()
      const before = noted()
      const ear = new Ear()
      const patient = stage().channel({ refusedPauseMs: 10 })
      await whileListening(patient, ear, async () => {
        await ear.event(chat, (input) => input.kind === 'start')
        await refuse(code, 2)
        await phone.say('раз')
        await vi.waitFor(() => expect(noted()).toBeGreaterThan(before), { timeout: 30_000 })
        await phone.say('два')
        await ear.event(chat, (input) => input.kind === 'text' && input.text === 'два')
      })
    })

    it('does not end the listening that is begun anew, and a stop does not wait for it', async () => {
      const { chat } = await stage().resident()
      const before = noted()
      const ear = new Ear()
      const same = stage().channel()
      await whileListening(same, ear, () => ear.event(chat, (input) => input.kind === 'start'))
      await stage().hand.fault({
        messenger,
        method: '*',
        times: 20,
        effect: { kind: 'answer', code: telegram ? 401 : 5, text: 'Unauthorized' },
      })
      const stop = await same.listen(new Ear().hear)
      await vi.waitFor(() => expect(noted()).toBeGreaterThan(before), { timeout: 30_000 })
      let hasStopped = false
      void stop().then(() => {
        hasStopped = true
      })
      await vi.waitFor(() => expect(hasStopped).toBe(true), { timeout: 30_000 })
      await stage().hand.clearFaults()
    })
  })

  it('stops at once, and hands over nothing after that', async () => {
    const { phone } = await stage().resident()
    const ear = new Ear()
    const stop = await channel().listen(ear.hear)
    await stop()
    const offered = ear.offered.length
    await phone.say('поздно')
    await stop()
    expect(ear.offered).toHaveLength(offered)
  })

  it('waits for a batch under way before it has stopped', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    ear.onBatch = () => finished
    const stop = await channel().listen(ear.hear)
    await phone.say('раз')
    await ear.until(() => ear.offered.flat().some((event) => event.chat === chat))
    let hasStopped = false
    const stopped = stop().then(() => {
      hasStopped = true
    })
    // A way to the sandbox and back: time enough for a stop that waits for nothing.
    await phone.chat()
    expect(hasStopped).toBe(false)
    finish()
    await stopped
    expect(ear.taken.some((event) => event.chat === chat)).toBe(true)
  })
}
