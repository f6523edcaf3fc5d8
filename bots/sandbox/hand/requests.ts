import type { FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../world/world.ts'

const MAX_WAIT_MS = 25_000

/** Answers what is seen; with `?after=REVISION` it waits for something newer, 25 seconds at most. */
export async function look<Seen>(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  { revision, seen }: { revision(): number; seen(): Seen },
): Promise<Seen> {
  const { after } = request.query as { after?: string }
  const hungUp = new AbortController()
  reply.raw.once('close', () => hungUp.abort())
  const newer = () => (String(revision()) === after ? undefined : seen())
  return (await world.news.when(newer, { waitMs: MAX_WAIT_MS, signal: hungUp.signal })) ?? seen()
}

/** Bodies are those of the client (`hand.ts`) or of the page: both are ours. */
export function json<Body>(body: unknown): Body {
  return JSON.parse(Buffer.isBuffer(body) && body.length > 0 ? body.toString('utf8') : '{}') as Body
}
