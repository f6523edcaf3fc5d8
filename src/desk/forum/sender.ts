import { isTransient } from '../../infra/database.ts'
import { AppError } from '../../infra/errors.ts'
import type { Logger } from '../../infra/logger.ts'
import { point } from '../../infra/points.ts'
import { Lanes } from '../lanes.ts'
import type { DeskAct } from '../records.ts'
import { NotYet } from '../requests/perform.ts'
import { type ActDeps, perform, said } from './acts.ts'
import { type Batch, batchesOf, moreComesMs } from './batches.ts'
import { type Lane, lanesPending, noteAttempt, noteShown, postsOf, settlePosts } from './rows.ts'
import { type OpenTopic, type TopicFaces, Topics } from './topics.ts'

/** How long a card may tell what is past while nothing else happens in its topic. */
const cardRestsMs = 2_000
const postsAtOnce = 60
/** Lanes at work at once: what came first is done first, and a slow one holds up few. Urgent ones have some of their own. */
const mostLanes = 6
const mostUrgentLanes = 6
const mostBlindTries = 8

interface Deps extends Omit<ActDeps, 'topics' | 'progress' | 'before'> {
  log: Logger
  forums: readonly string[]
  faces: TopicFaces
  /** Told when a forum refuses us what we are to do there, and when none does any more. */
  letIn(is: boolean): void
}

/**
 * Does in the staff forums what is to be done there (`desk_post`), in order in every topic, the longest waiting topics first. A forum that
 * does not answer, or does not let us in, is waited for; nothing is lost. One process at a time is the sender.
 */
export class ForumSender {
  private readonly topics: Topics
  private readonly lanes: Lanes
  /** Lanes in which we were not let work when they were last tried. */
  private readonly shutOut = new Set<string>()
  private openings: Promise<void> = Promise.resolve()

  constructor(private readonly deps: Deps) {
    const { clock, log } = deps
    this.topics = new Topics(deps)
    const sweep = () => this.sweep()
    this.lanes = new Lanes({ clock, log, sweep, sweepWaits: 'the forum waits', laneWaits: 'a topic waits' })
  }

  /** Something is to be done. */
  changed(): void {
    this.lanes.changed()
  }

  /** Ends when what is under way is done. */
  end(): Promise<void> {
    return this.lanes.end()
  }

  private async sweep(): Promise<void> {
    const now = this.deps.clock.now()
    const pending = await lanesPending(this.deps.sql, new Date(now.getTime() - cardRestsMs))
    const names = new Set(pending.map(nameOf))
    for (const name of this.shutOut) if (!names.has(name)) this.letInTo(name)
    for (const lane of pending) {
      if (this.lanes.isEnding) return
      if (this.lanes.size >= mostLanes + (lane.isUrgent ? mostUrgentLanes : 0)) continue
      const name = nameOf(lane)
      if (this.lanes.isFree(name)) this.lanes.start(name, () => this.work(lane, name))
    }
  }

  /** What was refused there has been done, or is not to be done any more. */
  private letInTo(lane: string): void {
    if (this.shutOut.delete(lane) && this.shutOut.size === 0) this.deps.letIn(true)
  }

  /** All that is to be done in a lane now. */
  private async work(lane: Lane, name: string): Promise<void> {
    try {
      if ('topicId' in lane && lane.isNew) await this.openedInTurn(lane.topicId)
      if ('topicId' in lane) await this.workInTopic(lane)
      else await this.workInGeneral(lane)
      this.letInTo(name)
    } catch (error) {
      if (error instanceof AppError && error.code === 'NO_RIGHTS') {
        this.shutOut.add(name)
        this.deps.letIn(false)
      }
      throw error
    }
  }

  /** New topics stand in their forum in the order in which they were asked for: they are opened one by one. */
  private openedInTurn(id: number): Promise<void> {
    const opened = this.openings.then(async () => {
      if (!this.lanes.isEnding) await this.topics.opened(id)
    })
    this.openings = opened.catch(() => {})
    return opened
  }

  private async workInTopic(lane: { topicId: number }): Promise<void> {
    const rows = await postsOf(this.deps.sql, lane, postsAtOnce)
    const visit = { isCarded: false }
    const batches = batchesOf(rows, this.deps.channel.limits.text)
    for (const batch of batches) {
      if (this.lanes.isEnding) return
      const more = batch === batches.at(-1) ? moreComesMs(batch, this.deps.clock.now()) : 0
      if (more > 0) return this.lanes.rest(nameOf(lane), more)
      const waits = await this.settled(batch, (deps) => this.inTopic(lane.topicId, batch, deps, visit))
      if (waits !== undefined) return this.lanes.rest(nameOf(lane), waits)
    }
    if (rows.length === postsAtOnce) return
    const topic = await this.topics.opened(lane.topicId)
    if (topic?.cardStale) await this.mended(topic.id, (open) => this.topics.showCard(open))
  }

