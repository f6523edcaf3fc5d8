import fastify from 'fastify'
import { Audit } from './audit.ts'
import { Faults } from './faults.ts'
import type { Flat } from './flats.ts'
import { Gates } from './gates.ts'
import { serveCrowd } from './hand/crowd.ts'
import { serveForums } from './hand/forumRoutes.ts'
import { serveHand } from './hand/routes.ts'
import { servePage } from './pageRoutes.ts'
import { ResidentRate } from './residentRate.ts'
import { type GroupLimit, GroupRate, publishedLimit } from './telegram/groupRate.ts'
import { serveTelegram } from './telegram/server.ts'
import { Updates } from './telegram/updates.ts'
import { type SandboxTokens, type StaffForum, sandboxTokens, staffForum } from './tokens.ts'
import { VkEvents } from './vk/events.ts'
import { serveVk } from './vk/server.ts'
import { World } from './world/world.ts'

/** Uploads of up to 50 MB arrive as base64 from the page. */
const MAX_BODY_BYTES = 100 * 1024 * 1024

export interface SandboxOptions {
  /** Where the world is kept. */
  folder: string
  /** 0: any free one. */
  port?: number
  flats?: Flat[]
  tokens?: SandboxTokens
  /** The staff forums; they are added to a world that does not have them yet. */
  forums?: StaffForum[]
  /** What a bot may send to one group; a part of it overrides the published limit, so that a test can scale time. */
  groupLimit?: Partial<GroupLimit>
  /** Whether more than the platforms take of messages to residents is refused; only counted when not said. */
  residentLimits?: 'enforced'
  /** The world is saved at its end only: with very many people saving it takes longer than what is measured. */
  isKept?: boolean
}

export interface Sandbox {
  url: string
  port: number
  close(): Promise<void>
}

/**
 * Starts a local Telegram and VK on one port of 127.0.0.1: `TELEGRAM_API_ROOT` is its `url`, `VK_API_ROOT` is `url/method`,
 * the page is at `/`, and `SandboxHand` drives it.
 */
export async function startSandbox({
  folder,
  port = 0,
  flats = [],
  tokens = sandboxTokens,
  forums = [staffForum],
  groupLimit = {},
  residentLimits,
  isKept = true,
}: SandboxOptions): Promise<Sandbox> {
  const world = World.open(folder, tokens, forums, isKept)
  const audit = new Audit(world.news)
  const faults = new Faults()
  const gates = new Gates()
  const updates = new Updates(world, gates)
  const rate = new GroupRate({ ...publishedLimit, ...groupLimit })
  const residentRate = new ResidentRate(residentLimits === 'enforced')
  const events = new VkEvents(world, gates)
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  })
  // Every body is read as bytes: the platforms' own ways with forms are part of what is played here.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    // No other site's page may act here, even from a browser on this machine.
    const { host = '', origin } = request.headers
    const isLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)
    if (!isLocal || (origin !== undefined && new URL(origin).host !== host))
      await reply.code(403).send({ error: 'local only' })
  })
  const boundPort = () => {
    const address = app.server.address()
    return typeof address === 'object' && address ? address.port : port
  }
  const url = () => `http://127.0.0.1:${boundPort()}`
  serveTelegram(app, { world, updates, rate, residentRate, audit, faults })
  serveVk(app, { world, events, residentRate, audit, faults, url })
  serveHand(app, { world, audit, faults, gates, updates, events, flats, url })
  serveCrowd(app, world, residentRate)
  serveForums(app, { world, updates, rate })
  servePage(app)
  await app.listen({ host: '127.0.0.1', port })
  return {
    url: url(),
    port: boundPort(),
    close: async () => {
      faults.clear()
      await app.close()
      await world.close()
    },
  }
}
