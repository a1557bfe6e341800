// One client for each process, made with the first request, because `next build` loads modules without your variables.
import { type Bitize, createBitize } from '@chaveiro/bitize'

let client: Bitize | undefined

/** The client of this process. */
export function bitize(): Bitize {
  const {
    BITIZE_SERVER: server,
    BITIZE_CONSUMER_KEY: consumerKey = '',
    BITIZE_SECRET_KEY: secretKey = '',
  } = process.env
  client ??= createBitize({ server: server ? new URL(server) : 'production', consumerKey, secretKey })
  return client
}