  private async workInGeneral(lane: { forum: string | undefined }): Promise<void> {
    const forum = lane.forum ?? this.deps.forums[0] ?? ''
    let failed: unknown
    for (const post of await postsOf(this.deps.sql, lane, postsAtOnce)) {
      if (this.lanes.isEnding) return
      const { act } = post
      const work = (deps: ActDeps) => (act.kind === 'say' ? said(act, { forum }, deps) : this.deleted(act))
      const done = this.settled({ posts: [post], lines: [] }, work)
      // Without the right to delete topics all else is still said.
      if (act.kind === 'delete') await done.catch((error: unknown) => (failed = error))
      else await done
    }
    if (failed !== undefined) throw failed
  }

  /** A card that cannot be drawn, or is refused, keeps no words from being read. */
  private async carded(topic: OpenTopic): Promise<boolean> {
    try {
      await this.topics.showCard(topic)
      return true
    } catch (error) {
      const isRefused = error instanceof AppError ? error.code === 'PLATFORM_REFUSED' : !isTransient(error)
      if (!isRefused) throw error
      this.deps.log.error({ err: error }, 'a card cannot be shown')
      return false
    }
  }

  private async deleted(act: DeskAct): Promise<string[]> {
    if (act.kind === 'delete') await this.deps.channel.deleteTopic({ forum: act.forum, thread: act.thread })
    return []
  }

  private async inTopic(id: number, batch: Batch, deps: ActDeps, visit: { isCarded: boolean }): Promise<string[]> {
    const [first] = batch.posts
    return (
      (await this.mended(id, async (topic) => {
        // Whoever comes into a topic reads the card first.
        if (topic.cardMessage === undefined && topic.isActive) {
          visit.isCarded = await this.carded(topic)
        }
        if (visit.isCarded && first?.act.kind === 'say' && first.act.unlessCard) return []
        if (topic.isClosed && topic.isActive && first?.act.kind !== 'close') await this.topics.setClosed(topic, false)
        return perform(batch, topic, deps)
      })) ?? []
    )
  }

  /** In a topic that is there and open: one deleted by hand is opened anew, one closed by hand is reopened, and it is done again there. */
  private async mended<Done>(id: number, work: (topic: OpenTopic) => Promise<Done>): Promise<Done | undefined> {
    const topic = await this.topics.opened(id)
    if (!topic) return undefined
    try {
      return await work(topic)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'TOPIC_GONE') {
        await this.topics.gone(id)
        const anew = topic.isActive ? await this.topics.opened(id) : undefined
        return anew && work(anew)
      }
      if (error.code !== 'TOPIC_CLOSED') throw error
      await this.topics.setClosed({ ...topic, isClosed: true }, false)
      const done = await work({ ...topic, isClosed: false })
      if (!topic.isActive) await this.topics.setClosed({ ...topic, isClosed: false }, true)
      return done
    }
  }

  /** Done, or refused for good: noted once. What may go better later is thrown on. Answers how long to wait for what is not to be done yet. */
  private async settled(batch: Batch, work: (deps: ActDeps) => Promise<string[]>): Promise<number | undefined> {
    const { sql, clock, log } = this.deps
    const ids = batch.posts.map(({ id }) => id)
    try {
      const before = batch.posts[0]?.messages ?? []
      const progress = {
        done: before.length,
        shown: (messages: string[]) => {
          point('forum.shown')
          return noteShown(sql, ids, messages)
        },
      }
      const now = await work({ ...this.deps, topics: this.topics, progress, before })
      const messages = [...before, ...now]
      point('forum.posted')
      await settlePosts(sql, ids, { state: 'sent', messages }, clock.now())
      point('forum.settled')
      return undefined
    } catch (error) {
      if (error instanceof NotYet) return error.ms
      const failure = error instanceof AppError ? error : undefined
      const attempts = batch.posts[0]?.attempts ?? 0
      const isHopeless =
        failure?.code === 'PLATFORM_REFUSED' || (!failure && !isTransient(error) && attempts >= mostBlindTries)
      if (!isHopeless) {
        if (!isTransient(error)) await noteAttempt(sql, ids, failure?.code ?? 'UNEXPECTED')
        throw error
      }
      log.error({ ...failure?.facts, failure: failure?.code ?? 'UNEXPECTED' }, 'a forum refused what the desk says')
      await settlePosts(
        sql,
        ids,
        { state: 'dropped', messages: [], failure: failure?.code ?? 'UNEXPECTED' },
        clock.now(),
      )
      return undefined
    }
  }
}

const nameOf = (lane: Lane): string => ('topicId' in lane ? `topic ${lane.topicId}` : `general ${lane.forum ?? ''}`)
