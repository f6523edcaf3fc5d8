import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { picture as png } from '../contracts/stage.ts'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { calm, people, queued } from './staffed.ts'
import { flats, labels, messengers } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true })
})
afterAll(() => town.close())

const picture = (name: string) => ({ kind: 'photo', name, bytes: new Uint8Array([1, 2, 3]) }) as const
const paper = { kind: 'document', name: 'акт.txt', bytes: new TextEncoder().encode('акт') } as const
const voice = { kind: 'voice', name: 'voice.ogg', bytes: new Uint8Array([4, 5, 6]) } as const

describe.each(messengers)('a whole talk in %s', (messenger) => {
  const from = messenger === 'telegram' ? 'Telegram' : 'ВКонтакте'

  test('the card on top tells of the resident no more than may be seen, until somebody takes him', async () => {
    const visit = await queued(town, messenger, flats.twoWater)
    const { messages, pinned, name } = await visit.seen(() => true)
    expect(name).toMatch(new RegExp(`^Ждёт · № \\d+ · Начисления · ${from}$`))
    const [card, ...others] = messages.filter(({ service }) => service === undefined)
    expect(others).toEqual([])
    expect(pinned).toEqual([card?.id])
    expect(card && labels(card)).toEqual(['Беру', 'Обновить карточку'])
    expect(card?.text).toContain('••••5547, по коду активации')
    expect(messages.map(({ text }) => text).join()).not.toMatch(/6682305547|8 Марта|Берёзкина|Баланс|321,463/)

    await visit.takes()
    const shown = (await visit.card('Баланс')).text
    expect(shown).toMatch(/^Ирина Фомина, на связи с 12:00/)
    for (const detail of ['••••5547', '8 Марта, д. 120, кв. 45', 'Берёзкина', '321,463', 'Перед обращением', from])
      expect(shown).toContain(detail)
    expect(shown).not.toContain(flats.twoWater.number)
    const { id } = await visit.handOff()
    const { rows } = await town.fresh.database.pool.query(
      `SELECT v.by, a.number, v.why FROM card_view v JOIN account a ON a.id = v.account_id WHERE v.hand_off_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ by: String(people.irina.telegramId), number: flats.twoWater.number, why: 'taken' }])
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    await calm(town)
  })

  test('words, replies and edits pass both ways in order, and the bot is silent', async () => {
    const visit = await queued(town, messenger, flats.oneMeter)
    const { talk } = visit
    await visit.takes()
    const length = await talk.length()
    await visit.hears(() => visit.say('Здравствуйте! Чем помочь?'), /^Здравствуйте! Чем помочь\?$/)
    await talk.hand.say('Почему так много?')
    await talk.hand.say('И где перерасчёт?')
    const asked = await visit.reads(() => talk.hand.say('За октябрь'), 'За октябрь')
    const own = (await talk.hand.chat()).messages.findLast(({ text }) => text === 'За октябрь')
    const answer = await visit.hears(() => visit.say('За отопление', { replyTo: asked.id }), 'За отопление')
    expect(answer.replyTo).toBe(own?.id)
    const answerInTopic = (await visit.seen(() => true)).messages.find(({ text }) => text === 'За отопление')
    const thanks = await visit.reads(() => talk.hand.say('Понятно', answer.id), 'Понятно')
    expect(thanks.replyTo).toBe(answerInTopic?.id)

    let mine = ''
    const wait = await visit.hears(async () => {
      mine = await visit.say('Подождите минуту')
    }, 'Подождите минуту')
    const corrected = await visit.hears(() => visit.staff().edit(mine, 'Подождите две'), /^Подождите две$/)
    expect(corrected.id).toBe(wait.id)
    let his = ''
    const good = await visit.reads(async () => {
      his = await talk.hand.say('Хорошо')
    }, 'Хорошо')
    const edited = await visit.reads(() => talk.hand.edit(his, 'Хорошо, жду'), 'Хорошо, жду')
    expect(edited.text).toMatch(/^Житель исправил/)
    expect(edited.replyTo).toBe(good.id)

    const heading = `Житель · 12:0\\d · ${from}\n`
    const whole = (await visit.lines()).join('\n--\n').replaceAll(new RegExp(heading, 'g'), '')
    expect(whole.replaceAll('\n--\n', '\n')).toMatch(
      /^Здравствуйте! Чем помочь\?\nПочему так много\?\nИ где перерасчёт\?\nЗа октябрь\nЗа отопление\nПонятно\nПодождите две\nХорошо\n/,
    )
    const { messages } = await talk.hand.chat()
    expect(messages.slice(length).map((one) => `${one.from}: ${one.text}`)).toEqual([
      'bot: Здравствуйте! Чем помочь?',
      'resident: Почему так много?',
      'resident: И где перерасчёт?',
      'resident: За октябрь',
      'bot: За отопление',
      'resident: Понятно',
      'bot: Подождите две',
      'resident: Хорошо, жду',
    ])
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    await calm(town)
  })

  test('photos, documents, voices and places pass both ways, as do 4,096 characters', async () => {
    const visit = await queued(town, messenger, flats.twoZones)
    const { talk, topic } = visit
    await visit.takes()
    for (const file of [picture('a.jpg'), paper, voice]) {
      const caption = file.kind === 'voice' ? undefined : `Вот ${file.name}`
      const kind = file.kind === 'photo' ? 'document' : file.kind
      const came = await visit.reads(
        () => talk.hand.send([file], caption),
        ({ files }) => files.length > 0,
      )
      expect(came).toMatchObject({ files: [{ size: file.bytes.length }] })
      if (caption) expect(came.text).toContain(caption)
      const where = { topic, ...(caption !== undefined && { caption }) }
      const went = await visit.hears(
        () => visit.staff().send([file], where),
        ({ files }) => files.length > 0,
      )
      expect(went).toMatchObject({ text: caption ?? '', files: [{ kind, size: file.bytes.length }] })
    }
    const title = messenger === 'telegram' ? 'У калитки, Екатеринбург' : '56.8389, 60.6057'
    const place = said('desk.forum.place', { title, latitude: '56.8389', longitude: '60.6057' })
    const here = await visit.reads(() => talk.hand.location({ text: 'У калитки' }), place)
    expect(here.text).toContain('У калитки')
    await visit.hears(() => visit.staff().location({ topic }), 'pt=60.6057,56.8389')
    const long = `${'слово '.repeat(682)}всё.`
    expect(long).toHaveLength(4096)
    await visit.hears(() => visit.say(long), /всё\.$/)
    const whole = (await talk.hand.chat()).messages.filter(({ text }) => /^(слово |всё)/.test(text))
    expect(whole.map(({ text }) => text.trim()).join(' ')).toBe(long)
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    expect(await town.hand.violations()).toEqual([])
  })

  test('albums stay albums both ways, and each piece can be replied to', async () => {
    const visit = await queued(town, messenger, flats.twoWater)
    const { talk, topic } = visit
    await visit.takes()
    const album = ['1.png', '2.png', '3.png'].map((name) => ({ kind: 'photo' as const, name, bytes: png }))
    const filesIn = (messages: readonly SeenMessage[]) => messages.filter(({ files }) => files.length > 0)
    /** How many messages, how many albums they are, how many pictures. */
    const sizeOf = (messages: readonly SeenMessage[]) => [
      messages.length,
      new Set(messages.map(({ id, album: of }) => of ?? id)).size,
      messages.flatMap(({ files }) => files).length,
    ]
    await talk.hand.send(album, 'Три снимка')
    const { messages: inTopic } = await visit.seen(({ messages }) => filesIn(messages).length === album.length)
    const hisPieces = filesIn(inTopic)
    expect(sizeOf(hisPieces)).toEqual([3, 1, 3])
    expect(hisPieces[0]?.text).toContain('Три снимка')
    const third = hisPieces[2]?.id ?? ''
    const his = filesIn((await talk.hand.chat()).messages)
    const about = await visit.hears(() => visit.say('О третьем', { replyTo: third }), 'О третьем')
    expect(about.replyTo).toBe(his.at(-1)?.id)

    const sent = await visit.staff().send(album, { topic, caption: 'И вам три' })
    const fromBot = (messages: readonly SeenMessage[]) => filesIn(messages).filter(({ from }) => from === 'bot')
    const { messages: inChat } = await talk.hand.waitFor(
      ({ messages }) => sizeOf(fromBot(messages))[2] === album.length,
    )
    const pieces = fromBot(inChat)
    expect(sizeOf(pieces)).toEqual(messenger === 'telegram' ? [3, 1, 3] : [1, 1, 3])
    expect(pieces[0]?.text).toBe('И вам три')
    const last = pieces.at(-1)?.id ?? ''
    const answer = await visit.reads(() => talk.hand.say('А этот?', last), 'А этот?')
    expect(answer.replyTo).toBe(messenger === 'telegram' ? sent[2] : sent[0])
    const again = await visit.hears(() => visit.say('Да, этот', { replyTo: sent[2] ?? '' }), 'Да, этот')
    expect(again.replyTo).toBe(last)
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    expect(await town.hand.violations()).toEqual([])
  })

  test('is rated and sent as a PDF; written to within a day it goes on in the same topic', async () => {
    const visit = await queued(town, messenger, flats.threeZones)
    const { talk } = visit
    await visit.takes()
    await visit.hears(() => visit.say('Всё пересчитали'), 'Всё пересчитали')
    await visit.reads(() => talk.hand.say('Спасибо'), 'Спасибо')
    const over = both(said('consultant.closed.consultant'), said('consultant.rating'))
    await visit.hears(() => visit.press('Закрыть'), over)
    await visit.seen(({ closed, name }) => closed && name.startsWith('Закрыто'))
    await visit.reads(
      () => talk.press('5 — отлично', said('consultant.comment')),
      said('desk.resident.rated', { rating: '5' }),
    )
    const { files } = await talk.press('Прислать переписку', said('consultant.transcriptHere'))
    const [{ url = '', mime = '' } = {}] = files
    expect(mime).toBe('application/pdf')
    const bytes = Buffer.from(await (await fetch(new URL(url, town.url))).arrayBuffer())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')

    const { number } = await visit.handOff()
    await visit.reads(
      () => talk.say('И ещё одно', both(said('consultant.reopened'), said('consultant.place'))),
      'И ещё одно',
    )
    const again = await visit.seen(({ closed, name }) => !closed && name.startsWith('Ждёт'))
    expect(again.name).toContain(`№ ${number} ·`)
    expect(await visit.lines()).toContainEqual(expect.stringMatching(said('desk.handle.reopened.resident')))
    expect((await visit.card('Ждёт')).id).toBe(again.pinned.at(-1))
    await visit.takes('oleg')
    await visit.hears(() => visit.press('Закрыть', 'oleg'), over)
    await calm(town)
  })
})
