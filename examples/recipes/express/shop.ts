// Express in front of a provider: one client for the whole process, made at start and closed at the end.
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type BitizeOptions, createBitize, isChaveiroError } from '@chaveiro/bitize'
import express, { type ErrorRequestHandler } from 'express'

/** Starts the shop's server. `stop` lets requests end, and then closes the client. */
export function startShop(options: BitizeOptions, port: number): { server: Server; stop: () => Promise<void> } {
  const bitize = createBitize(options)
  const app = express()

  app.get('/vendors', async (_request, response) => {
    const vendors = await bitize.fetch('/vendors')
    // The status is between the shop and Bitize. A visitor who got a 401 would log in again, in vain.
    response.status(vendors.ok ? 200 : 502).json(await vendors.json())
  })

  // Express 5 brings what an async handler throws here.
  const noToken: ErrorRequestHandler = (error, _request, response, next) => {
    if (!isChaveiroError(error)) return next(error)
    if (error.retryAfterMs !== undefined) response.set('Retry-After', `${Math.ceil(error.retryAfterMs / 1000)}`)
    response.status(503).json({ error: error.code })
  }
  app.use(noToken)

  const server = app.listen(port)
  const stop = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve))
    await bitize.close()
  }
  return { server, stop }
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { BITIZE_CONSUMER_KEY: consumerKey = '', BITIZE_SECRET_KEY: secretKey = '' } = process.env
  const { stop } = startShop({ server: 'production', consumerKey, secretKey }, 3000)
  process.once('SIGTERM', stop)
}
