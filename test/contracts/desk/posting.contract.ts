import { expect, it } from 'vitest'
import type { ShownFile } from '../../../src/engine/outgoing.ts'
import { picture } from '../stage.ts'
import { type DeskStage, filesOf, noFile, say, words } from './stage.ts'

const buttons = [[{ label: 'Беру', token: 'take:7' }], [{ label: 'Передать', token: 'pass:7' }]]
const photo = (id: string): ShownFile => ({ id, kind: 'photo', name: `${id}.png` })
const document = (id: string): ShownFile => ({ id, kind: 'document', name: `${id}.pdf` })
const pdf = Buffer.from('%PDF-1.4 справка')

export function describeDeskPosting(stage: () => DeskStage): void {
  const opened = async () => {
    const channel = stage().channel()
    const { forum } = stage()
    const thread = await channel.openTopic(forum, 'Разговор')
    return {
      channel,
      forum,
      thread,
      place: { forum, thread },
      seen: async () => (await stage().topic(thread)).messages,
    }
  }

  it('says words with their looks and buttons in a topic, and in the general one', async () => {
    const { channel, forum, place, seen } = await opened()
    const spans = [
      { style: 'bold' as const, at: 0, length: 4 },
      { style: 'link' as const, url: 'https://example.org/', at: 5, length: 4 },
    ]
    const { messages } = await channel.post(
      place,
      { ...words('Анна <b>_'), text: { text: 'Анна <b>_', spans }, buttons },
      noFile,
    )
    const labels = [['Беру'], ['Передать']]
    expect(await seen()).toMatchObject([{ id: messages[0], from: 'bot', text: 'Анна <b>_', looks: spans, labels }])
    const general = await say(channel, { forum }, 'Смена началась')
    expect((await stage().topic()).messages.at(-1)).toMatchObject({ id: general, text: 'Смена началась' })
  })

  it('splits a long text, answers with the first part and puts the buttons under the last', async () => {
    const { channel, thread, place, seen } = await opened()
    const question = await stage().staff(1).say('ну что?', { thread })
    const text = 'слово '.repeat(1500).trim()
    const { messages } = await channel.post(place, words(text, { buttons, repliesTo: question }), noFile)
    const parts = (await seen()).filter(({ from }) => from === 'bot')
    expect(parts.map(({ id }) => id)).toEqual(messages)
    expect(parts.map((part) => part.text).join(' ')).toBe(text)
    expect(parts.map((part) => part.repliesTo)).toEqual([question, ...parts.slice(1).map(() => undefined)])
    expect(parts.map((part) => part.labels.length)).toEqual([...parts.slice(1).map(() => 0), 2])
  })

  it('is not hindered by an answered message that is gone', async () => {
    const { channel, thread, place, seen } = await opened()
    const question = await stage().staff(1).say('минутку', { thread })
    await stage().staff(1).erase(question)
    await channel.post(place, words('ответ', { repliesTo: question }), noFile)
    const [answer] = await seen()
    expect(answer).toMatchObject({ text: 'ответ' })
    expect(answer?.repliesTo).toBeUndefined()
  })

  it('calls those who are to notice it by name, below the words', async () => {
    const { channel, place, seen } = await opened()
    const mentions = [
      { id: '6000000001', name: 'Ирина' },
      { id: '6000000002', name: 'Олег' },
    ]
    await channel.post(place, words('Никто не отвечает', { mentions }), noFile)
    const [message] = await seen()
    expect(message).toMatchObject({ text: 'Никто не отвечает\nИрина, Олег' })
    expect(message?.looks).toMatchObject([
      { style: 'link', url: 'tg://user?id=6000000001', at: 18, length: 5 },
      { style: 'link', url: 'tg://user?id=6000000002', at: 25, length: 4 },
    ])
  })

  it('shows a file with its words and buttons, as an answer', async () => {
    const { channel, thread, place, seen } = await opened()
    const question = await stage().staff(1).say('покажите', { thread })
    const message = words('Счётчик', { files: [photo('p')], buttons, repliesTo: question })
    const { messages, unshown } = await channel.post(place, message, filesOf({ p: picture }))
    const [, shown] = await seen()
    expect(shown).toMatchObject({
      id: messages[0],
      text: 'Счётчик',
      repliesTo: question,
      labels: [['Беру'], ['Передать']],
    })
    expect(shown?.files).toMatchObject([{ kind: 'photo', size: picture.length }])
    expect(unshown).toBeUndefined()
  })

  it('shows files under their names, and a voice message as one', async () => {
    const { channel, place, seen } = await opened()
    const files: ShownFile[] = [
      { id: 'v', kind: 'voice', name: 'voice_1.ogg' },
      { id: 'd', kind: 'document', name: 'Справка «о долге».pdf' },
    ]
    await channel.post(place, words('', { files }), filesOf({ v: Buffer.from('OggS'), d: pdf }))
    expect((await seen()).map((one) => one.files[0])).toMatchObject([
      { kind: 'voice', size: 4 },
      { kind: 'document', name: 'Справка «о долге».pdf', size: pdf.length },
    ])
  })

  it('shows neighbours of one kind as albums, the words under the first, and loses none of many', async () => {
    const { channel, place, seen } = await opened()
    const photos = Array.from({ length: 12 }, (_, at) => photo(`p${at}`))
    const files = [...photos, document('d1'), document('d2')]
    const bytes = Object.fromEntries(files.map(({ id, kind }) => [id, kind === 'photo' ? picture : pdf]))
    const { messages } = await channel.post(place, words('Вот всё', { files }), filesOf(bytes))
    const shown = await seen()
    expect(shown.map(({ id }) => id)).toEqual(messages)
    expect(shown.map((one) => one.files[0]?.kind)).toEqual(files.map(({ kind }) => kind))
    expect(shown.map((one) => one.text)).toEqual(['Вот всё', ...files.slice(1).map(() => '')])
    const albums = shown.map((one) => one.album)
    expect(albums[0]).toBeDefined()
    expect(albums[9]).toBe(albums[0])
    expect(albums[13]).toBe(albums[12])
    expect(albums[12]).not.toBe(albums[11])
  })

  it('does not make an album of what has buttons', async () => {
    const { channel, place, seen } = await opened()
    const message = words('Вот', { files: [photo('a'), photo('b')], buttons })
    await channel.post(place, message, filesOf({ a: picture, b: picture }))
    expect((await seen()).map((one) => [one.text, one.album, one.labels.length])).toEqual([
      ['', undefined, 0],
      ['Вот', undefined, 2],
    ])
  })

  it('says the words after files when they are too long for a caption', async () => {
    const { channel, place, seen } = await opened()
    const text = 'я'.repeat(1025)
    await channel.post(place, words(text, { files: [document('d')] }), filesOf({ d: pdf }))
    expect((await seen()).map((one) => one.text)).toEqual(['', text])
  })

  it('sends a photo over 10 MB as a document', async () => {
    const { channel, place, seen } = await opened()
    const big = Buffer.alloc(10 * 1024 * 1024 + 1)
    await channel.post(place, words('', { files: [photo('p')] }), filesOf({ p: big }))
    expect((await seen())[0]?.files).toMatchObject([{ kind: 'document', size: big.length }])
  })

  it.each([
    ['empty', 0],
    ['over 50 MB', 50 * 1024 * 1024 + 1],
  ])('says the words and the name in place of a file that is %s, and tells it', async (_, size) => {
    const { channel, place, seen } = await opened()
    const message = words('Вот', { files: [document('d'), document('e')] })
    const posted = await channel.post(place, message, filesOf({ d: Buffer.alloc(size), e: pdf }))
    expect(posted).toMatchObject({ messages: [expect.any(String), expect.any(String)], unshown: ['d'] })
    expect((await seen()).map((one) => [one.text, one.files.length])).toEqual([
      ['Вот\nd.pdf', 0],
      ['', 1],
    ])
  })

  it('is taken up where an earlier try has ended, and says each message as soon as it is shown', async () => {
    const { channel, place, seen } = await opened()
    const text = Array.from({ length: 3 }, (_, at) => `${at}`.repeat(4096)).join('')
    const shown: string[] = []
    const progress = () => ({ done: shown.length, shown: async (messages: string[]) => void shown.push(...messages) })
    const stopped = {
      done: 0,
      shown: async (messages: string[]) => Promise.reject(new Error(String(shown.push(...messages)))),
    }
    await expect(channel.post(place, words(text), noFile, stopped)).rejects.toThrow()
    expect(shown).toHaveLength(1)
    await stage().cutPost(false)
    await expect(channel.post(place, words(text), noFile, progress())).rejects.toMatchObject({ code: 'PLATFORM_DOWN' })
    const last = await channel.post(place, words(text), noFile, progress())
    expect(last.messages).toEqual(shown.slice(1))
    expect((await seen()).map((one) => [one.id, one.text[0]])).toEqual(shown.map((id, at) => [id, `${at}`]))
  })

  it('is taken up in the middle of an album', async () => {
    const { channel, place, seen } = await opened()
    const message = words('Вот', { files: [photo('a'), photo('b'), photo('c')] })
    const done = { done: 2, shown: async () => {} }
    const { messages } = await channel.post(place, message, filesOf({ c: picture }), done)
    expect(messages).toHaveLength(1)
    expect((await seen()).map((one) => [one.text, one.files[0]?.kind])).toEqual([['', 'photo']])
  })

  it('is a failure that may go better later when nobody answers, even when it was shown', async () => {
    const { channel, place, seen } = await opened()
    await stage().cutPost(true)
    await expect(say(channel, place, 'дошло')).rejects.toMatchObject({
      code: 'PLATFORM_DOWN',
      retry: expect.any(Number),
    })
    expect((await seen()).map(({ text }) => text)).toEqual(['дошло'])
  })

  it('changes the words and buttons of a message; that they are so already is no failure', async () => {
    const { channel, place, seen } = await opened()
    const { messages } = await channel.post(place, words('Ждёт', { buttons }), noFile)
    const [message = ''] = messages
    const now = { text: { text: 'Взят', spans: [{ style: 'bold' as const, at: 0, length: 4 }] }, buttons: [] }
    for (const _ of [1, 2]) await channel.edit(place, message, now)
    expect(await seen()).toMatchObject([{ id: message, text: 'Взят', looks: [{ style: 'bold' }], labels: [] }])
  })

  it('changes the words of a file', async () => {
    const { channel, place, seen } = await opened()
    const { messages } = await channel.post(
      place,
      words('было', { files: [document('d')], buttons }),
      filesOf({ d: pdf }),
    )
    await channel.edit(place, messages[0] ?? '', { text: { text: 'стало', spans: [] }, buttons })
    expect(await seen()).toMatchObject([
      { text: 'стало', files: [{ kind: 'document' }], labels: [['Беру'], ['Передать']] },
    ])
  })

  it.each([
    ['that is not there', async () => '99999'],
    ['of a consultant', (thread: string) => stage().staff(1).say('моё', { thread })],
  ])('cannot change a message %s', async (_, message) => {
    const { channel, thread, place } = await opened()
    const edited = channel.edit(place, await message(thread), { text: { text: 'x', spans: [] }, buttons: [] })
    await expect(edited).rejects.toMatchObject({ code: 'MESSAGE_GONE', retry: 'never' })
  })

  it('pins a message, once; one that is gone cannot be pinned', async () => {
    const { channel, thread, place } = await opened()
    const card = await say(channel, place, 'Карточка')
    for (const _ of [1, 2]) await channel.pin(place, card)
    expect((await stage().topic(thread)).pinned).toEqual([card])
    await expect(channel.pin(place, '99999')).rejects.toMatchObject({ code: 'MESSAGE_GONE' })
  })

  it('marks a message of a consultant; that it is gone is no failure', async () => {
    const { channel, thread, place, seen } = await opened()
    const said = await stage().staff(1).say('не дошло', { thread })
    await channel.mark(place, said)
    expect((await seen()).map((one) => one.isMarked)).toEqual([true])
    await channel.mark(place, '99999')
  })
}
