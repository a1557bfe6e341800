// The same in Fastify: the client is a plugin, and `app.close()` closes it.
import { type Bitize, type BitizeOptions, createBitize, isChaveiroError } from '@chaveiro/bitize'
import fastify, { type FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    bitize: Bitize
  }
}

/** The shop's application: `await shop(options).listen({ port: 3000 })`. */
export function shop(options: BitizeOptions): FastifyInstance {
  const app = fastify()
  app.decorate('bitize', createBitize(options))
  app.addHook('onClose', ({ bitize }) => bitize.close())

  app.get('/vendors', async (_request, reply) => {
    const vendors = await app.bitize.fetch('/vendors')
    // The status is between the shop and Bitize. A visitor who got a 401 would log in again, in vain.
    return reply.code(vendors.ok ? 200 : 502).send(await vendors.json())
  })

  app.setErrorHandler((error, _request, reply) => {
    if (!isChaveiroError(error)) throw error
    if (error.retryAfterMs !== undefined) reply.header('Retry-After', Math.ceil(error.retryAfterMs / 1000))
    return reply.code(503).send({ error: error.code })
  })
  return app
}
