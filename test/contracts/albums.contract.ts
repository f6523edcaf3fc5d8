import { expect, it } from 'vitest'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import type { FileToSend } from '../../src/engine/channel.ts'
import type { ShownFile } from '../../src/engine/outgoing.ts'
import { show } from './anyOutgoing.ts'
import type { Setting } from './channel.contract.ts'
import { delivery, picture } from './stage.ts'

const photos = (count: number, from = 0): ShownFile[] =>
  Array.from({ length: count }, (_, nth) => ({ id: `p${from + nth}`, kind: 'photo', name: `${from + nth}.png` }))
const paper: ShownFile = { id: 'd', kind: 'document', name: 'акт.pdf' }
const never = () => Promise.reject(new Error('the bytes are not wanted'))

/** Bytes of each file: pictures, but for what is said `otherwise`. */
const opened = (
  files: readonly ShownFile[],
  otherwise: Record<string, FileToSend> = {},
): Record<string, FileToSend> => ({
  ...Object.fromEntries(files.map(({ id }) => [id, { bytes: async () => picture }])),
  ...otherwise,
})

export function describeAlbums({ messenger, stage, channel }: Setting): void {
  const telegram = messenger === 'telegram'
  const fromBot = async (phone: { chat(): Promise<{ messages: SeenMessage[] }> }) =>
    (await phone.chat()).messages.filter((one) => one.from === 'bot')
  /** What stands together before a resident: the pieces of an album, the attachments of a message. */
  const together = (messages: readonly SeenMessage[]) => {
    const groups: { of: string; text: string; files: number }[] = []
    for (const { id, album, text, files } of messages) {
      const last = groups.at(-1)
      if (last && album !== undefined && last.of === album) Object.assign(last, { files: last.files + files.length })
      else groups.push({ of: album ?? id, text, files: files.length })
    }
    return groups.map(({ text, files }) => [text, files])
  }

  it('shows several pictures as one, the words with the first, and tells the id of each message', async () => {
    const { phone, chat } = await stage().resident()
    const files = photos(3)
    const asked = await phone.say('Покажите')
    const outgoing = show('Три снимка', { files, repliesTo: asked })
    const delivered = await channel().deliver(chat, outgoing, delivery({}, opened(files)))
    const seen = await fromBot(phone)
    expect(delivered.messages).toEqual(seen.map(({ id }) => id))
    expect(delivered.messages).toHaveLength(telegram ? 3 : 1)
    expect(together(seen)).toEqual([['Три снимка', 3]])
    expect(seen[0]?.replyTo).toBe(asked)
    expect(delivered.fileRefs.map(({ file }) => file)).toEqual(['p0', 'p1', 'p2'])

    const cached = Object.fromEntries(
      delivered.fileRefs.map(({ file, ref }) => [file, { cachedRef: ref, bytes: never }]),
    )
    const again = await channel().deliver(chat, outgoing, delivery({}, cached))
    expect(again).toMatchObject({ messages: delivered.messages.map(() => expect.any(String)), fileRefs: [] })
    expect(together(await fromBot(phone))).toEqual([
      ['Три снимка', 3],
      ['Три снимка', 3],
    ])
  })

  it.each<[string, ShownFile[], unknown[], unknown[]]>([
    [
      'twelve pictures are two albums',
      photos(12),
      [
        ['Вот', 10],
        ['', 2],
      ],
      [
        ['', 2],
        ['Вот', 10],
      ],
    ],
    [
      'pictures and papers are apart where they cannot be mixed',
      [...photos(2), paper, ...photos(2, 2)],
      [
        ['Вот', 2],
        ['', 1],
        ['', 2],
      ],
      [['Вот', 5]],
    ],
  ])('%s, none is lost', async (_, files, inTelegram, inVk) => {
    const { phone, chat } = await stage().resident()
    const { messages, failure } = await channel().deliver(chat, show('Вот', { files }), delivery({}, opened(files)))
    expect(failure).toBeUndefined()
    const seen = await fromBot(phone)
    expect(messages).toEqual(seen.map(({ id }) => id))
    expect(together(seen)).toEqual(telegram ? inTelegram : inVk)
  })

  it('shows the words below when they are too long for a caption', async () => {
    const { phone, chat } = await stage().resident()
    const files = photos(2)
    const long = 'слово '.repeat(500).trim()
    await channel().deliver(chat, show(long, { files }), delivery({}, opened(files)))
    expect(together(await fromBot(phone))).toEqual(
      telegram
        ? [
            ['', 2],
            [long, 0],
          ]
        : [[long, 2]],
    )
  })

  it('keeps the rest of an album when the platform does not take one of its files, and says that it could not', async () => {
    const { phone, chat } = await stage().resident()
    const files = photos(3)
    const empty = { p1: { bytes: async () => new Uint8Array() } }
    const { messages, failure } = await channel().deliver(chat, show('', { files }), delivery({}, opened(files, empty)))
    expect(failure).toMatchObject({ code: 'PLATFORM_REFUSED' })
    const seen = await fromBot(phone)
    expect(messages).toEqual(seen.map(({ id }) => id))
    expect(seen.flatMap((one) => one.files)).toHaveLength(2)
    expect(seen.map(({ text }) => text).join('')).toBe('1.png')
  })

  it('shows a picture that is none as a document, and the others as pictures', async () => {
    const { phone, chat } = await stage().resident()
    const files = photos(3)
    const notOne = { p2: { bytes: async () => Buffer.from('not a picture') } }
    const delivered = await channel().deliver(chat, show('Вот', { files }), delivery({}, opened(files, notOne)))
    expect(delivered.failure).toBeUndefined()
    expect(delivered.fileRefs.map(({ file }) => file)).toEqual(['p0', 'p1'])
    const seen = await fromBot(phone)
    expect(seen.flatMap((one) => one.files.map(({ kind }) => kind))).toEqual(['photo', 'photo', 'document'])
    expect(seen[0]?.text).toBe('Вот')
  })

  it('goes on in the middle of what an earlier try has shown', async () => {
    const { phone, chat } = await stage().resident()
    const files = photos(12)
    const partsDone = telegram ? 10 : 1
    const { messages } = await channel().deliver(chat, show('Вот', { files }), delivery({ partsDone }, opened(files)))
    const seen = await fromBot(phone)
    expect(messages).toEqual(seen.map(({ id }) => id))
    expect(together(seen)).toEqual(telegram ? [['', 2]] : [['Вот', 10]])
  })

  it.each([
    ['is to be tried again whole when it is cut before the effect', false],
    [
      telegram ? 'is shown twice rather than never when its answer is cut' : 'is shown once although its answer is cut',
      true,
    ],
  ])('%s', async (_, after) => {
    const { phone, chat } = await stage().resident()
    const files = photos(3)
    const same = delivery({}, opened(files))
    const method = telegram ? 'sendMediaGroup' : 'messages.send'
    await stage().hand.fault({ messenger, method, times: 1, effect: { kind: 'cut', after } })
    const first = await channel().deliver(chat, show('Три', { files }), same)
    expect(first).toMatchObject({ messages: [], failure: { code: 'PLATFORM_DOWN', retry: 2_000 } })
    await channel().deliver(chat, show('Три', { files }), same)
    expect(together(await fromBot(phone))).toEqual(Array(telegram && after ? 2 : 1).fill(['Три', 3]))
  })
}
