import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answer } from '../answering.ts'
import type { Audit, CallRecord } from '../audit.ts'
import { checkVkCall } from '../check/vk.ts'
import type { Faults, Spoilt } from '../faults.ts'
import { readMultipart } from '../multipart.ts'
import { Refused } from '../refused.ts'
import type { ResidentRate } from '../residentRate.ts'
import type { World } from '../world/world.ts'
import type { VkCall, VkMethod } from './call.ts'
import { editing } from './editing.ts'
import type { VkEvents } from './events.ts'
import { type PackedCall, readScript } from './execute.ts'
import { groups } from './groups.ts'
import { sendMessageEventAnswer } from './presses.ts'
import { reading } from './reading.ts'
import { sending } from './sending.ts'
import { serveVkFiles, uploads } from './uploads.ts'

const MAX_PACKED = 25
const sends = 'messages.send'

const methods: Record<string, VkMethod> = {
  ...groups,
  ...sending,
  ...editing,
  ...reading,
  ...uploads,
  'messages.sendMessageEventAnswer': sendMessageEventAnswer,
}

interface Services {
  world: World
  events: VkEvents
  residentRate: ResidentRate
  audit: Audit
  faults: Faults
  url(): string
}

/** A VK API server (`/method/<name>`), its Long Poll (`/longpoll`), upload servers and files. */
export function serveVk(app: FastifyInstance, services: Services): void {
  const { world, events, faults } = services
  app.route({
    method: ['GET', 'POST'],
    url: '/method/:name',
    handler: (request, reply) => serveCall(services, request, reply),
  })
  app.get('/longpoll', async (request, reply) => {
    const query = request.query as { act?: string; key?: string; ts?: string; wait?: string }
    const hungUp = new AbortController()
    reply.raw.once('close', () => hungUp.abort())
    const asked = { key: query.key ?? '', ts: query.ts ?? '', wait: query.wait ?? '0' }
    await answer(request, reply, {
      spoilt: faults.take('vk', 'longpoll'),
      perform: () => events.poll(asked, hungUp.signal),
      refuse: ({ code }) => ({ status: 200, body: { failed: code } }),
    })
    return reply
  })
  serveVkFiles(app, world)
}

async function serveCall(services: Services, request: FastifyRequest, reply: FastifyReply) {
  const { name } = request.params as { name: string }
  const params = readForm(request)
  const token = params.access_token ?? /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token !== services.world.tokens.vk) {
    return reply.send(envelope(new Refused(5, 'User authorization failed: invalid access_token.'), params))
  }
  const packed = name === 'execute' ? readScript(params.code ?? '') : undefined
  const records: CallRecord[] = []
  try {
    const outcome = await answer(request, reply, {
      spoilt: spoiltBy(services.faults, name, packed),
      perform: async () => {
        services.residentRate.admitVk((packed ?? [{ method: name }]).filter(({ method }) => method === sends).length)
        if (!packed) return { response: await perform(services, name, params, records) }
        return runPacked(services, packed, params, records)
      },
      refuse: ({ code, text }) => ({ status: 200, body: envelope(new Refused(code, text), params) }),
    })
    for (const record of records) if (record.outcome === 'pending') record.outcome = outcome
    if (records.length === 0) services.audit.call('vk', name, shown(params)).outcome = outcome
    return reply
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    for (const record of records) if (record.outcome === 'pending') record.outcome = String(error.code)
    return reply.send(envelope(error, params))
  }
}

/** A fault that spoils the whole request; refusals of one packed call are dealt with where it is done. */
function spoiltBy(faults: Faults, name: string, packed: PackedCall[] | undefined): Spoilt | undefined {
  for (const method of [name, ...(packed ?? []).map((call) => call.method)]) {
    const spoilt = faults.take('vk', method)
    if (spoilt) return spoilt
  }
  return undefined
}

async function perform(
  services: Services,
  name: string,
  params: Record<string, string>,
  records: CallRecord[],
): Promise<unknown> {
  const { world, events, audit } = services
  const violations = checkVkCall(name, params)
  audit.checked('vk', name, violations)
  records.push(audit.call('vk', name, shown(params)))
  const refused = violations.find((violation) => violation.refusal)?.refusal
  if (refused) throw new Refused(refused.code, refused.text)
  const run = methods[name]
  if (!run) throw new Refused(3, 'Unknown method passed: the sandbox does not know it')
  const call: VkCall = { world, events, params, url: services.url() }
  return run(call)
}

/** What fails inside a script is `false` in its answer, and is told of in `execute_errors`. */
async function runPacked(
  services: Services,
  packed: PackedCall[],
  params: Record<string, string>,
  records: CallRecord[],
): Promise<unknown> {
  if (packed.length > MAX_PACKED)
    throw new Refused(13, 'Runtime error occurred during code invocation: Too many API calls')
  const errors: unknown[] = []
  const response: unknown[] = []
  for (const call of packed) {
    try {
      response.push(await perform(services, call.method, { v: params.v ?? '', ...call.params }, records))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const record = records.at(-1)
      if (record) record.outcome = String(error.code)
      response.push(false)
      errors.push({ method: call.method, error_code: error.code, error_msg: error.text })
    }
  }
  return { response, ...(errors.length > 0 ? { execute_errors: errors } : {}) }
}

function readForm(request: FastifyRequest): Record<string, string> {
  const type = request.headers['content-type'] ?? ''
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  // A JSON body is not supported by VK: its parameters are not seen.
  const words = type.startsWith('multipart/form-data')
    ? readMultipart(body, type).fields
    : type.startsWith('application/json')
      ? {}
      : Object.fromEntries(new URLSearchParams(body.toString('utf8')))
  return { ...(request.query as Record<string, string>), ...words }
}

const shown = ({ access_token: _, ...params }: Record<string, string>) => params

const envelope = ({ code, text }: Refused, params: Record<string, string>) => ({
  error: {
    error_code: code,
    error_msg: text,
    request_params: Object.entries(shown(params)).map(([key, value]) => ({ key, value })),
  },
})
