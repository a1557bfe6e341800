import { once } from 'node:events'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the built site. */
export const SITE: string = fileURLToPath(new URL('../build/site', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/**
 * Serves the built site on loopback as the pages of GitHub do: a folder by its index, a page without its ending too, and
 * 404.html in place of what isn't there.
 */
export async function serveSite(): Promise<{ readonly origin: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const path = join(SITE, decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname))
    const file = [path, `${path}.html`, join(path, 'index.html')].find(
      (name) => existsSync(name) && statSync(name).isFile(),
    )
    const shown = file ?? join(SITE, '404.html')
    response.statusCode = file === undefined ? 404 : 200
    response.setHeader('content-type', TYPES[extname(shown)] ?? 'application/octet-stream')
    createReadStream(shown).pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The site has no port.')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
