import { ForumSender } from '../../src/desk/forum/sender.ts'
import type { Sql } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { openLogger } from '../../src/infra/logger.ts'
import type { TestClock } from '../support/clock.ts'
import type { FakeForum } from '../support/fakeForum.ts'

/** The desk's sender at work in a forum; topics are called by their numbers. */
export const senderIn = (
  forum: FakeForum,
  sql: Sql,
  clock: TestClock,
  more: Partial<ConstructorParameters<typeof ForumSender>[0]> = {},
): ForumSender =>
  new ForumSender({
    ...{ sql, channel: forum, clock, words: openWords('Asia/Yekaterinburg'), forums: forum.forums },
    log: openLogger({ level: 'silent' }),
    faces: {
      title: async (topicId) => `Topic ${topicId}`,
      card: async () => ({ text: { text: 'Card', spans: [] }, buttons: [] }),
    },
    residentsFile: () => Promise.reject(new Error('nobody sends files here')),
    storedFile: () => Promise.reject(new Error('nothing is stored here')),
    request: async () => undefined,
    members: async () => [],
    letIn: () => {},
    ...more,
  })
