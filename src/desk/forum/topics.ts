import type { RichText } from '../../engine/outgoing.ts'
import type { Clock } from '../../infra/clock.ts'
import type { Sql } from '../../infra/database.ts'
import { AppError } from '../../infra/errors.ts'
import type { Logger } from '../../infra/logger.ts'
import { point } from '../../infra/points.ts'
import type { DeskButton, DeskChannel, DeskPlace } from '../channel.ts'
import { calmestFirst, noteCard, noteGone, noteOpened, noteTopic, type TopicRow, topicRow } from './topicRows.ts'

/** What a topic is called, and what its card tells and offers, by what is known now. */
export interface TopicFaces {
  title(topicId: number, now: Date): Promise<string>
  card(topicId: number, now: Date): Promise<{ text: RichText; buttons: DeskButton[][] }>
}

interface Deps {
  sql: Sql
  /** The same for what has happened in the forum. */
  notes: Sql
  channel: DeskChannel
  clock: Clock
  log: Logger
  forums: readonly string[]
  faces: TopicFaces
}

export type OpenTopic = TopicRow & { place: Required<DeskPlace> }

/** Residents' topics: opened in the calmest forum that lets us when the first thing is to be said there, named and carded by the present facts. */
export class Topics {
  constructor(private readonly deps: Deps) {}

  /** The topic as it stands in its forum, opened when it is not there; nothing when nobody is to be talked with there any more. */
  async opened(id: number): Promise<OpenTopic | undefined> {
    const { sql, notes, channel, clock, forums, faces } = this.deps
    const known = await topicRow(sql, id)
    if (!known) return undefined
    if (known.forum !== undefined && known.thread !== undefined)
      return { ...known, place: { forum: known.forum, thread: known.thread } }
    const title = await faces.title(id, clock.now())
    const { forum, thread } = await this.openSomewhere(await calmestFirst(sql, forums), title)
    point('forum.topicOpened')
    if (!(await noteOpened(notes, id, { forum, thread, title }))) {
      await channel.deleteTopic({ forum, thread })
      return undefined
    }
    const card = { isClosed: false, cardMessage: undefined, cardStale: known.cardStale ?? clock.now() }
    return { ...known, ...card, forum, thread, title, place: { forum, thread } }
  }

  /** In the first forum that lets us: one may have put us out. */
  private async openSomewhere([forum = '', ...others]: string[], title: string): Promise<Required<DeskPlace>> {
    try {
      return { forum, thread: await this.deps.channel.openTopic(forum, title) }
    } catch (error) {
      const isShut = error instanceof AppError && error.code === 'NO_RIGHTS'
      if (!isShut || others.length === 0) throw error
      this.deps.log.warn({ forum }, 'a staff forum lets no topic be opened, another one is taken')
      return this.openSomewhere(others, title)
    }
  }

  /** It was deleted by hand. */
  gone(id: number): Promise<void> {
    return noteGone(this.deps.notes, id, this.deps.clock.now())
  }

  async rename({ id, place, title: before }: OpenTopic): Promise<void> {
    const title = await this.deps.faces.title(id, this.deps.clock.now())
    if (title === before) return
    await this.deps.channel.renameTopic(place, title)
    await noteTopic(this.deps.notes, id, { title })
  }

  async setClosed({ id, place, isClosed }: OpenTopic, closed: boolean): Promise<void> {
    if (isClosed === closed) return
    if (closed) await this.deps.channel.closeTopic(place)
    else await this.deps.channel.reopenTopic(place)
    await noteTopic(this.deps.notes, id, { isClosed: closed })
  }

  /** Shows the card by the present facts: the one that is pinned is edited, else a new one is posted and pinned. */
  async showCard({ id, place, cardMessage, cardStale }: OpenTopic): Promise<void> {
    const { notes, channel, clock, faces } = this.deps
    const card = await faces.card(id, clock.now())
    if (cardMessage === undefined || !(await this.editCard(place, cardMessage, card))) {
      const { messages } = await channel.post(place, { ...card, files: [] }, noFile)
      const [message] = messages
      if (message !== undefined) {
        point('forum.cardPosted')
        await noteTopic(notes, id, { cardMessage: message })
        await this.pin(place, message)
      }
    }
    await noteCard(notes, id, cardStale)
  }

  private async editCard(
    place: DeskPlace,
    message: string,
    card: Parameters<DeskChannel['edit']>[2],
  ): Promise<boolean> {
    try {
      await this.deps.channel.edit(place, message, card)
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'MESSAGE_GONE') return false
      throw error
    }
  }

  /** A card that cannot be pinned is still the first message of the topic. */
  private async pin(place: DeskPlace, message: string): Promise<void> {
    try {
      await this.deps.channel.pin(place, message)
    } catch (error) {
      if (!(error instanceof AppError) || error.retry !== 'never') throw error
    }
  }
}

const noFile = () => Promise.reject(new Error('a card has no files'))
