import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { talkOf } from '../../src/desk/talk.ts'
import { addLine } from '../../src/desk/writing.ts'
import { transcriptFile } from '../../src/dialogs/transcriptFile.ts'
import type { DrawnFile, Outgoing } from '../../src/engine/outgoing.ts'
import { type Draughtsman, drawnFiles } from '../../src/files/drawn.ts'
import { transcriptDraughtsman } from '../../src/files/drawnTranscript.ts'
import { openFileStore } from '../../src/files/store.ts'
import { maySeeTalk, talkVersion } from '../../src/queries/talk.ts'
import { readPdf } from '../files/pdfText.ts'
import { testClock } from '../support/clock.ts'
import { type CardTown, cardTown, minutesAgo, now, words } from './cardTown.ts'

let town: CardTown
beforeAll(async () => {
  town = await cardTown()
  await town.consultant('1', 'Ольга')
})
beforeEach(() => town.emptied())
afterAll(() => town.fresh.drop())

const [own, other] = ['telegram:1', 'vk:2'] as const

/** A talk with a note, an undelivered line, an edit and a reply in it. */
async function aTalk() {
  const resident = await town.resident([own])
  const { id } = await town.handOff(resident, { chat: own })
  const line = async (
    author: 'resident' | 'consultant' | 'note' | 'desk',
    body: Parameters<typeof addLine>[1]['body'],
    { state, minutes, answers }: { state?: string; minutes: number; answers?: string },
  ) => {
    const by = author === 'resident' ? undefined : '1'
    const key = await addLine(town.sql, { handOffId: id, author, by, body }, minutesAgo(minutes))
    if (answers) await town.sql('t.answers', 'UPDATE desk_line SET answers = $2::bigint WHERE id = $1', [key, answers])
    if (state) await town.sql('t.line', 'UPDATE desk_line SET state = $2::"DeskLineState" WHERE id = $1', [key, state])
    return key
  }
  const said = (text: string) => ({ kind: 'words' as const, text: { text, spans: [] }, files: [] })
  const asked = await line('resident', said('Почему так много?'), { minutes: 20 })
  await line('desk', { kind: 'place' }, { minutes: 19, state: 'shown' })
  await line('desk', { kind: 'taken', name: 'Ольга' }, { minutes: 18, state: 'shown' })
  await line('note', said('секрет: он уже звонил'), { minutes: 17 })
  await line('consultant', said('Смотрю'), { minutes: 16, state: 'told', answers: asked })
  await line('consultant', said('не дошло'), { minutes: 15, state: 'failed' })
  await line('resident', { ...said(''), files: [{ kind: 'photo', ref: 'x', name: 'IMG.jpg' }] }, { minutes: 14 })
  await line('resident', { ...said('Почему так много за воду?'), edits: asked }, { minutes: 13 })
  const last = await line(
    'consultant',
    { ...said('Вот'), stored: [{ id: 'y', kind: 'document', name: 'Справка.pdf' }] },
    { minutes: 12, state: 'shown' },
  )
  await line('consultant', said('ещё не отдано'), { minutes: 11 })
  return { resident, id, last }
}

test('a talk is told as the resident had it: no notes, nothing that did not reach him, edits in their place', async () => {
  const { resident, id, last } = await aTalk()
  const asked = await talkVersion(town.sql, resident, id)
  expect(asked?.version).toBe(last)
  const talk = await talkOf(town.sql, id, last)
  expect(talk?.number).toBe(asked?.number)
  expect(talk?.lines.map(({ at: _, ...line }) => line)).toEqual([
    { who: 'resident', words: 'Почему так много за воду?', files: [], isEdited: true },
    { who: 'desk', what: 'taken', name: 'Ольга' },
    { who: 'consultant', name: 'Ольга', words: 'Смотрю', files: [], answers: 'Почему так много?' },
    { who: 'resident', words: '', files: [{ kind: 'photo', name: 'IMG.jpg' }] },
    { who: 'consultant', name: 'Ольга', words: 'Вот', files: [{ kind: 'document', name: 'Справка.pdf' }] },
  ])
  expect(talk?.lines[0]?.at).toBe(minutesAgo(20).toISOString())
})

