import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Effect, Spoilt } from './faults.ts'

/** What a server does with a call that may be spoilt by a fault: the envelope is the platform's. */
export interface Spoiling {
  spoilt: Spoilt | undefined
  /** Does the call and answers the body of its answer. */
  perform(): Promise<unknown>
  /** The platform's envelope of a refusal, with its HTTP status. */
  refuse(effect: Extract<Effect, { kind: 'answer' }>): { status: number; body: unknown }
}

/** Answers how it came out: `ok`, or the fault that was injected. */
export async function answer(request: FastifyRequest, reply: FastifyReply, spoiling: Spoiling): Promise<string> {
  const { spoilt, perform, refuse } = spoiling
  if (!spoilt) {
    await reply.send(await perform())
    return 'ok'
  }
  const { effect, released } = spoilt
  if (effect.kind === 'hold') {
    if (!effect.after) await released
    const body = await perform()
    if (effect.after) await released
    if (!request.raw.socket.destroyed) await reply.send(body)
    return 'held'
  }
  if (effect.after) await perform()
  switch (effect.kind) {
    case 'answer': {
      const { status, body } = refuse(effect)
      await reply.code(status).send(body)
      return `fault ${effect.code}`
    }
    case 'http':
      await reply.code(effect.status).type('text/html').send('<html><body>Bad Gateway</body></html>')
      return `fault HTTP ${effect.status}`
    case 'cut':
      reply.hijack()
      request.raw.socket.destroy()
      return 'fault cut'
  }
}
