import { expect, it, vi } from 'vitest'
import type { Effect } from '../../bots/sandbox/faults.ts'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { show, words } from './anyOutgoing.ts'
import type { Setting } from './channel.contract.ts'
import { delivery, Ear, picture, whileListening } from './stage.ts'

const menu = { label: 'Меню', token: '1.0' }

export function describeDelivering({ messenger, stage, channel }: Setting): void {
  const telegram = messenger === 'telegram'
  const sending = telegram ? 'sendMessage' : 'messages.send'
  const spoil = (effect: Effect, times = 1, method = sending) =>
    stage().hand.fault({ messenger, method, times, effect })
  const fromBot = async (phone: { chat(): Promise<{ messages: SeenMessage[] }> }) =>
    (await phone.chat()).messages.filter((one) => one.from === 'bot' && !one.deleted)

  it('shows a text with its buttons and tells the id of the message', async () => {
    const { phone, chat } = await stage().resident()
    const delivered = await channel().deliver(chat, show('Здравствуйте <b>!</b>', { buttons: [[menu]] }), delivery())
    const [seen] = await fromBot(phone)
    expect(seen).toMatchObject({ text: 'Здравствуйте <b>!</b>', buttons: [[{ label: 'Меню' }]] })
    expect(delivered).toEqual({ messages: [seen?.id], fileRefs: [] })
  })

  it('marks bold, code and links as the platform can', async () => {
    const { phone, chat } = await stage().resident()
    const text = {
      text: 'Итого 12, оплатить',
      spans: [
        { style: 'bold' as const, at: 0, length: 5 },
        { style: 'code' as const, at: 6, length: 2 },
        { style: 'link' as const, url: 'https://example.org/', at: 10, length: 8 },
      ],
    }
    await channel().deliver(chat, { ...show(''), text }, delivery())
    const [seen] = await fromBot(phone)
    expect(seen?.text).toBe(telegram ? text.text : 'Итого 12, оплатить (https://example.org/)')
    expect(seen?.entities.map(({ type, offset, length }) => [type, offset, length])).toEqual(
      telegram
        ? [
            ['bold', 0, 5],
            ['code', 6, 2],
            ['text_link', 10, 8],
          ]
        : [],
    )
  })

  const long = Array.from({ length: 900 }, (_, at) => `строка ${at}`).join('\n')

  it('splits a long text, keeps its order and puts the buttons last', async () => {
    const { phone, chat } = await stage().resident()
    const { messages } = await channel().deliver(chat, show(long, { buttons: [[menu]] }), delivery())
    const seen = await fromBot(phone)
    expect(seen.map((one) => one.id)).toEqual(messages)
    expect(words(seen.map((one) => one.text).join(''))).toBe(words(long))
    expect(seen.map((one) => one.buttons.length)).toEqual([0, 0, 1])
  })

  it('does not send again the parts that an earlier try has shown', async () => {
    const { phone, chat } = await stage().resident()
    await channel().deliver(chat, show(long), delivery({ partsDone: 2 }))
    const seen = await fromBot(phone)
    expect(seen).toHaveLength(1)
    expect(long.endsWith(seen[0]?.text ?? 'nothing')).toBe(true)
  })

  it('tells what was shown before a failure, so that the rest can follow', async () => {
    const { phone, chat } = await stage().resident()
    const same = delivery()
    const first = await channel().deliver(chat, show(long), same)
    expect(first.messages).toHaveLength(3)
    await phone.say('ещё')
    await phone.block()
    const blocked = await channel().deliver(chat, show(long), delivery())
    expect(blocked).toMatchObject({ messages: [], failure: { code: 'CHAT_BLOCKED', retry: 'never' } })
  })

  it('changes a message in place, and takes an unchanged one for a success', async () => {
    const { phone, chat } = await stage().resident()
    const { messages } = await channel().deliver(chat, show('Раз', { buttons: [[menu]] }), delivery())
    const next = show('Два', { buttons: [[{ label: 'Назад', token: '2.0' }]], replaces: messages[0] ?? '' })
    const edited = await channel().deliver(chat, next, delivery())
    const again = await channel().deliver(chat, next, delivery())
    expect([edited, again]).toEqual([
      { messages, fileRefs: [] },
      { messages, fileRefs: [] },
    ])
    expect(await fromBot(phone)).toMatchObject([{ id: messages[0], text: 'Два', buttons: [[{ label: 'Назад' }]] }])
  })

  it('takes the buttons away with an edit that has none', async () => {
    const { phone, chat } = await stage().resident()
    const { messages } = await channel().deliver(chat, show('Раз', { buttons: [[menu]] }), delivery())
    await channel().deliver(chat, show('Готово', { replaces: messages[0] ?? '' }), delivery())
    expect(await fromBot(phone)).toMatchObject([{ text: 'Готово', buttons: [] }])
  })

  it.each([
    ['that is gone', '999999'],
    ['of the resident', 'his'],
  ])('sends anew instead of a message %s', async (_, which) => {
    const { phone, chat } = await stage().resident()
    const his = await phone.say('моё')
    const replaces = which === 'his' ? his : which
    const { messages, failure } = await channel().deliver(chat, show('Новое', { replaces }), delivery())
    expect(failure).toBeUndefined()
    expect(await fromBot(phone)).toMatchObject([{ id: messages[0], text: 'Новое' }])
    expect(messages[0]).not.toBe(replaces)
  })

  it.each([
    ['words', {}],
    ['a picture', { files: [{ id: 'p', kind: 'photo' as const, name: 'a.png' }] }],
  ])('shows which message it answers: %s', async (_, more) => {
    const { phone, chat } = await stage().resident()
    const asked = await phone.say('Где это?')
    const files = { p: { bytes: async () => picture } }
    await channel().deliver(chat, show('Вот здесь', { repliesTo: asked, ...more }), delivery({}, files))
    expect(await fromBot(phone)).toMatchObject([{ text: 'Вот здесь', replyTo: asked }])
  })

  it('answers by its first message when the words are too long for one', async () => {
    const { phone, chat } = await stage().resident()
    const asked = await phone.say('Расскажите')
    await channel().deliver(chat, show(long, { repliesTo: asked }), delivery())
    const seen = await fromBot(phone)
    expect(seen.map((one) => one.replyTo)).toEqual([asked, undefined, undefined])
    expect(words(seen.map((one) => one.text).join(''))).toBe(words(long))
  })

  it.each(['999999', 'x'])('says it all the same when the message it answers is gone (%s)', async (repliesTo) => {
    const { phone, chat } = await stage().resident()
    const delivered = await channel().deliver(chat, show('Вот', { repliesTo, buttons: [[menu]] }), delivery())
    expect(delivered).toEqual({ messages: [expect.any(String)], fileRefs: [] })
    const [seen] = await fromBot(phone)
    expect(seen).toMatchObject({ text: 'Вот', buttons: [[{ label: 'Меню' }]] })
    expect(seen?.replyTo).toBeUndefined()
  })

  it('changes in place what is also an answer', async () => {
    const { phone, chat } = await stage().resident()
    const asked = await phone.say('Где это?')
    const { messages } = await channel().deliver(chat, show('Вот', { repliesTo: asked }), delivery())
    const next = show('Вон там', { repliesTo: asked, replaces: messages[0] ?? '' })
    expect(await channel().deliver(chat, next, delivery())).toEqual({ messages, fileRefs: [] })
    expect(await fromBot(phone)).toMatchObject([{ id: messages[0], text: 'Вон там', replyTo: asked }])
  })

  it('shows that it is at work', async () => {
    const { chat } = await stage().resident()
    expect(await channel().deliver(chat, { kind: 'typing' }, delivery())).toEqual({ messages: [], fileRefs: [] })
    const method = telegram ? 'sendChatAction' : 'messages.setActivity'
    expect((await stage().hand.calls({ messenger, method })).at(-1)?.outcome).toBe('ok')
  })

  it('erases what a resident wrote where it can, and makes nothing of it when it cannot', async () => {
    const { phone, chat } = await stage().resident()
    const message = await phone.say('тайна-пароль')
    const erase = { kind: 'erase' as const, message }
    const nothing = { messages: [], fileRefs: [] }
    expect(await channel().deliver(chat, erase, delivery())).toEqual(nothing)
    expect(await channel().deliver(chat, erase, delivery())).toEqual(nothing)
    const seen = (await phone.chat()).messages.find((one) => one.id === message)
    expect(seen === undefined || seen.deleted).toBe(telegram)
  })

  it.each<[string, Effect, object]>([
    ['a platform that is too busy', busy(telegram), { code: 'RATE_LIMITED', retry: telegram ? 7_000 : 60_000 }],
    ['a fault of its own', ownFault(telegram), { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a gateway that answers in HTML', { kind: 'http', status: 502 }, { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a gateway that knows no such page', { kind: 'http', status: 404 }, { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a gateway that forbids it', { kind: 'http', status: 403 }, { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a connection cut before the effect', { kind: 'cut' }, { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a refused token', refusedToken(telegram), { code: 'PLATFORM_DOWN', retry: 60_000 }],
  ])('asks to be tried again after %s, and then shows it once', async (_, effect, failure) => {
    const { phone, chat } = await stage().resident()
    const same = delivery()
    await spoil(effect)
    const first = await channel().deliver(chat, show('Важное'), same)
    expect(first).toMatchObject({ messages: [], failure })
    expect(await channel().deliver(chat, show('Важное'), same)).toMatchObject({ messages: [expect.any(String)] })
    expect(await fromBot(phone)).toHaveLength(1)
  })

  it.each<[string, Effect]>([
    ['cut', { kind: 'cut', after: true }],
    ['spoilt by a gateway', { kind: 'http', status: 504, after: true }],
  ])(
    telegram
      ? 'shows a message twice rather than never when its answer was %s'
      : 'shows a message once although the answer to it was %s',
    async (_, effect) => {
      const { phone, chat } = await stage().resident()
      const same = delivery()
      await spoil(effect)
      expect((await channel().deliver(chat, show('Важное'), same)).failure?.code).toBe('PLATFORM_DOWN')
      await channel().deliver(chat, show('Важное'), same)
      expect(await fromBot(phone)).toHaveLength(telegram ? 2 : 1)
    },
  )

  it('knows a chat that has blocked us, and one that was never opened', async () => {
    const { phone, chat } = await stage().resident()
    await phone.block()
    const blocked = { code: 'CHAT_BLOCKED', retry: 'never' }
    expect((await channel().deliver(chat, show('Здравствуйте'), delivery())).failure).toMatchObject(blocked)
    const [{ telegramId = 0, vkId = 0 } = {}] = await stage().hand.people()
    const unopened = telegram ? (`telegram:${telegramId}` as const) : (`vk:${vkId}` as const)
    expect((await channel().deliver(unopened, show('Здравствуйте'), delivery())).failure).toMatchObject(blocked)
  })

  const refusal: Effect = { kind: 'answer', code: telegram ? 400 : 100, text: 'Bad Request: BUTTON_TYPE_INVALID' }
  // VK's script is refused as a whole, and its calls are made once more by themselves before anything is given up.
  const triesOfOneForm = telegram ? 1 : 2

  it('sends a plain form once when a message is refused, and says so in the log', async () => {
    const { phone, chat } = await stage().resident()
    await spoil(refusal, triesOfOneForm)
    const delivered = await channel().deliver(chat, show('тайна', { buttons: [[menu]] }), delivery())
    expect(delivered).toMatchObject({ messages: [expect.any(String)], fileRefs: [] })
    expect(delivered.failure).toBeUndefined()
    expect(await fromBot(phone)).toMatchObject([{ text: 'тайна', buttons: [] }])
    expect(stage().log.at(-1)?.facts).toMatchObject({ method: sending, code: telegram ? 400 : 100 })
  })

  it('gives up when the plain form is refused, too, and tells the shape of the call without its words', async () => {
    const { phone, chat } = await stage().resident()
    await spoil(refusal, 20)
    const { failure, messages } = await channel().deliver(chat, show('тайна', { buttons: [[menu]] }), delivery())
    await stage().hand.clearFaults()
    expect(messages).toEqual([])
    expect(failure).toMatchObject({ code: 'PLATFORM_REFUSED', retry: 'never', facts: { method: sending } })
    expect(failure?.facts.shape).toMatch(telegram ? /text/ : /message/)
    expect(JSON.stringify({ ...failure, message: failure?.message, cause: failure?.cause })).not.toContain('тайна')
    expect(await fromBot(phone)).toEqual([])
  })

  it('keeps the order of what is delivered one after the other, many chats at once', async () => {
    const residents = await Promise.all(Array.from({ length: 5 }, () => stage().resident()))
    await Promise.all(
      residents.map(async ({ chat }) => {
        for (const text of ['1', '2', '3', '4']) await channel().deliver(chat, show(text), delivery())
      }),
    )
    for (const { phone } of residents) {
      expect((await fromBot(phone)).map((one) => one.text)).toEqual(['1', '2', '3', '4'])
    }
  })

  it('gives back the token of the button that is pressed, says under which message it was, and answers the press', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      const { messages } = await channel().deliver(chat, show('Выберите', { buttons: [[menu]] }), delivery())
      await phone.press('Меню')
      const { input } = await ear.event(chat, (one) => one.kind === 'choice')
      expect(input).toEqual({ kind: 'choice', token: '1.0', message: messages[0] })
    })
    const method = telegram ? 'answerCallbackQuery' : 'messages.sendMessageEventAnswer'
    await vi.waitFor(async () =>
      expect(await stage().hand.calls({ messenger, method })).toMatchObject([{ outcome: 'ok' }]),
    )
  })
}

const busy = (telegram: boolean): Effect =>
  telegram
    ? { kind: 'answer', code: 429, text: 'Too Many Requests: retry after 7', retryAfter: 7 }
    : { kind: 'answer', code: 9, text: 'Flood control' }

const ownFault = (telegram: boolean): Effect =>
  telegram
    ? { kind: 'answer', code: 500, text: 'Internal Server Error' }
    : { kind: 'answer', code: 10, text: 'Internal server error' }

const refusedToken = (telegram: boolean): Effect =>
  telegram
    ? { kind: 'answer', code: 401, text: 'Unauthorized' }
    : { kind: 'answer', code: 5, text: 'User authorization failed' }