test('a transcript ends where it was asked for, and none is there of a talk that has gone or in which nothing was said', async () => {
  const { resident, id, last } = await aTalk()
  await town.sql('t.later', "UPDATE desk_line SET state = 'shown' WHERE state = 'pending'", [])
  expect((await talkOf(town.sql, id, last))?.lines).toHaveLength(5)
  const later = await talkVersion(town.sql, resident, id)
  expect((await talkOf(town.sql, id, later?.version ?? ''))?.lines).toHaveLength(6)
  await town.sql('t.gone', 'DELETE FROM desk_line WHERE hand_off_id = $1', [id])
  expect(await talkOf(town.sql, id, last)).toBeUndefined()
  expect(await talkVersion(town.sql, resident, id)).toBeUndefined()
})

test('only the resident himself may have it, in any of his chats, while his consent holds', async () => {
  const { resident, id } = await aTalk()
  const stranger = await town.resident([other])
  const sees = (chat: 'telegram:1' | 'vk:2') => maySeeTalk(town.sql, chat, id)
  expect([await sees(own), await sees(other)]).toEqual([true, false])
  expect(await talkVersion(town.sql, stranger, id)).toBeUndefined()
  await town.sql('t.join', 'UPDATE conversation SET resident_id = $1 WHERE chat = $2', [resident, other])
  expect(await sees(other)).toBe(true)
  await town.sql('t.withdraw', 'UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1', [resident, now])
  expect(await sees(own)).toBe(false)
})

test('it is drawn when it is delivered; a stranger is told so, and of what is gone the words stand alone', async () => {
  const { resident, id, last } = await aTalk()
  await town.resident([other])
  const asked = (await talkVersion(town.sql, resident, id)) ?? { number: 0, version: '' }
  const { name, otherwise, denied, as, ...file } = transcriptFile(id, asked, { language: 'ru' })
  expect(file.id).toBe(`transcript:${id}:ru:${last}`)
  const drawn: DrawnFile = {
    ...{ ...file, kind: as, name: words.plain('ru', name) },
    ...{ otherwise: words.rich('ru', otherwise[0] ?? name), denied: words.rich('ru', denied) },
  }
  expect(drawn.name).toBe(`razgovor_${asked.number}.pdf`)
  const never: Draughtsman = { maySee: async () => false, draw: async () => new Uint8Array() }
  const files = drawnFiles({
    ...{ sql: town.sql, stored: openFileStore(town.fresh.database), clock: testClock(now.toISOString()) },
    draughtsmen: {
      ...{ consumption: never, charges: never, chargesCsv: never, chargesPdf: never },
      ...{ receipt: never, receiptFile: never, paymentCode: never, visit: never },
      ...{ document: never, orderFile: never },
      transcript: transcriptDraughtsman({
        ...{ words, timeZone: 'Asia/Yekaterinburg' },
        maySee: (chat, handOff) => maySeeTalk(town.sql, chat, handOff),
        talk: (handOff, upTo) => talkOf(town.sql, handOff, upTo),
      }),
    },
    log: { error() {} },
  })
  const shown: Outgoing = { kind: 'show', text: { text: 'Ваш разговор', spans: [] }, buttons: [], files: [drawn] }
  const text = async (chat: 'telegram:1' | 'vk:2') => {
    const ready = await files.ready(shown, chat, 'telegram')
    return ready.outgoing.kind === 'show' ? ready.outgoing.text.text : ''
  }
  const { drawn: made } = await files.ready(shown, own, 'telegram')
  const [page] = await readPdf((await made.get(drawn.id)?.bytes()) ?? new Uint8Array())
  expect(page?.text).toContain('Почему так много за воду?')
  expect(page?.text).not.toMatch(/секрет|не дошло|не отдано/)
  expect(await text(own)).toBe('Ваш разговор')
  expect(await text(other)).toBe('Этого разговора уже нет, прислать его нельзя.')
  await town.sql('t.gone', 'DELETE FROM desk_line WHERE hand_off_id = $1', [id])
  expect(await text(own)).toMatch(/^Ваш разговор\n\nФайл с разговором сейчас не получился\./)
})
