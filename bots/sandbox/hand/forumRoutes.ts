import type { FastifyInstance } from 'fastify'
import type { GroupLimit, GroupRate } from '../telegram/groupRate.ts'
import { type ForumGroup, isForum } from '../telegram/topicChanges.ts'
import type { Updates } from '../telegram/updates.ts'
import type { World } from '../world/world.ts'
import { CannotDo } from './acts.ts'
import { actInForum } from './forumHand.ts'
import { json, look } from './requests.ts'
import { seenForum } from './seenForum.ts'
import type { StaffAct } from './staffActs.ts'

export interface ForumServices {
  world: World
  updates: Updates
  rate: GroupRate
}

/** What tests and the page do and read of the staff forums, under `/sandbox/staff` and `/sandbox/forums`. */
export function serveForums(app: FastifyInstance, { world, updates, rate }: ForumServices): void {
  const forumOf = (params: unknown): ForumGroup | undefined => {
    const group = world.state.telegram.groups[(params as { forum: string }).forum]
    return isForum(group) ? group : undefined
  }
  const nothing = { error: 'no such forum or person' }

  app.get('/sandbox/staff', async () => world.state.staff)
  app.get('/sandbox/forums', async () =>
    Object.values(world.state.telegram.groups).flatMap(({ id, title, forum }) => (forum ? { id, title } : [])),
  )
  app.get('/sandbox/forums/:forum', async (request, reply) => {
    const group = forumOf(request.params)
    if (!group) return reply.code(404).send(nothing)
    return look(world, request, reply, {
      revision: () => world.news.revision('telegram', group.id),
      seen: () => seenForum(world, group),
    })
  })
  app.post('/sandbox/forums/:forum/people/:person', async (request, reply) => {
    const group = forumOf(request.params)
    const person = world.person(Number((request.params as { person: string }).person))
    if (!group || !person) return reply.code(404).send(nothing)
    try {
      return actInForum({ world, updates, group, person }, json<StaffAct>(request.body))
    } catch (error) {
      if (!(error instanceof CannotDo)) throw error
      return reply.code(409).send({ error: error.message })
    }
  })
  app.get('/sandbox/forums/:forum/rate', async (request, reply) => {
    const group = forumOf(request.params)
    if (!group) return reply.code(404).send(nothing)
    return { ...rate.limit, ...rate.counts(group.forum.botId, group.id) }
  })
  app.post('/sandbox/groupLimit', async (request) => {
    rate.limit = { ...rate.limit, ...json<Partial<GroupLimit>>(request.body) }
    return rate.limit
  })
}
