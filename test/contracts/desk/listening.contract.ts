import { describe, expect, it, vi } from 'vitest'
import type { StaffEvent } from '../../../src/desk/channel.ts'
import { picture } from '../stage.ts'
import { DeskEar, type DeskStage, noFile, say, whileListening, words } from './stage.ts'

export function describeDeskListening(stage: () => DeskStage): void {
  const opened = async () => {
    const channel = stage().channel()
    const { forum } = stage()
    const thread = await channel.openTopic(forum, 'Разговор')
    return { channel, forum, thread, place: { forum, thread }, anna: stage().staff(1) }
  }
  const here = (thread: string) => (event: StaffEvent) => event.place.thread === thread

  it('tells who has said what, where, and what it answers', async () => {
    const { channel, forum, thread, place, anna } = await opened()
    const question = await say(channel, place, 'Вопрос')
    const ear = new DeskEar()
    await whileListening(channel, ear, async () => {
      const message = await anna.say('Добрый день! <b>', { thread })
      const answer = await anna.say('ответ', { thread, repliesTo: question })
      const general = await anna.say('/queue')
      const said = await ear.event('text', here(thread))
      const by = { id: anna.id, name: anna.name }
      expect(said).toMatchObject({ place, by, input: { text: { text: 'Добрый день! <b>', spans: [] }, message } })
      expect(Math.abs(said.at.getTime() - Date.now())).toBeLessThan(60_000)
      expect((await ear.text('ответ')).input).toMatchObject({ message: answer, repliesTo: question })
      const command = await ear.text('/queue')
      expect(command.place).toEqual({ forum })
      expect(command.input).toEqual({ kind: 'text', text: { text: '/queue', spans: [] }, message: general })
      expect(said.input).not.toHaveProperty('repliesTo')
      expect(new Set(ear.taken.map(({ id }) => id)).size).toBe(ear.taken.length)
    })
  })

  it('tells files one by one with their bytes to be had, their words and their album', async () => {
    const { channel, thread, anna } = await opened()
    const ear = new DeskEar()
    await whileListening(channel, ear, async () => {
      const ids = await anna.send(
        [
          { kind: 'photo', name: 'a.png', bytes: picture },
          { kind: 'photo', name: 'b.png', bytes: picture },
        ],
        { thread, caption: 'смотрите' },
      )
      const [voice] = await anna.send([{ kind: 'voice', name: 'v.ogg', bytes: Buffer.from('OggS') }], { thread })
      const [document] = await anna.send([{ kind: 'document', name: 'акт.pdf', bytes: Buffer.from('%PDF') }], {
        thread,
      })
      await ear.event('files', ({ input }) => input.kind === 'files' && input.message === document)
      const told = ear.taken.flatMap(({ input }) => (input.kind === 'files' ? [input] : []))
      expect(told.map(({ message }) => message)).toEqual([...ids, voice, document])
      expect(told.map(({ files }) => files[0]?.kind)).toEqual(['photo', 'photo', 'voice', 'document'])
      expect(told.map((one) => one.caption?.text)).toEqual(['смотрите', undefined, undefined, undefined])
      expect(told[1]?.album).toBe(told[0]?.album)
      expect(told[0]?.album).toBeDefined()
      expect(told[2]).not.toHaveProperty('album')
      expect(told[3]?.files).toEqual([{ kind: 'document', name: 'акт.pdf', size: 4, ref: expect.any(String) }])
      expect(Buffer.from(await channel.fetchFile(told[3]?.files[0]?.ref ?? '')).toString()).toBe('%PDF')
    })
  })

  it('does not fetch a file over 20 MB, nor one that is not there', async () => {
    const { channel, thread, anna } = await opened()
    const ear = new DeskEar()
    await whileListening(channel, ear, async () => {
      const bytes = Buffer.alloc(20 * 1024 * 1024 + 1)
      await anna.send([{ kind: 'document', name: 'архив.zip', bytes }], { thread })
      const { input } = await ear.event('files', here(thread))
      const fetched = channel.fetchFile(input.files[0]?.ref ?? '')
      await expect(fetched).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', retry: 'never' })
      await expect(channel.fetchFile('нет-такого')).rejects.toMatchObject({ code: 'FILE_GONE', retry: 'never' })
    })
  })

  it('tells a place, an edit, and what is done to topics by hand', async () => {
    const { channel, thread, anna } = await opened()
    const ear = new DeskEar()
    await whileListening(channel, ear, async () => {
      const point = await anna.location(56.84, 60.6, { thread })
      const said = await anna.say('завтра', { thread })
      await anna.edit(said, 'сегодня')
      await anna.closeTopic(thread)
      await anna.reopenTopic(thread)
      await ear.event('reopened', here(thread))
      expect(ear.taken.filter(here(thread)).map(({ input }) => input)).toEqual([
        { kind: 'location', latitude: 56.84, longitude: 60.6, message: point },
        { kind: 'text', text: { text: 'завтра', spans: [] }, message: said },
        { kind: 'edited', text: { text: 'сегодня', spans: [] }, message: said },
        { kind: 'closed' },
        { kind: 'reopened' },
      ])
    })
  })

  it('tells who has left and joined, and what becomes of our rights', async () => {
    const { channel, forum } = await opened()
    const oleg = stage().staff(2)
    const ear = new DeskEar()
    await whileListening(channel, ear, async () => {
      const start = await oleg.say('привет')
      await ear.event('text', ({ input }) => input.kind === 'text' && input.message === start)
      await oleg.leave()
      await oleg.join()
      await oleg.setBotRights({ pins: true })
      await oleg.kickBot()
      await oleg.addBot()
      await ear.event('rights', ({ input }) => input.kind === 'rights' && input.may)
      const told = ear.taken.filter(({ input }) => input.kind !== 'text')
      expect(told.map(({ input }) => input)).toEqual([
        { kind: 'left' },
        { kind: 'joined' },
        { kind: 'rights', may: false },
        { kind: 'rights', may: false },
        { kind: 'rights', may: true },
      ])
      expect(told.map(({ place }) => place)).toEqual(told.map(() => ({ forum })))
      expect(told.slice(0, 2).map(({ by }) => by)).toEqual([1, 2].map(() => ({ id: oleg.id, name: oleg.name })))
    })
  })

  it('tells a press, and shows whoever pressed what the desk says to it', async () => {
    const { channel, thread, place, anna } = await opened()
    const button = { label: 'Беру', token: 'take:15' }
    const { messages } = await channel.post(place, words('Карточка', { buttons: [[button]] }), noFile)
    const ear = new DeskEar()
    ear.onEvent = async () => ({ toast: 'Чат ваш', alert: true })
    await whileListening(channel, ear, async () => {
      await anna.press('Беру', { thread })
      const pressed = await ear.event('press', here(thread))
      expect(pressed).toMatchObject({ place, by: { id: anna.id }, input: { token: 'take:15', message: messages[0] } })
      expect(await stage().toast(anna)).toEqual({ toast: 'Чат ваш', alert: true })
    })
  })

  it('keeps the order, one at a time', async () => {
    const { channel, thread, anna } = await opened()
    const ear = new DeskEar()
    let underWay = 0
    let most = 0
    ear.onEvent = async () => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setImmediate(resolve))
      underWay--
      return {}
    }
    const texts = Array.from({ length: 20 }, (_, at) => `слово ${at}`)
    for (const [at, text] of texts.entries()) await anna.say(text, at % 2 === 0 ? { thread } : {})
    await whileListening(channel, ear, () => ear.text('слово 19'))
    const told = ear.taken.flatMap(({ input }) => (input.kind === 'text' ? [input.text.text] : []))
    expect(told.slice(-20)).toEqual(texts)
    expect(most).toBe(1)
  })

  describe('what is not taken', () => {
    it('is handed over again, and nothing before it', async () => {
      const { channel, thread, anna } = await opened()
      const ear = new DeskEar()
      let refusals = 2
      ear.onEvent = async ({ input }) => {
        if (input.kind === 'text' && input.text.text === 'раз' && refusals-- > 0) throw new Error('тайна')
        return {}
      }
      await whileListening(channel, ear, async () => {
        await anna.say('раз', { thread })
        await anna.say('два', { thread })
        await ear.text('два')
      })
      const offers = ear.offered.filter(here(thread))
      expect(offers.map(({ input }) => (input.kind === 'text' ? input.text.text : ''))).toEqual([
        'раз',
        'раз',
        'раз',
        'два',
      ])
      expect(new Set(offers.slice(0, 3).map(({ id }) => id)).size).toBe(1)
    })

    it('is told again after a restart under the same id, and what was taken is not', async () => {
      const { channel, thread, anna } = await opened()
      const first = new DeskEar()
      first.onEvent = async ({ input }) => {
        if (input.kind === 'text' && input.text.text === 'не потеряйте') throw new Error('тайна')
        return {}
      }
      const stop = await channel.listen(first.hear)
      await anna.say('взято', { thread })
      await anna.say('не потеряйте', { thread })
      await first.until(() => first.offered.filter(here(thread)).length === 2)
      await stop()
      const later = new DeskEar()
      await whileListening(stage().channel(), later, async () => {
        const again = await later.text('не потеряйте')
        expect(again.id).toBe(first.offered.findLast(here(thread))?.id)
      })
      const taken = new Set(first.taken.map(({ id }) => id))
      expect(later.offered.filter(({ id }) => taken.has(id))).toEqual([])
    })
  })

  it('hands over nothing after it has stopped, and stops only when what is under way is taken', async () => {
    const { channel, thread, anna } = await opened()
    const ear = new DeskEar()
    let finish = () => {}
    ear.onEvent = () =>
      new Promise((resolve) => {
        finish = () => resolve({})
      })
    const stop = await channel.listen(ear.hear)
    await anna.say('раз', { thread })
    await ear.until(() => ear.offered.some(here(thread)))
    let hasStopped = false
    const stopped = stop().then(() => {
      hasStopped = true
    })
    // A way there and back: time enough for a stop that waits for nothing.
    await anna.say('два', { thread })
    await stage().topic(thread)
    expect(hasStopped).toBe(false)
    finish()
    await stopped
    expect(ear.taken.filter(here(thread))).toHaveLength(1)
    const later = new DeskEar()
    await whileListening(stage().channel(), later, () => later.text('два'))
    await vi.waitFor(() => expect(ear.offered.filter(here(thread))).toHaveLength(1))
  })
}
