import { describe, expect, it, vi } from 'vitest'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { show } from './anyOutgoing.ts'
import { describeChannel } from './channel.contract.ts'
import { delivery, Ear, openStage, whileListening } from './stage.ts'

const menu = { label: 'Меню', token: '1.0' }

describe('VK as a channel', () => {
  const stage = describeChannel('vk')

  it.each(['expireKey', 'loseHistory', 'loseInformation'] as const)(
    'loses no word when Long Poll says that its key ran out or its history is lost (%s)',
    async (what) => {
      const { phone, chat } = await stage().resident()
      const ear = new Ear()
      await whileListening(stage().channel(), ear, async () => {
        await phone.say('раз')
        await ear.event(chat, (input) => input.kind === 'text')
        await stage().hand.hold('vk')
        await phone.say('два')
        await phone.send([{ kind: 'document', name: 'акт.pdf', bytes: Buffer.from('%PDF') }])
        await phone.say('три')
        await stage().hand.vkLongPoll(what)
        await stage().hand.release('vk')
        await ear.event(chat, (input) => input.kind === 'text' && input.text === 'три')
        await phone.say('четыре')
        await ear.event(chat, (input) => input.kind === 'text' && input.text === 'четыре')
      })
      const once = [
        ...new Map(ear.taken.filter((event) => event.chat === chat).map((event) => [event.id, event])).values(),
      ]
      const said = once.map(({ input }) => (input.kind === 'text' ? input.text : input.kind))
      expect(said.slice(-5)).toEqual(['раз', 'два', 'files', 'три', 'четыре'])
    },
  )

  it('saves its place with what people have said, not with each of our own words that comes back', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(stage().channel(), ear, async () => {
      await phone.say('раз')
      await ear.event(chat, (input) => input.kind === 'text')
      const saves = vi.spyOn(stage().cursor, 'save')
      for (const text of ['один', 'два', 'три']) await stage().channel().deliver(chat, show(text), delivery())
      await phone.say('два')
      await ear.event(chat, (input) => input.kind === 'text' && input.text === 'два')
      // Of «раз», should that have come later than we looked, and of «два».
      expect(saves.mock.calls.length).toBeLessThanOrEqual(2)
      saves.mockRestore()
    })
  })

  it('reads back what was written while it was not running and VK forgot', async () => {
    const { phone, chat } = await stage().resident()
    const first = new Ear()
    await whileListening(stage().channel(), first, async () => {
      await phone.say('раз')
      await first.event(chat, (input) => input.kind === 'text')
    })
    await phone.say('два')
    await stage().hand.vkLongPoll('loseHistory')
    const ear = new Ear()
    await whileListening(stage().channel(), ear, () =>
      ear.event(chat, (input) => input.kind === 'text' && input.text === 'два'),
    )
  })

  it('reads back again when what was read back was not taken', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    let refusals = 1
    ear.onBatch = async () => {
      if (refusals-- > 0) throw new Error('down')
    }
    await whileListening(stage().channel(), ear, async () => {
      await stage().hand.hold('vk')
      await phone.say('раз')
      await stage().hand.vkLongPoll('loseInformation')
      await stage().hand.release('vk')
      await ear.event(chat, (input) => input.kind === 'text')
    })
  })

  it('switches the kinds of events on that it reads, as soon as VK can be reached', async () => {
    const { phone, chat } = await stage().resident()
    const method = 'groups.setLongPollSettings'
    const settings = () => stage().hand.calls({ messenger: 'vk', method })
    const before = (await settings()).length
    await stage().hand.fault({ messenger: 'vk', method, times: 2, effect: { kind: 'cut' } })
    const ear = new Ear()
    await whileListening(stage().channel(), ear, async () => {
      await phone.say('раз')
      await ear.event(chat, (input) => input.kind === 'text')
      await vi.waitFor(async () => expect((await settings()).slice(before).at(-1)?.outcome).toBe('ok'), 30_000)
    })
    expect(stage().log.filter((line) => /not switched on/.test(line.message))).toEqual([])
  })

  it('tells of an administrator’s answer past us and of typing, never of what we sent ourselves, whoever is started', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    const { id, vkId } = staffPeople.supervisor
    await whileListening(stage().channel(), ear, async () => {
      await stage().channel().deliver(chat, show('Меню'), delivery())
      await phone.typing()
      expect(await ear.input(chat, 'typing')).toEqual({ kind: 'typing' })
    })
    await stage().channel().deliver(chat, show('Пока никто не слушал'), delivery())
    const message = await phone.adminSays('Смотрю ваш вопрос', id)
    await whileListening(stage().channel(), ear, async () => {
      const told = { kind: 'fromAdmin', admin: String(vkId), text: 'Смотрю ваш вопрос', files: [], message }
      expect(await ear.input(chat, 'fromAdmin')).toEqual(told)
    })
    expect(ear.taken.filter((event) => event.chat === chat).map(({ input }) => input.kind)).toEqual([
      ...['start', 'typing', 'fromAdmin'],
    ])
  })

  it('reads back what an administrator answered while VK’s history was lost', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(stage().channel(), ear, () => ear.input(chat, 'start'))
    await stage().channel().deliver(chat, show('Меню'), delivery())
    await phone.adminSays('Смотрю', staffPeople.supervisor.id)
    await stage().hand.vkLongPoll('loseHistory')
    const later = new Ear()
    await whileListening(stage().channel(), later, () => later.input(chat, 'fromAdmin'))
    const kinds = later.taken.filter((event) => event.chat === chat).map(({ input }) => input.kind)
    expect(kinds).toEqual(['start', 'fromAdmin'])
  })

  it('begins with the moment it is started at when it has no saved place, and saves it', async () => {
    const fresh = await openStage('vk')
    try {
      const { phone, chat } = await fresh.resident()
      await phone.say('до')
      const ear = new Ear()
      await whileListening(fresh.channel(), ear, async () => {
        await phone.say('после')
        await ear.event(chat, (input) => input.kind === 'text')
      })
      expect(ear.taken.map(({ input }) => input)).toMatchObject([{ kind: 'text', text: 'после' }])
      expect(JSON.parse(fresh.cursor.value ?? '')).toEqual({ ts: expect.any(String), at: expect.any(String) })
    } finally {
      await fresh.close()
    }
  })

  it('hands a batch over again when its place could not be saved', async () => {
    const { chat } = await stage().resident()
    const ear = new Ear()
    const { cursor } = stage()
    const save = cursor.save
    let refusals = 1
    cursor.save = async (value) => {
      if (refusals-- > 0) throw new Error('down')
      return save(value)
    }
    const before = cursor.value
    await whileListening(stage().channel(), ear, () => ear.until(() => ear.offered.length === 2))
    cursor.save = save
    const [first, second] = ear.offered.map((batch) => batch.map((event) => event.id))
    expect(first).toEqual(second)
    expect(ear.taken.some((event) => event.chat === chat)).toBe(true)
    expect(cursor.value).not.toBe(before)
  })

  it('gives an old client text buttons, and takes their press and a typed «Начать» for what they are', async () => {
    const { phone, chat, person } = await stage().resident()
    await stage().hand.oldVkClient(person, true)
    const ear = new Ear()
    await whileListening(stage().channel(), ear, async () => {
      await phone.say(' НАЧАТЬ ')
      const opened = await ear.event(
        chat,
        (input, event) => input.kind === 'start' && event.chatFacts?.textButtonsOnly === true,
      )
      expect(opened.chatFacts).toEqual({ textButtonsOnly: true, language: 'ru' })
      const old = { textButtonsOnly: true } as const
      await stage()
        .channel()
        .deliver(chat, show('Выберите', { buttons: [[menu]], ...old }), delivery())
      expect((await phone.chat()).keyboard).toMatchObject([[{ label: 'Меню', kind: 'text' }]])
      await phone.press('Меню')
      expect(await ear.input(chat, 'choice')).toEqual({ kind: 'choice', token: '1.0' })
      await stage().channel().deliver(chat, show('Готово', old), delivery())
      expect((await phone.chat()).keyboard).toEqual([])
    })
  })

  it('makes calls one by one when VK cannot run the script they were packed into', async () => {
    const residents = await Promise.all(Array.from({ length: 4 }, () => stage().resident()))
    const effect = { kind: 'answer' as const, code: 13, text: 'Runtime error occurred during code invocation' }
    await stage().hand.fault({ messenger: 'vk', method: 'execute', times: 1, effect })
    const channel = stage().channel()
    const delivered = await Promise.all(residents.map(({ chat }) => channel.deliver(chat, show('Вот'), delivery())))
    expect(delivered.map((one) => one.failure)).toEqual([undefined, undefined, undefined, undefined])
    for (const { phone } of residents) expect((await phone.chat()).messages.at(-1)?.text).toBe('Вот')
  })

  it('tells one chat that is blocked from its neighbours in one script', async () => {
    const residents = await Promise.all(Array.from({ length: 4 }, () => stage().resident()))
    await residents[1]?.phone.block()
    const channel = stage().channel()
    const delivered = await Promise.all(residents.map(({ chat }) => channel.deliver(chat, show('Вот'), delivery())))
    expect(delivered.map((one) => one.failure?.code)).toEqual([undefined, 'CHAT_BLOCKED', undefined, undefined])
  })
})
