import type { FastifyRequest } from 'fastify'
import { telegramSpec } from '../check/specs.ts'
import type { UploadedPart } from '../check/telegram.ts'
import { readMultipart } from '../multipart.ts'
import type { TelegramField } from '../specs/shapes.ts'

interface Read {
  params: Record<string, unknown>
  files: Map<string, UploadedPart>
}

/** Reads the parameters from the query, a JSON body, a form or a multipart form, with the types that the specification names. */
export function readParams(method: string, request: FastifyRequest): Read {
  const fields = telegramSpec.methods[method]?.fields ?? {}
  const type = request.headers['content-type'] ?? ''
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const query = Object.entries(request.query as Record<string, string>)
  const { words, files, given } = readBody(body, type)
  const params: Record<string, unknown> = {}
  for (const [name, value] of [...query, ...Object.entries(words)]) params[name] = typed(fields[name], value)
  for (const [name, value] of Object.entries(given)) {
    // Numbers in quotes are taken, as the server does with the parameters of a method (not deeper).
    params[name] = typeof value === 'string' ? typed(fields[name], value) : value
  }
  // Telegraf names the method in its forms too, as in an answer to a webhook.
  if (params.method === method) delete params.method
  for (const [name, part] of files) if (name in fields && !(name in params)) params[name] = part
  return { params, files }
}

function readBody(body: Buffer, type: string) {
  const nothing = {
    words: {} as Record<string, string>,
    files: new Map<string, UploadedPart>(),
    given: {} as Record<string, unknown>,
  }
  if (body.length === 0) return nothing
  if (type.startsWith('multipart/form-data')) {
    const { fields, files } = readMultipart(body, type)
    return { ...nothing, words: fields, files }
  }
  if (type.startsWith('application/json'))
    return { ...nothing, given: parse(body.toString('utf8')) as Record<string, unknown> }
  return { ...nothing, words: Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }
}

function typed(field: TelegramField | undefined, value: string): unknown {
  if (!field) return value
  const { types } = field
  if (types.includes('Integer') || types.includes('Float')) {
    if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value)
    return value
  }
  if (types.includes('String')) return value
  if (types.includes('Boolean'))
    return /^(true|1|yes)$/i.test(value) ? true : /^(false|0|no|)$/i.test(value) ? false : value
  return parse(value)
}

/** What is not JSON stays a string, which the specification then refuses. */
function parse(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
