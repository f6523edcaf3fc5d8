import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Effect } from '../../bots/sandbox/faults.ts'
import { sandboxTokens, staffForum } from '../../bots/sandbox/tokens.ts'
import { openSandboxStage } from './desk/sandboxStage.ts'
import { DeskEar, filesOf, noFile, say, whileListening, words } from './desk/stage.ts'
import { describeDesk } from './desk.contract.ts'
import { picture } from './stage.ts'

describe('Telegram’s forums as the staff forum', () => {
  const stage = describeDesk(openSandboxStage)
  const forum = String(staffForum.id)
  const opened = async () => {
    const channel = stage().channel()
    const thread = await channel.openTopic(forum, 'Разговор')
    return { channel, thread, place: { forum, thread }, seen: async () => (await stage().topic(thread)).messages }
  }
  const spoil = (method: string, effect: Effect, times = 1) =>
    stage().hand.fault({ messenger: 'telegram', method, times, effect })
  const refusal = (code: number, text: string, more = {}) => ({ kind: 'answer' as const, code, text, ...more })

  afterAll(async () => {
    expect(await stage().hand.violations()).toEqual([])
  })

  it.each<[string, Effect, object]>([
    ['a closed topic', refusal(400, 'Bad Request: TOPIC_CLOSED'), { code: 'TOPIC_CLOSED', retry: 'never' }],
    ['a topic that is gone', refusal(400, 'Bad Request: message thread not found'), { code: 'TOPIC_GONE' }],
    [
      'rights that were taken away',
      refusal(400, 'Bad Request: not enough rights to send text messages'),
      { code: 'NO_RIGHTS' },
    ],
    [
      'a group that has thrown us out',
      refusal(403, 'Forbidden: bot was kicked from the supergroup chat'),
      { code: 'NO_RIGHTS' },
    ],
    ['a group that is not there', refusal(400, 'Bad Request: chat not found'), { code: 'NO_RIGHTS', retry: 'never' }],
    [
      'too many messages',
      refusal(429, 'Too Many Requests: retry after 7', { retryAfter: 7 }),
      { code: 'RATE_LIMITED', retry: 7_000 },
    ],
    ['a fault of its own', refusal(500, 'Internal Server Error'), { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a gateway', { kind: 'http', status: 404 }, { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a cut', { kind: 'cut' }, { code: 'PLATFORM_DOWN', retry: 2_000 }],
    ['a refused token', refusal(401, 'Unauthorized'), { code: 'PLATFORM_DOWN', retry: 60_000 }],
  ])('tells %s as the desk knows it', async (_, effect, expected) => {
    const { channel, place } = await opened()
    await spoil('sendMessage', effect)
    await expect(say(channel, place, 'тайна')).rejects.toMatchObject(expected)
  })

  it('lets nobody into a forum before the wait is over that Telegram asks for', async () => {
    const { channel, place, seen } = await opened()
    await spoil('sendMessage', refusal(429, 'Too Many Requests: retry after 1', { retryAfter: 1 }))
    await expect(say(channel, place, 'раз')).rejects.toMatchObject({ code: 'RATE_LIMITED', retry: 1_000 })
    const before = performance.now()
    await say(channel, place, 'два')
    expect(performance.now() - before).toBeGreaterThan(900)
    expect((await seen()).map(({ text }) => text)).toEqual(['два'])
  })

  it('says a refused message once more in its plain form, and only once', async () => {
    const { channel, place, seen } = await opened()
    const bold = { text: 'жирно', spans: [{ style: 'bold' as const, at: 0, length: 5 }] }
    await spoil('sendMessage', refusal(400, "Bad Request: can't parse entities"))
    await channel.post(place, { ...words(''), text: bold }, noFile)
    expect(await seen()).toMatchObject([{ text: 'жирно', looks: [] }])
    await spoil('sendMessage', refusal(400, "Bad Request: can't parse entities"), 2)
    const refused = { code: 'PLATFORM_REFUSED', retry: 'never' }
    await expect(channel.post(place, { ...words(''), text: bold }, noFile)).rejects.toMatchObject(refused)
    await spoil('sendMessage', refusal(400, 'Bad Request: BUTTON_DATA_INVALID'))
    await channel.post(place, words('без кнопок', { buttons: [[{ label: 'Беру', token: 'take:1' }]] }), noFile)
    expect((await seen()).at(-1)).toMatchObject({ text: 'без кнопок', labels: [] })
    await spoil('editMessageText', refusal(400, "Bad Request: can't parse entities"))
    await channel.edit(place, (await seen())[0]?.id ?? '', { text: { ...bold, text: 'проще' }, buttons: [] })
    expect((await seen())[0]).toMatchObject({ text: 'проще', looks: [] })
  })

  it('sends a photo that Telegram cannot take as one as a document, alone and in an album', async () => {
    const { channel, place, seen } = await opened()
    const files = ['a', 'b'].map((id) => ({ id, kind: 'photo' as const, name: `${id}.png` }))
    const bytes = filesOf({ a: picture, b: Buffer.from('not a picture') })
    const posted = await channel.post(place, words('Вот', { files }), bytes)
    expect(posted).toEqual({ messages: [expect.any(String), expect.any(String)] })
    expect((await seen()).map((one) => [one.text, one.files[0]?.kind])).toEqual([
      ['Вот', 'photo'],
      ['', 'document'],
    ])
  })

  it('sends a file of just 50 MB', async () => {
    const { channel, place, seen } = await opened()
    const files = [{ id: 'd', kind: 'document' as const, name: 'архив.zip' }]
    const bytes = Buffer.alloc(50 * 1024 * 1024)
    expect(await channel.post(place, words('', { files }), filesOf({ d: bytes }))).not.toHaveProperty('unshown')
    expect((await seen())[0]?.files).toMatchObject([{ name: 'архив.zip', size: bytes.length }])
  })

  it('says the words and the name in place of a file that Telegram refuses', async () => {
    const { channel, place, seen } = await opened()
    await spoil('sendDocument', refusal(413, 'Request Entity Too Large'))
    const files = [{ id: 'd', kind: 'document' as const, name: 'д"о"к.pdf' }]
    const posted = await channel.post(place, words('Вот', { files }), filesOf({ d: picture }))
    expect(posted).toMatchObject({ unshown: ['d'] })
    expect(await seen()).toMatchObject([{ text: 'Вот\nд"о"к.pdf', files: [] }])
  })

  it('takes a sign that cannot be put there for no failure', async () => {
    const { channel, place, thread } = await opened()
    const said = await stage().staff(1).say('не дошло', { thread })
    await spoil('setMessageReaction', refusal(400, 'Bad Request: REACTION_INVALID'))
    await channel.mark(place, said)
  })

  it.each([1, 2, 400])(
    'has albums of no more pieces than may be posted in a minute (%i)',
    async (messagesPerMinute) => {
      const { thread, place, seen } = await opened()
      const channel = stage().channel({ messagesPerMinute, windowMs: 20 })
      const files = ['a', 'b', 'c'].map((id) => ({ id, kind: 'photo' as const, name: `${id}.png` }))
      await channel.post(place, words('', { files }), filesOf({ a: picture, b: picture, c: picture }))
      expect(thread).not.toBe('')
      const albums = (await seen()).map(({ album }) => album)
      expect(albums.filter(Boolean)).toHaveLength({ 1: 0, 2: 2 }[messagesPerMinute] ?? 3)
    },
  )

  it('stops the start with one line when the token is refused', async () => {
    const wrong = stage().bot({ token: '7000000002:not-the-token' })
    await expect(wrong.listen(new DeskEar().hear)).rejects.toMatchObject({ code: 'CONFIG', retry: 'never' })
  })

  it.each([401, 404])('goes on when a token that was refused in mid-work is good again (%i)', async (code) => {
    const ear = new DeskEar()
    await whileListening(stage().bot({ refusedPauseMs: 10 }), ear, async () => {
      await spoil('getUpdates', refusal(code, 'Unauthorized'), 2)
      await stage().staff(1).say(`раз ${code}`)
      await ear.text(`раз ${code}`)
      await stage().staff(1).say(`два ${code}`)
      await ear.text(`два ${code}`)
    })
  })

  it.each<[string, Effect]>([
    ['is cut', { kind: 'cut' }],
    ['is cut after the updates were told', { kind: 'cut', after: true }],
    ['answers in HTML', { kind: 'http', status: 502 }],
    ['is hidden behind a gateway that knows no such page', { kind: 'http', status: 404 }],
    ['asks to wait', refusal(429, 'Too Many Requests: retry after 1', { retryAfter: 1 })],
    [
      'is listened to by somebody whose webhook is left',
      refusal(409, "Conflict: can't use getUpdates method while webhook is active"),
    ],
  ])('waits and asks again when Telegram %s', async (how, effect) => {
    for (const method of ['getMe', 'getUpdates']) await spoil(method, effect)
    await stage().staff(1).say(how)
    const ear = new DeskEar()
    await whileListening(stage().bot(), ear, () => ear.text(how))
    expect(ear.taken.filter(({ input }) => input.kind === 'text' && input.text.text === how)).toHaveLength(1)
    await stage().hand.clearFaults()
  })

  it('ignores that a press was answered too late, and answers one that is not ours', async () => {
    const { channel, place, thread } = await opened()
    await channel.post(place, words('?', { buttons: [[{ label: 'Да', token: 'yes' }]] }), noFile)
    const before = stage().log.length
    await spoil(
      'answerCallbackQuery',
      refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'),
    )
    const ear = new DeskEar()
    await whileListening(channel, ear, async () => {
      await stage().staff(1).press('Да', { thread })
      await ear.event('press', (event) => event.place.thread === thread)
      await answered(1)
    })
    const elsewhere = new DeskEar()
    await whileListening(stage().bot({ forums: ['-1000000000001'] }), elsewhere, async () => {
      await stage().staff(1).press('Да', { thread })
      await answered(2)
    })
    expect(elsewhere.offered).toEqual([])
    expect(
      stage()
        .log.slice(before)
        .filter(({ message }) => message.includes('press')),
    ).toEqual([])

    async function answered(times: number): Promise<void> {
      await vi.waitFor(async () => {
        const calls = await stage().hand.calls({ messenger: 'telegram', method: 'answerCallbackQuery' })
        expect(calls.length).toBeGreaterThanOrEqual(times)
      }, 30_000)
    }
  })

  it('offers the commands in the forum, also to a forum that lets us in later', async () => {
    const setting = () => stage().hand.calls({ messenger: 'telegram', method: 'setMyCommands' })
    const before = (await setting()).length
    await whileListening(stage().channel(), new DeskEar(), async () => {
      await vi.waitFor(async () => expect((await setting()).length).toBe(before + 1), 30_000)
      await stage().staff(1).kickBot()
      await stage().staff(1).addBot()
      await vi.waitFor(async () => expect((await setting()).length).toBe(before + 2), 30_000)
    })
    const [first, second] = (await setting()).slice(before)
    const scope = { type: 'chat', chat_id: staffForum.id }
    const commands = [{ command: 'queue', description: 'Кто ждёт' }]
    for (const call of [first, second]) expect(call).toMatchObject({ params: { commands, scope }, outcome: 'ok' })
  })

  it('never logs a token, a name or a text', () => {
    const logged = JSON.stringify(stage().log)
    const secrets = ['sandbox-consultants', 'Ирина', 'Фомина', 'тайна', sandboxTokens.telegram[1]?.token ?? '?']
    for (const secret of secrets) expect(logged).not.toContain(secret)
    expect(stage().log.length).toBeGreaterThan(5)
  })
})
