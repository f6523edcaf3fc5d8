import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { botApi } from '../../bots/consultants/api.ts'
import { download, type Http, openHttp } from '../../src/infra/http.ts'
import { goesThroughProxy } from '../../src/infra/proxyTunnel.ts'

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(handler: http.RequestListener): Promise<{ server: http.Server; url: string }> {
  const server = http.createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function opened(settings: Parameters<typeof openHttp>[0] = {}): Http {
  const opening = openHttp(settings)
  closing.push(() => opening.close())
  return opening
}

describe('fetching a file', () => {
  const fetching = (url: string, limit = 10) => download(opened().dispatcher, url, { limit, timeoutMs: 20_000 })

  it.each<[string, http.RequestListener, string]>([
    [
      'what is too large by its own account',
      (_, reply) => reply.writeHead(200, { 'content-length': '11' }).end('x'.repeat(11)),
      'FILE_TOO_LARGE',
    ],
    [
      'what turns out to be too large',
      (_, reply) => void reply.write('x'.repeat(6), () => reply.end('x'.repeat(6))),
      'FILE_TOO_LARGE',
    ],
    ['what is not there', (_, reply) => reply.writeHead(404).end(), 'FILE_GONE'],
    ['what it may not have any more', (_, reply) => reply.writeHead(403).end(), 'FILE_GONE'],
    ['what is cut on the way', (_, reply) => void reply.write('x', () => reply.destroy()), 'PLATFORM_DOWN'],
    ['what a faulty server has', (_, reply) => reply.writeHead(503).end(), 'PLATFORM_DOWN'],
  ])('fails on %s, and does not say where it was', async (_, handler, code) => {
    const { url } = await serve(handler)
    const error: Error = await fetching(`${url}/file/bot1:secret/x`).then(
      () => new Error('fetched'),
      (reason) => reason,
    )
    expect(error).toMatchObject({ code })
    expect(JSON.stringify({ ...error, text: error.message, stack: error.stack, cause: error.cause })).not.toContain(
      'secret',
    )
  })

  it.each(['', 'десять'.slice(0, 5)])('answers exactly the bytes there are («%s»), after a redirect', async (text) => {
    const target = await serve((_, reply) => void reply.end(text))
    const { url } = await serve((_, reply) => reply.writeHead(302, { location: `${target.url}/there` }).end())
    expect(Buffer.from(await fetching(url)).toString()).toBe(text)
  })

  it('fails in time on a server that says nothing', async () => {
    const { url } = await serve(() => {})
    const { dispatcher } = opened()
    await expect(download(dispatcher, url, { limit: 10, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'PLATFORM_DOWN',
    })
  })
})

it('opens at most 64 connections to one server, and every call gets its answer', async () => {
  const held: http.ServerResponse[] = []
  let isHolding = true
  const { server, url } = await serve((_, reply) => void (isHolding ? held.push(reply) : reply.end('ok')))
  let connections = 0
  server.on('connection', () => connections++)
  const { dispatcher } = opened()
  const calls = Array.from({ length: 200 }, async () => {
    const { body } = await dispatcher.request({ origin: url, path: '/', method: 'GET' })
    return body.text()
  })
  await vi.waitFor(() => expect(held.length).toBeGreaterThanOrEqual(64), 30_000)
  isHolding = false
  for (const reply of held) reply.end('ok')
  expect(await Promise.all(calls)).toEqual(Array(200).fill('ok'))
  expect(connections).toBe(64)
})

describe('going through a proxy', () => {
  /** A proxy that opens tunnels into itself and tells what arrives in them. */
  async function proxy(): Promise<{ url: string; asked: http.IncomingMessage[]; tunnelled: Promise<Buffer> }> {
    const asked: http.IncomingMessage[] = []
    const { server, url } = await serve((_, reply) => reply.writeHead(500).end())
    const tunnelled = new Promise<Buffer>((resolve) => {
      server.on('connect', (request, socket: Socket) => {
        asked.push(request)
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.once('data', (hello) => {
          resolve(hello)
          socket.destroy()
        })
      })
    })
    return { url: url.replace('//', '//user:pass%20word@'), asked, tunnelled }
  }

  it.each<[string, (opening: Http) => Promise<unknown>]>([
    [
      'undici',
      ({ dispatcher }) => dispatcher.request({ origin: 'https://api.example.invalid', path: '/', method: 'GET' }),
    ],
    [
      'node’s own https',
      (opening) =>
        new Promise((_, reject) => {
          const agent = opening.agentFor('https://api.example.invalid')
          https.get('https://api.example.invalid/', { agent }).on('error', reject)
        }),
    ],
    ['Telegraf', (http) => botApi({ token: '1:x', apiRoot: 'https://api.example.invalid', http })('getMe', {})],
  ])('opens a tunnel for %s and speaks TLS in it, to the name it is meant for', async (_, call) => {
    const { url, asked, tunnelled } = await proxy()
    await expect(call(opened({ httpsProxy: url }))).rejects.toThrow()
    expect(asked[0]?.url).toBe('api.example.invalid:443')
    expect(asked[0]?.headers['proxy-authorization']).toBe(`Basic ${Buffer.from('user:pass word').toString('base64')}`)
    const hello = await tunnelled
    expect(hello[0]).toBe(0x16)
    expect(hello.includes('api.example.invalid')).toBe(true)
  })

  it('leaves plain http calls and the names in NO_PROXY alone', async () => {
    const { url, asked } = await proxy()
    const target = await serve((_, reply) => void reply.end('ok'))
    const { dispatcher } = opened({ httpsProxy: url, noProxy: 'example.invalid' })
    const { body } = await dispatcher.request({ origin: target.url, path: '/', method: 'GET' })
    expect(await body.text()).toBe('ok')
    await expect(
      dispatcher.request({ origin: 'https://api.example.invalid', path: '/', method: 'GET' }),
    ).rejects.toThrow()
    expect(asked).toEqual([])
  })

  it.each([
    ['api.telegram.org', '', true],
    ['api.telegram.org', 'telegram.org', false],
    ['api.telegram.org', '.telegram.org', false],
    ['api.telegram.org', '*.telegram.org,localhost', false],
    ['api.telegram.org', 'api.vk.com other.org', true],
    ['nottelegram.org', 'telegram.org', true],
    ['api.telegram.org', 'api.telegram.org:8443', true],
    ['api.telegram.org', 'api.telegram.org:443', false],
    ['api.telegram.org', '*', false],
  ])('%s with NO_PROXY=«%s»: %s', (host, noProxy, expected) => {
    expect(goesThroughProxy(new URL(`https://${host}/`), noProxy)).toBe(expected)
  })
})
