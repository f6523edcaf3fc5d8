import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { handOffOf, linesOf, Olga, postsOf, seen, withDesk, wordsOf } from './desk.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, nextTurn, settled, type Talk } from './talk.ts'

let town: Town
let olga: Olga
beforeAll(async () => {
  town = await openTown({ env: withDesk })
  olga = new Olga(town)
  await olga.comesToWork()
})
afterAll(() => town.close())

describe.each(messengers)('a talk with a consultant in %s', (messenger) => {
  /** Somebody with whom Olga talks. */
  async function talking(): Promise<Talk> {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Другое', said('consultant.place'))
    await hears(talk, () => olga.take(talk), said('consultant.talking', { name: 'Ольга' }))
    return talk
  }

  const hears = (talk: Talk, act: () => Promise<unknown>, wish: string | RegExp) => talk.replied(seen(act), wish)

  /** Taken, and the bot keeps silent. */
  const says = (talk: Talk, text: string, replyTo?: string) =>
    talk.silently(async () => {
      talk.written = await talk.hand.say(text, replyTo)
    })

  test('the bot is silent: words that work anywhere else go to the person', async () => {
    const talk = await talking()
    for (const words of ['Добрый день!', 'меню', 'оператор', '1', 'пахнет газом', 'показания']) await says(talk, words)
    expect(await wordsOf(town, talk)).toEqual(['Добрый день!', 'меню', 'оператор', '1', 'пахнет газом', 'показания'])
    expect((await postsOf(town, talk)).filter((post) => post === 'line')).toHaveLength(6)
    const reply = await hears(talk, () => olga.say(talk, 'Здравствуйте, слушаю вас'), /^Здравствуйте, слушаю вас$/)
    expect(labels(reply)).toEqual([])
  })

  test('who answers is said once, also to whoever writes before the word of it has come', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Другое', said('consultant.place'))
    await olga.takesUnheard(talk)
    await talk.say('Жду вас', said('consultant.talking', { name: 'Ольга' }))
    await talk.silently(() => olga.forward())
    expect(await wordsOf(town, talk)).toEqual(['Жду вас'])
  })

  test('files and places are handed on, a sticker is told to be none', async () => {
    const talk = await talking()
    await talk.silently(() =>
      talk.hand.send([{ kind: 'photo', name: 'a.jpg', bytes: new Uint8Array([1, 2, 3]) }], 'Вот квитанция'),
    )
    await talk.silently(() => talk.hand.location({ latitude: 56.8, longitude: 60.6 }))
    await talk.replied(() => talk.hand.sticker(), said('consultant.cannotPass'))
    const bodies = (await linesOf(town, talk)).flatMap(({ author, body }) => (author === 'resident' ? [body] : []))
    expect(bodies).toMatchObject([
      { text: { text: 'Вот квитанция' }, files: [{ name: expect.any(String) }] },
      { location: { latitude: 56.8, longitude: 60.6 } },
    ])
  })

  test('replies and edits find the lines they are about, both ways', async () => {
    const talk = await talking()
    await says(talk, 'Счёт 12')
    const asked = talk.written
    const own = (await linesOf(town, talk)).at(-1)
    const answer = await hears(talk, () => olga.say(talk, 'Какого года?', own && { answers: own.id }), 'Какого года?')
    expect(answer.replyTo).toBe(asked)
    await says(talk, 'Этого', answer.id)
    const lines = await linesOf(town, talk)
    expect(lines.at(-1)).toMatchObject({ body: { text: { text: 'Этого' }, repliesTo: answer.id } })

    await talk.silently(() => talk.hand.edit(asked, 'Счёт 13'))
    expect((await linesOf(town, talk)).at(-1)?.body).toMatchObject({ text: { text: 'Счёт 13' }, edits: own?.id })
    const line = await olga.say(talk, 'Понял')
    const length = await talk.length()
    await hears(talk, () => olga.say(talk, 'Поняла', { edits: line }), /^Поняла$/)
    expect(await talk.length()).toBe(length)
  })

  test('he ends it by the button, rates it, adds a word, and the bot is back', async () => {
    const talk = await talking()
    const over = await talk.press('Закончить разговор', both(said('consultant.botIsBack'), said('consultant.rating')))
    expect(labels(over)).toEqual([
      '1 — плохо',
      '2',
      '3',
      '4',
      '5 — отлично',
      'Прислать переписку',
      'Написать ещё',
      'Не хочу оценивать',
      'Меню',
    ])
    await talk.press('5 — отлично', said('consultant.comment'))
    await talk.say('Всё быстро и понятно', both(said('consultant.thanks'), said('menu.title')))
    expect(await handOffOf(town, talk)).toMatchObject({
      ...{ state: 'closed', closedBy: 'resident', rating: 5, ratingWords: 'Всё быстро и понятно' },
    })
    expect(await postsOf(town, talk)).toEqual(
      expect.arrayContaining(['say desk.resident.rated', 'say desk.resident.ratedInWords']),
    )
  })

  test('what was said is sent as a file, and the talk can still be rated', async () => {
    const talk = await talking()
    await says(talk, 'Здравствуйте')
    await talk.press('Закончить разговор', said('consultant.rating'))
    const sent = await talk.press('Прислать переписку', said('consultant.transcriptHere'))
    expect(sent.files).toMatchObject([{ name: expect.stringMatching(/^razgovor_\d+\.pdf$/) }])
    await talk.press('Оценить разговор', said('consultant.rating'))
    await talk.press('2', said('consultant.comment'))
  })

  test('it is ended in words too, and a mark may be typed', async () => {
    const talk = await talking()
    await talk.say('Закончить разговор', said('consultant.rating'))
    await talk.say('4', said('consultant.comment'))
    expect((await handOffOf(town, talk)).rating).toBe(4)
  })

  test('ended by the consultant, words that are no mark open it again, in the same topic', async () => {
    const talk = await talking()
    const { id } = await handOffOf(town, talk)
    await hears(talk, () => olga.close(talk), both(said('consultant.closed.consultant'), said('consultant.rating')))
    await talk.say('А ещё вопрос', both(said('consultant.reopened'), said('consultant.place')))
    expect(await handOffOf(town, talk)).toMatchObject({ id, state: 'waiting' })
    expect(await wordsOf(town, talk)).toContain('А ещё вопрос')
  })

  test('«Написать ещё» opens it again without words', async () => {
    const talk = await talking()
    await hears(talk, () => olga.closes(talk, 'silence'), said('consultant.closed.silence'))
    await talk.press('Написать ещё', both(said('consultant.reopened'), said('consultant.place')))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'waiting' })
  })

  test('put back, he is in the queue and no longer held; put off, he is told until when', async () => {
    const talk = await talking()
    await hears(talk, () => olga.putBack(talk), both(said('consultant.queued'), said('consultant.place')))
    await talk.say('Жду', said('consultant.added'))
    await hears(talk, () => olga.take(talk), said('consultant.talking'))
    const until = new Date(town.clock.now().getTime() + 3_600_000)
    await hears(talk, () => olga.hold(talk, until), said('consultant.heldBy', { name: 'Ольга' }))
    await talk.say('Я вспомнил!', said('consultant.talking'))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'taken' })
  })

  test('led into a dialog he can come back to the talk by a word, and comes back when it is finished', async () => {
    const talk = await talking()
    await hears(talk, () => olga.lead(talk, 'readings'), both(said('consultant.led'), said('readings.title')))
    await talk.say('324 312')
    await talk.say('консультант', said('consultant.talking'))
    await hears(talk, () => olga.lead(talk, 'readings'), said('readings.title'))
    await talk.say('324 312')
    await talk.say('да', both(said('readings.accepted'), said('consultant.talking')))
  })

  test("led away, a consultant's words bring him back into the talk, and what he has begun is kept", async () => {
    const talk = await talking()
    await hears(talk, () => olga.lead(talk, 'readings'), said('readings.title'))
    await talk.say('327 315')
    const length = await talk.length()
    await hears(talk, () => olga.say(talk, 'Я ещё здесь'), /^Я ещё здесь$/)
    const [screen, words] = (await talk.hand.chat()).messages.slice(length)
    expect(screen?.text).toMatch(said('consultant.talking', { name: 'Ольга' }))
    expect(words?.text).toBe('Я ещё здесь')
    await talk.press('Закончить разговор', said('consultant.rating'))
    await talk.press('Продолжить начатое', both(said('common.resumed'), /327/))
  })

  test('what was half done is offered again when the talk is over', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания')
    await talk.say('325 313')
    await talk.say('оператор', said('consultant.subjectNow'))
    await talk.press('Показания и счётчики', said('consultant.place'))
    await hears(talk, () => olga.take(talk), said('consultant.talking'))
    await hears(talk, () => olga.close(talk), said('consultant.rating'))
    await talk.press('Продолжить начатое', said('common.resumed'))
  })

  test('words of a talk that has been over for more than a day are handed on only when he says so', async () => {
    const talk = await talking()
    const { id } = await handOffOf(town, talk)
    // He reads of the end in another chat: here he still stands in the talk.
    await town.fresh.database.pool.query(
      `UPDATE hand_off SET state = 'closed', closed_by = 'clock', closed_at = $2 WHERE id = $1`,
      [id, new Date(town.clock.now().getTime() - 25 * 3_600_000)],
    )
    await talk.say('Вы ещё здесь?', said('consultant.unsent'))
    expect(await wordsOf(town, talk)).toEqual([])
    await talk.press('Передать', said('consultant.place'))
    expect((await handOffOf(town, talk)).id).not.toBe(id)
    expect(await wordsOf(town, talk)).toEqual(['Вы ещё здесь?'])
  })

  test('whoever blocks the bot in the middle of it is told of in the topic', async () => {
    const talk = await talking()
    const taken = nextTurn()
    await talk.hand.block()
    await taken
    expect(await postsOf(town, talk)).toContain('say desk.resident.blocked')
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
