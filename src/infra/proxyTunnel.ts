import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'

const connectTimeoutMs = 10_000

/**
 * An https agent whose connections are tunnelled (`CONNECT`) through an http or https proxy; Node 20 has none of its own.
 * `proxy` is an address that may carry a user name and a password.
 */
export class ProxyTunnelAgent extends https.Agent {
  readonly #proxy: URL

  constructor(proxy: string) {
    super({ keepAlive: true })
    this.#proxy = new URL(proxy)
  }

  override createConnection(
    options: http.ClientRequestArgs,
    done: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const host = options.host ?? ''
    const target = `${host}:${options.port ?? 443}`
    const failed = (error: Error) => Reflect.apply(done, undefined, [error])
    const request = (this.#proxy.protocol === 'https:' ? https : http).request({
      host: this.#proxy.hostname,
      port: this.#proxy.port || (this.#proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentials(this.#proxy) },
      timeout: connectTimeoutMs,
      agent: false,
    })
    request.once('timeout', () => request.destroy(new Error('the proxy does not answer')))
    request.once('error', failed)
    request.once('connect', (response, socket) => {
      request.off('error', failed)
      if (response.statusCode !== 200) {
        socket.destroy()
        failed(new Error(`the proxy refused the tunnel with ${response.statusCode}`))
        return
      }
      const secured = tls.connect({ socket, ...(isIP(host) === 0 && { servername: host }) })
      secured.once('error', failed)
      secured.once('secureConnect', () => {
        secured.off('error', failed)
        done(null, secured)
      })
    })
    request.end()
    return undefined
  }
}

/** Whether a host is outside `NO_PROXY`: names, `.suffixes`, `host:port` or `*`, parted by commas or spaces. */
export function goesThroughProxy(url: URL, noProxy = ''): boolean {
  const port = url.port || '443'
  return !noProxy.split(/[,\s]+/).some((entry) => {
    if (entry === '*') return true
    const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '').toLowerCase()) ?? []
    if (!name || (onlyPort && onlyPort !== port)) return false
    return url.hostname === name || url.hostname.endsWith(`.${name}`)
  })
}

function credentials(proxy: URL): Record<string, string> {
  if (!proxy.username) return {}
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
