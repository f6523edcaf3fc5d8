import type { TelegramField, TelegramSpec } from './shapes.ts'

interface SourceField {
  name: string
  types: string[]
  required: boolean
  description: string
}

interface Source {
  version: string
  methods: Record<string, { fields?: SourceField[] }>
  types: Record<string, { fields?: SourceField[]; subtypes?: string[] }>
}

/** Answers names, types, required flags and the bounds that the descriptions state in numbers or quoted words. */
export function stripTelegram(source: unknown): TelegramSpec {
  const { version, methods, types } = source as Source
  return {
    about: {
      source: 'https://github.com/PaulSonOfLars/telegram-bot-api-spec',
      version,
      commit: '160fd99507e1c7c77e92dc90f5993d724735b51c',
      licence: 'MIT',
      holds: 'names, types, required flags and bounds',
    },
    methods: Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [name, { fields: strip(method.fields) }]),
    ),
    types: Object.fromEntries(
      Object.entries(types).map(([name, type]) => [
        name,
        type.subtypes?.length ? { oneOf: type.subtypes } : { fields: strip(type.fields) },
      ]),
    ),
  }
}

function strip(fields: SourceField[] = []): Record<string, TelegramField> {
  return Object.fromEntries(fields.map((field) => [field.name, stripField(field)]))
}

function stripField({ types, required, description }: SourceField): TelegramField {
  const field: TelegramField = { types, ...(required ? { required: true } : {}) }
  const text = description.replaceAll(/[“”]/g, '"')
  const first = types[0] ?? ''
  if (first.startsWith('Array of ')) {
    const items = /(?:must include|list of) (\d+)-(\d+) /.exec(text)
    if (items) field.items = pair(items)
    return field
  }
  if (types.includes('Integer') || types.includes('Float')) {
    const range = /(?:[Bb]etween (\d+)(?:-| and )(\d+))/.exec(text) ?? /[;,] (\d+)-(\d+)(?:\.|$)/.exec(text)
    if (range) field.range = pair(range)
    const numbers = /must be one of (\d{5,}.*)/.exec(text)
    if (numbers?.[1]) field.values = [...numbers[1].matchAll(/(\d{5,}) \(0x/g)].map((match) => Number(match[1]))
    return field
  }
  if (types.includes('String')) {
    const length = /(\d+)-(\d+) characters/.exec(text)
    if (length) field.length = pair(length)
    if (/after entit(?:y|ies) parsing/.test(text)) field.afterEntities = true
    const bytes = /(\d+)-(\d+) bytes/.exec(text)
    if (bytes) field.bytes = pair(bytes)
    const constant = /(?:must be|always) "?([a-z_]+)"?\.?$/.exec(text)
    const list = /(?:[Mm]ust be (?:either|one of)|Currently, can be) (.*)/.exec(text)
    const symbols = /^Reaction emoji\. Currently, it can be one of (.*)/.exec(text)
    if (symbols?.[1]) field.values = [...symbols[1].matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
    if (constant?.[1]) field.values = [constant[1]]
    else if (list?.[1]) {
      const words = [...list[1].matchAll(/"([a-z_]+)"/g)].map((match) => match[1] ?? '')
      if (words.length > 1) field.values = words
    }
  }
  return field
}

const pair = (match: RegExpExecArray): [number, number] => [Number(match[1]), Number(match[2])]
