export interface About {
  source: string
  version: string
  commit: string
  licence: string
  holds: string
}

/** Bounds are inclusive. `length` counts UTF-16 code units, of the text after entity parsing when `afterEntities`. */
export interface TelegramField {
  types: string[]
  required?: true
  length?: [number, number]
  afterEntities?: true
  bytes?: [number, number]
  range?: [number, number]
  items?: [number, number]
  values?: (string | number)[]
}

export type TelegramFields = Record<string, TelegramField>

export interface TelegramSpec {
  about: About
  methods: Record<string, { fields: TelegramFields }>
  types: Record<string, { fields: TelegramFields } | { oneOf: string[] }>
}

/** The part of JSON Schema draft-07 that VK's schema uses; a `$ref` is the bare name of a definition. */
export interface VkSchema {
  type?: string | string[]
  format?: string
  enum?: (string | number)[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  $ref?: string
  items?: VkSchema
  properties?: Record<string, VkSchema>
  required?: string[]
  allOf?: VkSchema[]
  oneOf?: VkSchema[]
  anyOf?: VkSchema[]
}

export type VkParameter = VkSchema & { needed?: true }

export interface VkSpec {
  about: About
  methods: Record<string, { parameters: Record<string, VkParameter>; answer?: string }>
  definitions: Record<string, { schema: VkSchema }>
  /** Code → the schema's own name of the error. */
  errors: Record<string, string>
}
