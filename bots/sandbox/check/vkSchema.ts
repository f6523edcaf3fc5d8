import type { VkSchema } from '../specs/shapes.ts'
import { vkSpec } from './specs.ts'

export interface Misfit {
  path: string
  says: string
}

/**
 * Checks a value against a schema. `strict` also complains of properties that the schema does not name (VK refuses them in a
 * keyboard); `open` lets them be, as in the platform's own answers.
 */
export function checkVkSchema(
  schema: VkSchema,
  value: unknown,
  path: string,
  mode: 'strict' | 'open' | 'form',
): Misfit[] {
  if (schema.$ref) {
    const definition = vkSpec.definitions[schema.$ref]
    return definition ? checkVkSchema(definition.schema, value, path, mode) : []
  }
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some((type) => isOfType(type, value, schema.format)))
    return [{ path, says: `must be ${types.join(' or ')}` }]
  if (schema.enum && !schema.enum.some((one) => one === value))
    return [{ path, says: `must be one of ${schema.enum.join(', ')}` }]
  const bound = checkBounds(schema, value)
  if (bound) return [{ path, says: bound }]
  const found: Misfit[] = []
  // Properties of `allOf` parts belong together: a strict part would not know those of its neighbour.
  for (const part of schema.allOf ?? []) found.push(...checkVkSchema(part, value, path, 'open'))
  const variants = schema.oneOf ?? schema.anyOf
  if (variants) found.push(...fewest(variants.map((variant) => checkVkSchema(variant, value, path, mode))))
  if (Array.isArray(value) && schema.items) {
    const items = schema.items
    found.push(...value.flatMap((item, at) => checkVkSchema(items, item, `${path}[${at}]`, mode)))
  }
  if (schema.properties && typeof value === 'object' && value !== null)
    found.push(...checkProperties(schema, value, path, mode))
  return found
}

function checkProperties(schema: VkSchema, value: object, path: string, mode: 'strict' | 'open' | 'form'): Misfit[] {
  const found: Misfit[] = []
  const given = new Map<string, unknown>(Object.entries(value))
  for (const name of schema.required ?? [])
    if (!given.has(name)) found.push({ path: `${path}.${name}`, says: 'is required' })
  for (const [name, member] of given) {
    const property = schema.properties?.[name]
    if (property) found.push(...checkVkSchema(property, member, `${path}.${name}`, mode))
    else if (mode === 'strict') found.push({ path: `${path}.${name}`, says: 'is not known' })
  }
  return found
}

function isOfType(type: string, value: unknown, format: string | undefined): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value) && (format !== 'int32' || Math.abs(Number(value)) <= 2 ** 31 - 1)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}

function checkBounds(schema: VkSchema, value: unknown): string | undefined {
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? value)) return `must be at least ${schema.minimum}`
    if (value > (schema.maximum ?? value)) return `must be at most ${schema.maximum}`
  }
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : undefined
  if (size === undefined) return undefined
  const [min, max] = Array.isArray(value) ? [schema.minItems, schema.maxItems] : [schema.minLength, schema.maxLength]
  if (size < (min ?? 0)) return `must have at least ${min}`
  if (size > (max ?? size)) return `must have at most ${max}`
  return undefined
}

const fewest = (tries: Misfit[][]): Misfit[] => tries.reduce((least, one) => (one.length < least.length ? one : least))
