import type { VkSchema, VkSpec } from './shapes.ts'

type Json = Record<string, unknown>

interface Source {
  methods: unknown
  objects: unknown
  responses: unknown
  errors: unknown
}

const keptKeys = ['type', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'format']

/** What a community's bot calls; the shapes of their answers are kept too, so that the sandbox's own answers can be checked. */
const answered = [
  'docs.getMessagesUploadServer',
  'docs.save',
  'groups.getById',
  'groups.getLongPollServer',
  'groups.getLongPollSettings',
  'messages.delete',
  'messages.getByConversationMessageId',
  'messages.getById',
  'messages.getConversations',
  'messages.getConversationsById',
  'messages.getHistory',
  'messages.setActivity',
  'photos.getMessagesUploadServer',
  'photos.saveMessagesPhoto',
  'users.get',
]

const events = [
  'callback_base',
  'callback_message_new',
  'callback_message_reply',
  'callback_message_edit',
  'callback_message_allow',
  'callback_message_deny',
  'callback_message_event',
  'callback_message_typing_state',
  'messages_message',
]

/**
 * Answers the parameters of every method a community token may call, and the definitions they, the message events and the
 * answers of a bot's methods refer to. `required: true` on a property (an extension of VK's) becomes draft-07's list.
 */
export function stripVk(source: Source): VkSpec {
  const { version, methods } = source.methods as { version: string; methods: Json[] }
  const definitions = {
    ...(source.objects as { definitions: Record<string, Json> }).definitions,
    ...(source.responses as { definitions: Record<string, Json> }).definitions,
  }
  const wanted = new Map<string, VkSchema>()
  const want = (name: string): void => {
    const definition = definitions[name]
    if (!definition || wanted.has(name)) return
    wanted.set(name, {})
    wanted.set(name, strip(definition, want))
  }
  const stripped: VkSpec['methods'] = {}
  for (const method of methods) {
    const name = String(method.name)
    if (!(method.access_token_type as string[]).includes('group')) continue
    const parameters = (method.parameters ?? []) as Json[]
    stripped[name] = {
      parameters: Object.fromEntries(
        parameters.map((parameter) => [
          String(parameter.name),
          { ...strip(parameter, want), ...(parameter.required === true ? { needed: true } : {}) },
        ]),
      ),
    }
    if (answered.includes(name)) {
      const answer = Object.values(method.responses as Record<string, Json>)[0]?.$ref
      const definition = String(answer).split('/').at(-1) ?? ''
      want(definition)
      stripped[name].answer = definition
    }
  }
  for (const event of events) want(event)
  return {
    about: {
      source: 'https://github.com/VKCOM/vk-api-schema',
      version,
      commit: '0efe478fc1011bc167fd389dd1dc36efc883de02',
      licence: 'MIT',
      holds: 'names, types, required flags and bounds',
    },
    methods: stripped,
    definitions: Object.fromEntries([...wanted].sort().map(([name, schema]) => [name, { schema }])),
    errors: errorCodes(source.errors),
  }
}

function strip(schema: Json, want: (name: string) => void): VkSchema {
  const result: Json = Object.fromEntries(Object.entries(schema).filter(([key]) => keptKeys.includes(key)))
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? ''
    want(name)
    result.$ref = name
  }
  if (schema.items) result.items = strip(schema.items as Json, want)
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    if (schema[key]) result[key] = (schema[key] as Json[]).map((part) => strip(part, want))
  }
  if (schema.properties) {
    const properties = Object.entries(schema.properties as Record<string, Json>)
    result.properties = Object.fromEntries(properties.map(([name, property]) => [name, strip(property, want)]))
    const required = properties.filter(([, property]) => property.required === true).map(([name]) => name)
    if (required.length > 0) result.required = required
  }
  return result
}

function errorCodes(source: unknown): Record<string, string> {
  const errors = (source as { errors: Record<string, { code: number }> }).errors
  return Object.fromEntries(
    Object.entries(errors).map(([name, error]) => [String(error.code), name.replace('api_error_', '')]),
  )
}
