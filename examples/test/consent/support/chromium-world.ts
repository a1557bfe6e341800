import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { startChromium } from '@chaveiro/test-servers'
import { makeCertificates } from '../../../network/certificates.ts'

export type Chromium = Awaited<ReturnType<typeof startChromium>>
export type Page = Awaited<ReturnType<Chromium['newPage']>>

/** The shop's own site: the provider's, 127.0.0.1, is another one. Chromium is told that it is on this machine. */
export const SHOP_HOST = 'shop.example'

/** One request, as the shop got it. */
interface ShopRequest {
  readonly path: string
  readonly cookie: string
}

/** A web server over https, whose listener a test may exchange. */
export interface Shop extends AsyncDisposable {
  readonly origin: string
  /** Those since the last look, the oldest first, without the icon that browsers ask for. */
  requests(): readonly ShopRequest[]
  /** What answers from now on, except for the page at `/`. */
  listener: RequestListener
  /** The next address with this path that a browser comes to, while it does this. The listener doesn't hear of it. */
  caught(path: string, act: () => Promise<unknown>): Promise<URL>
}

/** Starts the shop, whose page at `/` says "home". */
export async function httpsShop(): Promise<Shop> {
  const { serverCert: cert, serverKey: key } = makeCertificates(SHOP_HOST)
  let received: ShopRequest[] = []
  const server = createServer({ cert, key }, (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '', 'https://shop')
    if (pathname === '/favicon.ico') return void response.writeHead(404).end()
    received.push({ path: pathname, cookie: request.headers.cookie ?? '' })
    if (pathname === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>home</h1>')
    shop.listener(request, response)
  })
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shop: Shop = {
    origin: `https://${SHOP_HOST}:${port}`,
    listener: (_, response) => void response.writeHead(404).end(),
    async caught(path, act) {
      const { listener } = shop
      const address = new Promise<string>((resolve) => {
        shop.listener = (request, response) => {
          const { url = '' } = request
          if (!url.startsWith(path)) return listener(request, response)
          response.end('caught')
          resolve(url)
        }
      })
      await act()
      const url = new URL(await address, shop.origin)
      shop.listener = listener
      return url
    },
    requests() {
      const all = received
      received = []
      return all
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return shop
}
