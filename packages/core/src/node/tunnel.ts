import { type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { Socket } from 'node:net'

const CONNECT_TIMEOUT_MS = 10_000

/** Opens a tunnel through a proxy (CONNECT, RFC 9110 §9.3.6). No error of it quotes the proxy's URL, which may hold a password. */
export function tunnel(
  proxy: URL,
  { hostname, port, protocol }: { hostname: string; port: string; protocol: string },
  ca: string[] | undefined,
): Promise<Socket> {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  const authority = `${host}:${port || (protocol === 'https:' ? '443' : '80')}`
  const options: RequestOptions & { ca?: string[] | undefined } = {
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...credentialsOf(proxy) },
    agent: false,
    ca,
  }
  return new Promise((resolve, reject) => {
    const request = proxy.protocol === 'https:' ? requestSecure(options) : requestPlain(options)
    const timer = setTimeout(() => {
      request.destroy(
        Object.assign(new Error('The proxy did not answer in time.'), { code: 'UND_ERR_CONNECT_TIMEOUT' }),
      )
    }, CONNECT_TIMEOUT_MS)
    request
      .once('connect', ({ statusCode = 0 }, socket) => {
        clearTimeout(timer)
        if (statusCode >= 200 && statusCode < 300) return resolve(socket)
        socket.destroy()
        // The words and the code of undici's ProxyAgent, which the rest of the core knows.
        reject(Object.assign(new Error(`Proxy response (${statusCode}) to CONNECT`), { code: 'UND_ERR_ABORTED' }))
      })
      .once('error', (error) => {
        clearTimeout(timer)
        reject(error)
      })
      .end()
  })
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
