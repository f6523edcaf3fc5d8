import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answer } from '../answering.ts'
import type { Audit } from '../audit.ts'
import { checkTelegramCall, type UploadedPart } from '../check/telegram.ts'
import type { Faults } from '../faults.ts'
import { Refused } from '../refused.ts'
import type { ResidentRate } from '../residentRate.ts'
import type { World } from '../world/world.ts'
import { botByToken } from './bots.ts'
import type { Params, TelegramCall, TelegramMethod } from './call.ts'
import { editing } from './editing.ts'
import type { GroupRate } from './groupRate.ts'
import { marks } from './marks.ts'
import { getFile } from './media.ts'
import { members } from './members.ts'
import { readParams } from './params.ts'
import { answerCallbackQuery } from './presses.ts'
import { sending } from './sending.ts'
import { settings } from './settings.ts'
import type { TelegramBot } from './state.ts'
import { topics } from './topics.ts'
import type { Updates } from './updates.ts'

const methods: Record<string, TelegramMethod> = {
  ...settings,
  ...sending,
  ...editing,
  ...topics,
  ...members,
  ...marks,
  getFile,
  answerCallbackQuery,
  getUpdates: ({ updates, bot, params, signal }) => updates.get(bot, params, signal),
}

/** Names are not case-sensitive at Telegram. */
const methodNames = new Map(Object.keys(methods).map((name) => [name.toLowerCase(), name]))

interface Services {
  world: World
  updates: Updates
  rate: GroupRate
  residentRate: ResidentRate
  audit: Audit
  faults: Faults
}

/** A Bot API server: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function serveTelegram(app: FastifyInstance, services: Services): void {
  app.all('/bot:token/:method', async (request, reply) => {
    const { token, method } = request.params as { token: string; method: string }
    const bot = botByToken(services.world, token)
    if (!bot) return refuse(reply, new Refused(401, 'Unauthorized'))
    return serveCall(services, bot, methodNames.get(method.toLowerCase()) ?? method, request, reply)
  })
  app.get('/file/bot:token/*', async (request, reply) => {
    const { token, '*': path } = request.params as { token: string; '*': string }
    const id = /\/(f\d+)\./.exec(path)?.[1]
    const file = botByToken(services.world, token) && id ? services.world.files.find(id) : undefined
    if (!file) return refuse(reply, new Refused(404, 'Not Found'))
    return reply.type('application/octet-stream').send(await services.world.files.bytes(file))
  })
}

async function serveCall(
  services: Services,
  bot: TelegramBot,
  method: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { world, updates, rate, residentRate, audit, faults } = services
  const { params, files } = readParams(method, request)
  const violations = checkTelegramCall(method, params, files)
  audit.checked('telegram', method, violations)
  const record =
    method === 'getUpdates' ? undefined : audit.call('telegram', method, { ...params, ...described(files) }, bot.id)
  const refused = violations.find((violation) => violation.refusal)?.refusal
  if (refused) {
    if (record) record.outcome = String(refused.code)
    return refuse(reply, new Refused(refused.code, refused.text))
  }
  const hungUp = new AbortController()
  reply.raw.once('close', () => hungUp.abort())
  const call: TelegramCall = {
    world,
    updates,
    ...{ rate, residentRate },
    bot,
    files,
    signal: hungUp.signal,
    // The specification has been checked just above.
    params: params as unknown as Params,
  }
  try {
    const outcome = await answer(request, reply, {
      spoilt: faults.take('telegram', method, bot.id),
      perform: async () => ({ ok: true, result: await perform(method, call) }),
      refuse: ({ code, text, retryAfter }) => ({
        status: code,
        body: envelope(new Refused(code, text, retryAfter === undefined ? undefined : { retry_after: retryAfter })),
      }),
    })
    if (record) record.outcome = outcome
    return reply
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (record) record.outcome = String(error.code)
    return refuse(reply, error)
  }
}

function perform(method: string, call: TelegramCall): unknown {
  const run = methods[method]
  if (!run) throw new Refused(400, 'Bad Request: the sandbox does not know this method')
  return run(call)
}

const refuse = (reply: FastifyReply, refused: Refused) => reply.code(refused.code).send(envelope(refused))

const envelope = ({ code, text, parameters }: Refused) => ({
  ok: false,
  error_code: code,
  description: text,
  ...(parameters ? { parameters } : {}),
})

const described = (files: ReadonlyMap<string, UploadedPart>) =>
  Object.fromEntries([...files].map(([field, { name, bytes }]) => [field, { name, size: bytes.length }]))
