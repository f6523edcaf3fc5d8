import { afterEach, expect, it } from 'vitest'
import type { DeskChannel } from '../../../src/desk/channel.ts'
import { type DeskStage, noFile, say, words } from './stage.ts'

export function describeDeskTopics(stage: () => DeskStage): void {
  const opened = async (title = 'Новый · Анна') => {
    const channel = stage().channel()
    const { forum } = stage()
    const thread = await channel.openTopic(forum, title)
    return { channel, forum, thread, place: { forum, thread } }
  }
  const rights = { topics: true, pins: true, deletes: true }
  afterEach(() => stage().staff(1).setBotRights(rights))

  it('are opened, named, closed, opened again and deleted; what is so already is no failure', async () => {
    const { channel, thread, place } = await opened()
    expect(await stage().topic(thread)).toMatchObject({ title: 'Новый · Анна', isClosed: false })
    for (const _ of [1, 2]) await channel.renameTopic(place, 'Взят · Анна')
    for (const _ of [1, 2]) await channel.closeTopic(place)
    expect(await stage().topic(thread)).toMatchObject({ title: 'Взят · Анна', isClosed: true })
    for (const _ of [1, 2]) await channel.reopenTopic(place)
    expect((await stage().topic(thread)).isClosed).toBe(false)
    for (const _ of [1, 2]) await channel.deleteTopic(place)
    expect((await stage().topic(thread)).isGone).toBe(true)
  })

  it('are led to by an address of their own', async () => {
    const { channel, place } = await opened()
    const other = await opened()
    expect(new URL(channel.linkTo(place)).protocol).toBe('https:')
    expect(channel.linkTo(place)).not.toBe(channel.linkTo(other.place))
  })

  it.each([
    ['over-long', 'очень '.repeat(40), /^очень .*…$/],
    ['of halves of characters only', '\uD83D', /^\uFFFD$/],
    ['empty', ' ', /^…$/],
  ])('take a title that is %s', async (_, title, expected) => {
    const { thread } = await opened(title)
    const shown = (await stage().topic(thread)).title
    expect(shown).toMatch(expected)
    expect(shown.length).toBeLessThanOrEqual(128)
  })

  it.each<[string, (channel: DeskChannel, place: { forum: string; thread: string }) => Promise<unknown>]>([
    ['a post', (channel, place) => say(channel, place, 'есть кто?')],
    ['a new title', (channel, place) => channel.renameTopic(place, 'другой')],
    ['an end', (channel, place) => channel.closeTopic(place)],
    ['a reopening', (channel, place) => channel.reopenTopic(place)],
    ['typing', (channel, place) => channel.typing(place)],
  ])('that were deleted by hand fail %s as gone', async (_, call) => {
    const { channel, thread, place } = await opened()
    await stage().staff(1).deleteTopic(thread)
    await expect(call(channel, place)).rejects.toMatchObject({ code: 'TOPIC_GONE', retry: 'never' })
  })

  it('that are closed take our words as long as we may manage them, and say that they are closed when we may not', async () => {
    const { channel, place } = await opened()
    await channel.closeTopic(place)
    await say(channel, place, 'после закрытия')
    await stage().staff(1).setBotRights({ pins: true })
    await expect(say(channel, place, 'уже нельзя')).rejects.toMatchObject({ code: 'TOPIC_CLOSED', retry: 'never' })
  })

  it('fail as not allowed without the rights', async () => {
    const { channel, forum, thread, place } = await opened()
    const theirs = await stage().staff(1).createTopic('Летучка')
    const message = await say(channel, place, 'карточка')
    await stage().staff(1).setBotRights({})
    const refused = { code: 'NO_RIGHTS', retry: 'never' }
    await expect(channel.openTopic(forum, 'ещё')).rejects.toMatchObject(refused)
    await expect(channel.renameTopic({ forum, thread: theirs }, 'наша')).rejects.toMatchObject(refused)
    await expect(channel.deleteTopic(place)).rejects.toMatchObject(refused)
    await expect(channel.pin(place, message)).rejects.toMatchObject(refused)
    await channel.renameTopic(place, 'своя')
    expect((await stage().topic(thread)).title).toBe('своя')
  })

  it('fail as not allowed when we are in the forum no more', async () => {
    const { channel, forum, place } = await opened()
    await stage().staff(1).kickBot()
    const refused = { code: 'NO_RIGHTS', retry: 'never' }
    await expect(say(channel, place, 'кто здесь?')).rejects.toMatchObject(refused)
    await expect(channel.openTopic(forum, 'ещё')).rejects.toMatchObject(refused)
    await expect(channel.typing(place)).rejects.toMatchObject(refused)
    await stage().staff(1).addBot()
    await say(channel, place, 'снова здесь')
  })

  it('of a forum that is not there fail as not allowed', async () => {
    const channel = stage().channel()
    const forum = '-1009999999999'
    await expect(channel.openTopic(forum, 'нет')).rejects.toMatchObject({ code: 'NO_RIGHTS' })
    await expect(channel.post({ forum }, words('нет'), noFile)).rejects.toMatchObject({ code: 'NO_RIGHTS' })
  })

  it('show that somebody types', async () => {
    const { channel, thread, place } = await opened()
    await channel.typing(place)
    expect((await stage().topic(thread)).isTyping).toBe(true)
  })
}
