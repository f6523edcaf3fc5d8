import type { SandboxHand } from '../hand.ts'
import type { GroupCounts, GroupLimit } from '../telegram/groupRate.ts'
import type { SeenForum, SeenTopic } from './seenForum.ts'
import { waitUntil } from './waiting.ts'

const LINES_SHOWN = 6

/** A staff forum to look at. */
export class ForumHand {
  constructor(
    protected readonly hand: SandboxHand,
    readonly forum: number,
  ) {}

  see(): Promise<SeenForum> {
    return this.hand.get(this.path)
  }

  /** The topic of this id, or the newest of this name that was not deleted. */
  async topic(which: number | string): Promise<SeenTopic | undefined> {
    return findTopic(await this.see(), which)
  }

  /** Waits by events until the forum is as wished; fails with what it looked like. */
  waitFor(wish: (forum: SeenForum) => boolean, patienceMs?: number): Promise<SeenForum> {
    return waitUntil(this.hand, this.path, wish, (forum) => `the forum is:\n${lastLines(forum)}`, patienceMs)
  }

  /** Waits until a topic is there and as wished. */
  async waitForTopic(
    which: number | string,
    wish: (topic: SeenTopic) => boolean = () => true,
    patienceMs?: number,
  ): Promise<SeenTopic> {
    const fits = (forum: SeenForum) => {
      const found = findTopic(forum, which)
      return found !== undefined && wish(found)
    }
    const topic = findTopic(await this.waitFor(fits, patienceMs), which)
    if (!topic) throw new Error('no topic')
    return topic
  }

  /** The limit of messages to a group, and what the forum's bot has sent here. */
  rate(): Promise<GroupLimit & GroupCounts> {
    return this.hand.get(`${this.path}/rate`)
  }

  protected get path(): string {
    return `/sandbox/forums/${this.forum}`
  }
}

const findTopic = ({ topics }: SeenForum, which: number | string): SeenTopic | undefined =>
  topics.findLast((one) => (typeof which === 'number' ? one.id === which : one.name === which && !one.deleted))

const lastLines = ({ topics }: SeenForum): string =>
  topics
    .map(({ id, name, closed, deleted, messages }) =>
      [
        `  ${id} «${name}»${closed ? ' closed' : ''}${deleted ? ' deleted' : ''}`,
        ...messages
          .slice(-LINES_SHOWN)
          .map((one) => `    ${one.author}: ${one.service ?? one.text.slice(0, 200)} [${labels(one.buttons)}]`),
      ].join('\n'),
    )
    .join('\n')

const labels = (buttons: { label: string }[][]) =>
  buttons
    .flat()
    .map((one) => one.label)
    .join(' · ')
