import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Residents } from './residents.ts'

// A Bot API server that costs next to nothing, and the residents who talk through it: a process of its own, so that what it costs
// is not counted as a bot's. It tells its parent the port; by `/control/<token>/…` the parent waits for a bot and starts a round.

interface Bot {
  residents: Residents
  listens: Promise<void>
  listening: () => void
}

const bots = new Map<string, Bot>()

const server = createServer((request, response) => {
  answer(request).then(
    (result) => send(response, { ok: true, result }),
    (error) => send(response, { ok: false, error_code: 400, description: String(error) }),
  )
})
server.requestTimeout = 0
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))

async function answer(request: IncomingMessage): Promise<unknown> {
  const [, who = '', ...rest] = new URL(request.url ?? '', 'http://localhost').pathname.split('/')
  const payload = await bodyOf(request)
  if (who === 'control') return controlled(botOf(rest[0] ?? ''), rest[1] ?? '', payload)
  return called(botOf(who.slice('bot'.length)), rest[0] ?? '', payload)
}

async function controlled(bot: Bot, wish: string, payload: never): Promise<unknown> {
  return wish === 'listens' ? bot.listens : bot.residents.talk(payload)
}

async function called({ residents, listening }: Bot, method: string, payload: never): Promise<unknown> {
  switch (method) {
    case 'getUpdates':
      listening()
      return residents.updates(payload)
    case 'getMe':
      return { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' }
    case 'answerCallbackQuery':
      residents.called(method, payload)
      return true
    case 'sendMessage':
    case 'editMessageText':
      return { message_id: residents.called(method, payload), date: 0, chat: { id: 0, type: 'private' }, text: '…' }
    case 'deleteWebhook':
    case 'setMyCommands':
      return true
    default:
      throw new Error(`no such method here: ${method}`)
  }
}

function botOf(token: string): Bot {
  const known = bots.get(token)
  if (known) return known
  let listening = () => {}
  const listens = new Promise<void>((resolve) => {
    listening = resolve
  })
  const bot = { residents: new Residents(), listens, listening }
  bots.set(token, bot)
  return bot
}

async function bodyOf(request: IncomingMessage): Promise<never> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(chunks.length > 0 ? Buffer.concat(chunks).toString() : '{}') as never
}

function send(response: ServerResponse, answer: object): void {
  const body = Buffer.from(JSON.stringify(answer))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}
