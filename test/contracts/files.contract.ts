import { expect, it } from 'vitest'
import type { Outgoing, ShownFile } from '../../src/engine/outgoing.ts'
import { show } from './anyOutgoing.ts'
import type { Setting } from './channel.contract.ts'
import { delivery, Ear, picture, whileListening } from './stage.ts'

const photo: ShownFile = { id: 'p', kind: 'photo', name: 'график.png' }
const document: ShownFile = { id: 'd', kind: 'document', name: 'квитанция.pdf' }
const voice: ShownFile = { id: 'v', kind: 'voice', name: 'ответ.ogg' }
const ogg = Buffer.from('OggS\0\0\0\0OpusHead')
const pdf = Buffer.from('%PDF-1.4 квитанция')
const never = () => Promise.reject(new Error('the bytes are not wanted'))

export function describeFiles({ messenger, stage, channel }: Setting): void {
  const telegram = messenger === 'telegram'

  it.each([
    ['a photo', photo, picture],
    ['a document', document, pdf],
    ['a voice', voice, ogg],
  ])(
    'shows %s with its words and buttons, and shows it again by the id the platform gave it',
    async (_, file, content) => {
      const { phone, chat } = await stage().resident()
      const outgoing: Outgoing = show('Вот', { files: [file], buttons: [[{ label: 'Меню', token: '1.0' }]] })
      const first = await channel().deliver(chat, outgoing, delivery({}, { [file.id]: { bytes: async () => content } }))
      expect(first.failure).toBeUndefined()
      expect(first.fileRefs).toEqual([{ file: file.id, ref: expect.any(String) }])
      const cachedRef = first.fileRefs[0]?.ref ?? ''
      const second = await channel().deliver(chat, outgoing, delivery({}, { [file.id]: { cachedRef, bytes: never } }))
      expect(second).toMatchObject({ messages: [expect.any(String)], fileRefs: [] })
      const seen = (await phone.chat()).messages.filter((one) => one.from === 'bot')
      expect(seen.map((one) => one.id)).toEqual([...first.messages, ...second.messages])
      for (const one of seen) {
        expect(one).toMatchObject({ text: 'Вот', buttons: [[{ label: 'Меню' }]] })
        expect(one.files).toMatchObject([{ kind: file.kind, size: content.length }])
        if (file.kind === 'document') expect(one.files[0]?.name).toBe('квитанция.pdf')
      }
    },
  )

  it('sends a voice that the platform does not take as one as a document, and keeps no id of that', async () => {
    const { phone, chat } = await stage().resident()
    const effect = telegram
      ? { kind: 'answer' as const, code: 400, text: 'Bad Request: VOICE_MESSAGES_FORBIDDEN' }
      : { kind: 'answer' as const, code: 100, text: 'One of the parameters specified was missing or invalid' }
    // VK's script is refused as a whole, and its calls are made once more by themselves.
    const method = telegram ? 'sendVoice' : 'docs.save'
    await stage().hand.fault({ messenger, method, times: telegram ? 1 : 2, effect })
    const files = { v: { bytes: async () => ogg } }
    const delivered = await channel().deliver(chat, show('Вот', { files: [voice] }), delivery({}, files))
    await stage().hand.clearFaults()
    expect(delivered).toEqual({ messages: [expect.any(String)], fileRefs: [] })
    expect((await phone.chat()).messages.at(-1)).toMatchObject({
      text: 'Вот',
      files: [{ kind: 'document', name: 'ответ.ogg' }],
    })
  })

  it('uploads a file anew when the platform does not know its id any more', async () => {
    const { phone, chat } = await stage().resident()
    const cachedRef = telegram ? 'AgAC-1-f1-d' : 'doc-1_1_gone'
    const files = { d: { cachedRef, bytes: async () => pdf } }
    const delivered = await channel().deliver(chat, show('Вот', { files: [document] }), delivery({}, files))
    expect(delivered).toMatchObject({
      messages: [expect.any(String)],
      fileRefs: [{ file: 'd', ref: expect.any(String) }],
    })
    expect((await phone.chat()).messages.at(-1)?.files).toHaveLength(1)
  })

  it('sends a photo that the platform cannot take as one as a document', async () => {
    const { phone, chat } = await stage().resident()
    const files = { p: { bytes: async () => Buffer.from('not a picture') } }
    const delivered = await channel().deliver(chat, show('Вот', { files: [photo] }), delivery({}, files))
    expect(delivered).toMatchObject({ messages: [expect.any(String)], fileRefs: [] })
    expect((await phone.chat()).messages.at(-1)).toMatchObject({ text: 'Вот', files: [{ kind: 'document' }] })
  })

  it('sends the words at least when a file cannot be shown, and says that it could not', async () => {
    const { phone, chat } = await stage().resident()
    const files = { d: { bytes: async () => new Uint8Array() } }
    const delivered = await channel().deliver(chat, show('Вот', { files: [document] }), delivery({}, files))
    expect(delivered).toMatchObject({ messages: [expect.any(String)], failure: { code: 'PLATFORM_REFUSED' } })
    expect((await phone.chat()).messages.at(-1)).toMatchObject({ text: 'Вот', files: [] })
  })

  it('asks to be tried again when an upload is cut', async () => {
    const { chat } = await stage().resident()
    const method = telegram ? 'sendDocument' : 'docs.save'
    await stage().hand.fault({ messenger, method, times: 1, effect: { kind: 'cut' } })
    const files = { d: { bytes: async () => pdf } }
    const delivered = await channel().deliver(chat, show('Вот', { files: [document] }), delivery({}, files))
    expect(delivered).toMatchObject({ messages: [], failure: { code: 'PLATFORM_DOWN', retry: 2_000 } })
    expect(JSON.stringify(delivered.failure)).not.toContain('sandbox-')
  })

  it.each([
    ['photo', 'фото.png', picture],
    ['document', 'паспорт счётчика.pdf', pdf],
    ['voice', 'voice.ogg', Buffer.from('OggS голос')],
    ['document', 'пустой.txt', Buffer.alloc(0)],
  ] as const)('takes a %s (%s) and fetches its bytes later', async (kind, name, bytes) => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      const message = await phone.send([{ kind, name, bytes }], kind === 'voice' ? undefined : 'смотрите')
      const input = await ear.input(chat, 'files')
      expect(input).toMatchObject({ message, files: [{ kind }] })
      expect(input.caption).toBe(kind === 'voice' ? undefined : 'смотрите')
      if (kind === 'document') expect(input.files[0]).toMatchObject({ name, size: bytes.length })
      const fetched = await channel().fetchFile(input.files[0]?.ref ?? '')
      expect(Buffer.from(fetched).equals(bytes)).toBe(true)
    })
  })

  it('refuses a file larger than it may fetch', async () => {
    const { phone, chat } = await stage().resident()
    const ear = new Ear()
    await whileListening(channel(), ear, async () => {
      await phone.send([
        { kind: 'document', name: 'большой.bin', bytes: Buffer.alloc(channel().limits.fetchedFileBytes + 1) },
      ])
      const { files } = await ear.input(chat, 'files')
      await expect(channel().fetchFile(files[0]?.ref ?? '')).rejects.toMatchObject({
        code: 'FILE_TOO_LARGE',
        retry: 'never',
      })
    })
  })

  it.each(['nothing', telegram ? 'AgAC-7000000001-f99999-d' : '770001:99999:0'])(
    'knows that a file is gone (%s)',
    async (ref) => {
      await expect(channel().fetchFile(ref)).rejects.toMatchObject({ code: 'FILE_GONE', retry: 'never' })
    },
  )
}
