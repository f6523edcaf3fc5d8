import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Audit } from '../audit.ts'
import type { Fault, Faults } from '../faults.ts'
import type { Flat } from '../flats.ts'
import type { Gates } from '../gates.ts'
import { botById, residentsBot } from '../telegram/bots.ts'
import type { Updates } from '../telegram/updates.ts'
import type { VkEvents } from '../vk/events.ts'
import type { Person } from '../world/people.ts'
import type { Messenger } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { type Act, CannotDo } from './acts.ts'
import { json, look } from './requests.ts'
import { seenTelegram, seenTelegramMessage } from './seenTelegram.ts'
import { seenVk, seenVkMessage } from './seenVk.ts'
import { NEIGHBOURS_ID } from './telegramGroup.ts'
import { actInTelegram } from './telegramHand.ts'
import { actInVk, NEIGHBOURS_PEER } from './vkHand.ts'

export interface HandServices {
  world: World
  audit: Audit
  faults: Faults
  gates: Gates
  updates: Updates
  events: VkEvents
  flats: Flat[]
  url(): string
}

/** What the page and tests do and read, under `/sandbox/…`. */
export function serveHand(app: FastifyInstance, services: HandServices): void {
  const { world, updates, events } = services
  serveFaults(app, services)
  serveReading(app, services)

  app.post('/sandbox/chats/:messenger/:person', async (request, reply) => {
    const { messenger, person } = chatOf(world, request.params)
    if (!person) return reply.code(404).send({ error: 'no such person' })
    const act = json<Act>(request.body)
    try {
      return messenger === 'telegram'
        ? actInTelegram(world, updates, person, act)
        : actInVk(world, events, services.url(), person, act)
    } catch (error) {
      if (!(error instanceof CannotDo)) throw error
      return reply.code(409).send({ error: error.message })
    }
  })
  app.get('/sandbox/chats/:messenger/:person', async (request, reply) => {
    const { messenger, person } = chatOf(world, request.params)
    if (!person) return reply.code(404).send({ error: 'no such person' })
    return look(world, request, reply, {
      revision: () => world.news.revision(messenger, person.id),
      seen: () => (messenger === 'telegram' ? seenTelegram(world, residentsBot(world), person) : seenVk(world, person)),
    })
  })
  app.post('/sandbox/people', async (request) =>
    world.addPerson(json<Pick<Person, 'firstName' | 'lastName' | 'username' | 'language'>>(request.body)),
  )
  app.post('/sandbox/people/:person/oldVkClient', async (request, reply) => {
    const person = world.person(Number((request.params as { person: string }).person))
    if (!person) return reply.code(404).send({ error: 'no such person' })
    person.oldVkClient = json<{ on: boolean }>(request.body).on
    world.changed({ kind: 'people' })
    return person
  })
}

function serveReading(app: FastifyInstance, { world, audit, flats }: HandServices): void {
  app.get('/sandbox/people', async () => world.state.people)
  app.get('/sandbox/flats', async () => flats)
  app.get('/sandbox/stats', async () => audit.stats)
  app.get('/sandbox/violations', async () => audit.violations)
  app.get('/sandbox/calls', async (request) => {
    const { messenger, method, bot } = request.query as { messenger?: string; method?: string; bot?: string }
    return audit.calls.filter(
      (call) =>
        (!messenger || call.messenger === messenger) &&
        (!method || call.method === method) &&
        (!bot || String(call.bot) === bot),
    )
  })
  app.get('/sandbox/groups/:messenger', async (request) => {
    const { messenger } = request.params as { messenger: Messenger }
    if (messenger === 'vk')
      return world.state.vk.chats[NEIGHBOURS_PEER]?.messages.map((one) => seenVkMessage(world, one)) ?? []
    const bot = residentsBot(world)
    return world.state.telegram.groups[NEIGHBOURS_ID]?.messages.map((one) => seenTelegramMessage(world, bot, one)) ?? []
  })
  app.get('/sandbox/file/:id', async (request, reply) => {
    const file = world.files.find((request.params as { id: string }).id)
    if (!file) return reply.code(404).send()
    // Only pictures are shown by the browser; anything else is handed over as bytes, so that nothing sent in a chat can run.
    if (file.width) reply.type(file.mime)
    else
      reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return reply.header('x-content-type-options', 'nosniff').send(await world.files.bytes(file))
  })
  app.get('/sandbox/events', (_request, reply) => streamNews(world, reply))
}

/** Server-sent events: each line of news as it happens. */
function streamNews(world: World, reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  })
  reply.raw.write('retry: 500\n\n')
  const stop = world.news.listen((news) => reply.raw.write(`data: ${JSON.stringify(news)}\n\n`))
  reply.raw.once('close', stop)
}

function serveFaults(app: FastifyInstance, { world, faults, gates, updates, events }: HandServices): void {
  app.post('/sandbox/faults', async (request) => ({ id: faults.add(json<Fault>(request.body)) }))
  app.post('/sandbox/faults/:id/release', async (request) => {
    faults.release(Number((request.params as { id: string }).id))
    return {}
  })
  app.delete('/sandbox/faults', async () => {
    faults.clear()
    return {}
  })
  const heldSince = { ts: 0 }
  app.post('/sandbox/updates/:messenger/:what', async (request) => {
    const { messenger, what } = request.params as { messenger: Messenger; what: 'hold' | 'release' | 'repeat' }
    const asked = json<{ count?: number; reversed?: boolean; bot?: number }>(request.body)
    const { count = 1, reversed = false } = asked
    const bot = asked.bot === undefined ? residentsBot(world) : botById(world, asked.bot)
    if (what === 'hold') {
      gates.hold(messenger)
      heldSince.ts = events.ts
    }
    if (what === 'repeat') messenger === 'telegram' ? updates.repeat(bot, count) : events.repeat(count)
    if (what === 'release') {
      if (reversed && messenger === 'telegram') bot.queue.reverse()
      if (reversed && messenger === 'vk') events.reverseFrom(heldSince.ts)
      gates.release(messenger)
      for (const one of Object.values(world.state.telegram.bots)) updates.tell(one)
      events.tell()
    }
    return {}
  })
  app.post('/sandbox/vk/longpoll/:what', async (request) => {
    const { what } = request.params as { what: 'expireKey' | 'loseHistory' | 'loseInformation' }
    events[what]()
    return {}
  })
}

function chatOf(world: World, params: unknown): { messenger: Messenger; person: Person | undefined } {
  const { messenger, person } = params as { messenger: Messenger; person: string }
  return { messenger, person: world.person(Number(person)) }
}
