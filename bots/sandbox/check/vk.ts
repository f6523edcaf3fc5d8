import type { VkParameter } from '../specs/shapes.ts'
import { vkSpec } from './specs.ts'
import type { Violation } from './violation.ts'
import { vkKeyboard } from './vkKeyboard.ts'
import { checkVkSchema } from './vkSchema.ts'

const MAX_MESSAGE = 4096
const MAX_ATTACHMENTS = 10
const MAX_SNACKBAR = 90

/** Taken by every method. */
const common = ['access_token', 'v', 'lang', 'test_mode', 'captcha_sid', 'captcha_key', 'success_token']

/**
 * Answers every way in which a call breaks VK's schema and the limits its guides state. Parameters are strings, as a form
 * carries them; lists are comma-separated, objects are JSON.
 */
export function checkVkCall(method: string, params: Record<string, string>): Violation[] {
  const spec = vkSpec.methods[method]
  if (!spec) {
    return [
      {
        rule: 'unknown method',
        path: method,
        says: 'no such method for a community',
        refusal: { code: 3, text: 'Unknown method passed' },
      },
    ]
  }
  const found: Violation[] = params.v === undefined ? [invalid('v', 'v is required', 8)] : []
  for (const [name, parameter] of Object.entries(spec.parameters)) {
    const value = params[name]
    if (value === undefined) {
      if (parameter.needed) found.push(invalid(name, `${name} is a required parameter`))
    } else {
      found.push(...checkParameter(name, parameter, value))
    }
  }
  for (const name of Object.keys(params)) {
    if (!(name in spec.parameters) && !common.includes(name)) {
      found.push({ rule: 'unknown parameter', path: name, says: 'not in the specification' })
    }
  }
  return found.some((violation) => violation.refusal) ? found : [...found, ...limits(method, params)]
}

function checkParameter(name: string, parameter: VkParameter, value: string): Violation[] {
  if (parameter.type === 'array') {
    const items = value === '' ? [] : value.split(',')
    if (items.length > (parameter.maxItems ?? Number.POSITIVE_INFINITY))
      return [invalid(name, `at most ${parameter.maxItems} items`)]
    return items.flatMap((item, at) => checkParameter(`${name}[${at}]`, parameter.items ?? {}, item.trim()))
  }
  if (parameter.$ref && parameter.type === 'string') return checkJson(name, parameter.$ref, value)
  const { needed, ...schema } = parameter
  return checkVkSchema(schema, typed(schema.type, value), name, 'form').map(({ path, says }) => invalid(path, says))
}

/** Keyboards and the like without a fault: a mailing brings the same one thousands of times. */
const sound = new Set<string>()
const soundKept = 1_000

function checkJson(name: string, definition: string, value: string): Violation[] {
  const key = `${name} ${value}`
  if (sound.has(key)) return []
  const found = faultsOfJson(name, definition, value)
  if (sound.size >= soundKept) sound.clear()
  if (found.length === 0) sound.add(key)
  return found
}

function faultsOfJson(name: string, definition: string, value: string): Violation[] {
  const code = name === 'keyboard' ? 911 : 100
  const text =
    name === 'keyboard' ? 'Keyboard format is invalid' : 'One of the parameters specified was missing or invalid'
  const data = parseJson(value)
  if (data === undefined) return [{ rule: 'type', path: name, says: 'not JSON', refusal: { code, text } }]
  const found = checkVkSchema({ $ref: definition }, data, name, 'strict')
  if (name === 'keyboard' && found.length === 0) return vkKeyboard(data)
  return found.map(({ path, says }) => ({
    rule: 'type',
    path,
    says,
    refusal: { code, text: `${text}: ${path} ${says}` },
  }))
}

/** A form's words become the type the schema asks for; what cannot is left a string, which the schema then refuses. */
function typed(type: string | string[] | undefined, value: string): unknown {
  const types = [type].flat()
  if ((types.includes('integer') || types.includes('number')) && /^[+-]?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (types.includes('boolean') && /^(0|1|true|false)$/.test(value)) return value === '1' || value === 'true'
  return value
}

function limits(method: string, params: Record<string, string>): Violation[] {
  const found: Violation[] = []
  const attachments = params.attachment ? params.attachment.split(',') : []
  if (attachments.length > MAX_ATTACHMENTS) found.push(invalid('attachment', `at most ${MAX_ATTACHMENTS} attachments`))
  if (attachments.some((one) => !/^[a-z_]+-?\d+_\d+(_\w+)?$/.test(one.trim())))
    found.push(invalid('attachment', 'must be <type><owner>_<id>[_<key>]'))
  if (method === 'messages.send' || method === 'messages.edit') {
    if ((params.message?.length ?? 0) > MAX_MESSAGE) {
      found.push({
        rule: 'limit',
        path: 'message',
        says: `${params.message?.length} characters, at most ${MAX_MESSAGE}`,
        refusal: { code: 914, text: 'Message is too long' },
      })
    }
    const says = ['message', 'attachment', 'sticker_id', 'forward', 'forward_messages', 'lat', 'template'].some(
      (name) => params[name],
    )
    if (!says) found.push(invalid('message', 'message is empty or invalid'))
    if (method === 'messages.send') {
      const peers = ['peer_id', 'peer_ids', 'user_id', 'user_ids', 'chat_id', 'domain'].filter((name) => params[name])
      if (peers.length === 0) found.push(invalid('peer_id', 'peer_id is a required parameter'))
    }
  }
  if (method === 'messages.sendMessageEventAnswer' && params.event_data) found.push(...eventData(params.event_data))
  return found
}

function eventData(value: string): Violation[] {
  const data = parseJson(value)
  if (typeof data !== 'object' || data === null || !('type' in data))
    return [invalid('event_data', 'must be JSON with a type')]
  const { type, text, link, app_id: app, ...rest } = data as Record<string, unknown>
  if (type === 'show_snackbar' && typeof text === 'string' && text.length >= 1 && text.length <= MAX_SNACKBAR)
    return unknownKeys(rest)
  if (type === 'open_link' && typeof link === 'string') return unknownKeys(rest)
  if (type === 'open_app' && typeof app === 'number') return []
  return [invalid('event_data', `show_snackbar with a text of 1-${MAX_SNACKBAR} characters, open_link or open_app`)]
}

const unknownKeys = (rest: object): Violation[] =>
  Object.keys(rest).map((key) => ({
    rule: 'unknown parameter',
    path: `event_data.${key}`,
    says: 'not in the documentation',
  }))

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

const invalid = (path: string, says: string, code = 100): Violation => ({
  rule: 'parameter',
  path,
  says,
  refusal: {
    code,
    text: code === 100 ? `One of the parameters specified was missing or invalid: ${says}` : `Invalid request: ${says}`,
  },
})
