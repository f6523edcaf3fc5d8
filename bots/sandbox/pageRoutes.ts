import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The page, as plain files. Nothing may be loaded or run from anywhere but here, whatever is said in a chat. */
export function servePage(app: FastifyInstance): void {
  app.get('/', (_request, reply) => send(reply, 'index.html'))
  app.get('/page/:name', (request, reply) => {
    const { name } = request.params as { name: string }
    return /^[\w-]+\.(css|js|svg)$/.test(name) ? send(reply, name) : reply.code(404).send()
  })
}

async function send(reply: FastifyReply, name: string) {
  const bytes = await readFile(new URL(`./page/${name}`, import.meta.url)).catch(() => undefined)
  if (!bytes) return reply.code(404).send()
  return reply
    .type(types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    .header('cache-control', 'no-cache')
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-security-policy',
      "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    .send(bytes)
}
