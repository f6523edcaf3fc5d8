import http from 'node:http'
import https from 'node:https'
import { type Dispatcher, EnvHttpProxyAgent, interceptors, Agent as UndiciAgent } from 'undici'
import { AppError } from './errors.ts'
import { goesThroughProxy, ProxyTunnelAgent } from './proxyTunnel.ts'

/** `HTTPS_PROXY` and `NO_PROXY` as they were configured. Calls to an `http:` address never go through the proxy. */
export interface ProxySettings {
  httpsProxy?: string
  noProxy?: string
}

/**
 * Every outgoing call of the product goes through one of these. `dispatcher` serves undici (one keep-alive pool an origin);
 * `agentFor` answers an agent for libraries that bring `node:http` or node-fetch along (vk-io, grammY's uploads).
 */
export interface Http {
  dispatcher: Dispatcher
  agentFor(url: string): http.Agent
  close(): Promise<void>
}

const connectTimeoutMs = 10_000
/** More calls than that at once wait for a connection: a platform that is slow must not make us open thousands. */
const connectionsPerOrigin = 64

export function openHttp(settings: ProxySettings = {}): Http {
  const dispatcher = dispatcherFor(settings)
  const agents = new Map<string, http.Agent>()
  return {
    dispatcher,
    agentFor(url) {
      const { protocol, origin } = new URL(url)
      const known = agents.get(origin)
      if (known) return known
      const agent =
        protocol === 'http:'
          ? new http.Agent({ keepAlive: true })
          : settings.httpsProxy && goesThroughProxy(new URL(url), settings.noProxy)
            ? new ProxyTunnelAgent(settings.httpsProxy)
            : new https.Agent({ keepAlive: true })
      agents.set(origin, agent)
      return agent
    },
    async close() {
      for (const agent of agents.values()) agent.destroy()
      await dispatcher.destroy()
    },
  }
}

/** With empty strings undici is kept from reading the environment by itself: only what was configured counts. */
function dispatcherFor({ httpsProxy, noProxy }: ProxySettings): Dispatcher {
  const options = { connect: { timeout: connectTimeoutMs }, connections: connectionsPerOrigin }
  if (!httpsProxy) return new UndiciAgent(options)
  return new EnvHttpProxyAgent({ ...options, httpProxy: '', httpsProxy, noProxy: noProxy ?? '' })
}

/**
 * The bytes behind an address, redirects followed. More than `limit` bytes fail with `FILE_TOO_LARGE` as soon as that is
 * known, an address without a file with `FILE_GONE`, everything else with `PLATFORM_DOWN`. No failure carries the address,
 * which may hold a token. A file of no bytes comes back as such.
 */
export async function download(
  dispatcher: Dispatcher,
  url: string,
  { limit, timeoutMs, signal }: { limit: number; timeoutMs: number; signal?: AbortSignal },
): Promise<Uint8Array> {
  const expiry = AbortSignal.timeout(timeoutMs)
  try {
    const { origin, pathname, search } = new URL(url)
    const { statusCode, headers, body } = await dispatcher
      .compose(interceptors.redirect({ maxRedirections: 5 }))
      .request({
        origin,
        path: pathname + search,
        method: 'GET',
        signal: signal ? AbortSignal.any([signal, expiry]) : expiry,
      })
    if (statusCode !== 200 || Number(headers['content-length'] ?? 0) > limit) {
      body.destroy().on('error', () => {})
      throw statusCode === 200 ? tooLarge(limit) : refusedDownload(statusCode)
    }
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks, size)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('PLATFORM_DOWN', { retry: 2_000, facts: { during: 'download', code: networkCode(error) } })
  }
}

/** What went wrong on the wire, by its code or class alone: messages of such errors carry addresses, and those tokens. */
export function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('error' in error && error.error instanceof Error) return networkCode(error.error)
  return error.name
}

const tooLarge = (limit: number) => new AppError('FILE_TOO_LARGE', { facts: { limit } })

function refusedDownload(status: number): AppError {
  const gone = status >= 400 && status < 500 && status !== 429
  return gone
    ? new AppError('FILE_GONE', { facts: { status } })
    : new AppError('PLATFORM_DOWN', { retry: 2_000, facts: { during: 'download', status } })
}
