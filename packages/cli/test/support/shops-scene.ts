import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished, vi } from 'vitest'
import type { Outcome } from './called-command.ts'
import { type Command, type Home, newHome, type RunOptions } from './home.ts'

/** Shops with an address each, an API elsewhere, and a home folder of a keeper. */
export interface ShopsScene {
  readonly home: Home
  readonly env: Readonly<Record<string, string>>
  /** What both servers received. */
  readonly received: readonly string[]
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<Outcome>
}

export async function shopsScene(command: Command): Promise<ShopsScene> {
  const home = newHome()
  const received: string[] = []
  const serve = async (name: string): Promise<string> => {
    const server = createServer(async (request, response) => {
      const body = await text(request)
      received.push(`${name} ${request.method} ${request.url} ${body}`.trim())
      response.setHeader('content-type', 'application/json')
      if (body.includes('word=wrong')) response.statusCode = 401
      // A token is of its shop.
      response.end(JSON.stringify({ access_token: `token-of${request.url?.replaceAll('/', '-')}` }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.close()
      server.closeAllConnections()
    })
    const place = server.address()
    return `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`
  }
  const env = {
    TEST_SHOPS: await serve('shops'),
    TEST_SHOPS_API: await serve('api'),
    SHOPS_KEEPER: 'ana',
    SHOPS_WORD: 'canary-of-the-keeper',
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const run: ShopsScene['run'] = (words, options = {}) =>
    home.run(words, { command, ...options, env: { ...env, ...options.env } })
  return { home, env, received, run }
}
