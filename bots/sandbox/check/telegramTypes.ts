import type { TelegramField, TelegramFields } from '../specs/shapes.ts'
import { telegramSpec } from './specs.ts'
import type { Violation } from './violation.ts'

/** Checks an object against named fields; `parts` are the names of uploaded form parts that `attach://` may point at. */
export function checkFields(
  fields: TelegramFields,
  value: object,
  path: string,
  parts: ReadonlySet<string>,
): Violation[] {
  const given = new Map<string, unknown>(Object.entries(value))
  const found: Violation[] = []
  for (const [name, field] of Object.entries(fields)) {
    const here = path ? `${path}.${name}` : name
    const member = given.get(name)
    if (member === undefined || member === null) {
      if (field.required) found.push(missing(here, path === ''))
    } else {
      found.push(...checkField(field, member, here, parts))
    }
  }
  for (const name of given.keys()) {
    // Telegram ignores what it does not know, so a typing mistake would go unseen: no refusal, but a complaint.
    if (!(name in fields))
      found.push({ rule: 'unknown parameter', path: path ? `${path}.${name}` : name, says: 'not in the specification' })
  }
  return found
}

/** Checks a value against a named type (`Update`, `Array of Message`, `Integer`): used on the sandbox's own answers. */
export function checkTelegramType(type: string, value: unknown, path = type): Violation[] {
  return checkType(type, value, path, new Set())
}

function checkField(field: TelegramField, value: unknown, path: string, parts: ReadonlySet<string>): Violation[] {
  const tries = field.types.map((type) => checkType(type, value, path, parts))
  const best = tries.reduce((least, one) => (one.length < least.length ? one : least))
  return best.length > 0 ? best : checkBounds(field, value, path)
}

function checkType(type: string, value: unknown, path: string, parts: ReadonlySet<string>): Violation[] {
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return [wrong(path, type)]
    return value.flatMap((item, at) => checkType(type.slice('Array of '.length), item, `${path}[${at}]`, parts))
  }
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value) ? [] : [wrong(path, type)]
    case 'Float':
      return typeof value === 'number' ? [] : [wrong(path, type)]
    case 'Boolean':
      return typeof value === 'boolean' ? [] : [wrong(path, type)]
    case 'String':
      return typeof value === 'string' ? attachment(value, path, parts) : [wrong(path, type)]
    case 'InputFile':
      return parts.has(path) ? [] : [wrong(path, type)]
  }
  const spec = telegramSpec.types[type]
  if (!spec || typeof value !== 'object' || value === null || Array.isArray(value)) return [wrong(path, type)]
  if ('fields' in spec) return checkFields(spec.fields, value, path, parts)
  const tries = spec.oneOf.map((name) => checkType(name, value, path, parts))
  return tries.reduce((least, one) => (one.length < least.length ? one : least))
}

function attachment(value: string, path: string, parts: ReadonlySet<string>): Violation[] {
  if (!value.startsWith('attach://') || parts.has(value.slice('attach://'.length))) return []
  return [
    { rule: 'file', path, says: 'attach:// names no uploaded part', refusal: bad('invalid file HTTP URL specified') },
  ]
}

function checkBounds(field: TelegramField, value: unknown, path: string): Violation[] {
  const outside = (size: number, [min, max]: [number, number], unit: string): Violation[] =>
    size >= min && size <= max
      ? []
      : [
          {
            rule: 'bound',
            path,
            says: `${size} ${unit}, must be ${min}-${max}`,
            refusal: bad(`${path} is out of bounds`),
          },
        ]
  if (field.values && (typeof value === 'string' || typeof value === 'number') && !field.values.includes(value)) {
    return [{ rule: 'value', path, says: 'not one of the allowed values', refusal: bad(`invalid ${path} specified`) }]
  }
  if (field.items && Array.isArray(value)) return outside(value.length, field.items, 'items')
  if (field.range && typeof value === 'number') return outside(value, field.range, '')
  // Lengths after entity parsing have refusals of their own: telegramLimits.
  if (field.length && !field.afterEntities && typeof value === 'string')
    return outside(value.length, field.length, 'characters')
  return []
}

const bad = (text: string) => ({ code: 400, text: `Bad Request: ${text}` })

const missing = (path: string, topLevel: boolean): Violation => ({
  rule: 'missing',
  path,
  says: 'required',
  refusal: bad(
    path === 'text'
      ? 'message text is empty'
      : topLevel
        ? `parameter "${path}" is required`
        : `can't parse object: field "${path}" is missing`,
  ),
})

const wrong = (path: string, type: string): Violation => ({
  rule: 'type',
  path,
  says: `must be ${type}`,
  refusal: bad(`can't parse "${path}": ${type} expected`),
})
