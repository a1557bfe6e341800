// A Cloudflare Worker, with a manager for each request: a Durable Object is what they share, so many requests make one call.
import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager } from '@chaveiro/core'
import { createSealer, keyFromText } from '@chaveiro/stores/sealer'
import { durableObjectStore, type TokenCells } from './durable-object-store.ts'

export { TokenCell } from './durable-object-store.ts'

/** Variables, secrets and bindings of the Worker. */
export interface WorkerEnvironment {
  readonly BITIZE_SERVER: string
  readonly BITIZE_CONSUMER_KEY: string
  readonly BITIZE_SECRET_KEY: string
  /** 32 bytes in base64: `openssl rand -base64 32`. */
  readonly SEALING_KEY: string
  readonly TOKEN_CELLS: TokenCells
}

/** What is used of Cloudflare's `ExecutionContext`. */
export interface WorkerContext {
  waitUntil(promise: Promise<unknown>): void
}

export default {
  async fetch(request: Request, env: WorkerEnvironment, context: WorkerContext): Promise<Response> {
    const sealer = createSealer({ keys: [{ id: '2026-01', key: keyFromText(env.SEALING_KEY) }] })
    const renewals: Promise<unknown>[] = []
    const tokens = createTokenManager({
      provider: bitizeProvider({ server: new URL(env.BITIZE_SERVER) }),
      credentials: () => ({ consumerKey: env.BITIZE_CONSUMER_KEY, secretKey: env.BITIZE_SECRET_KEY }),
      store: durableObjectStore(env.TOKEN_CELLS, sealer),
      // The caller gets the token that is still valid; the refresh goes on behind the answer.
      waitUntil: (renewal) => void renewals.push(renewal),
    })
    try {
      const { pathname, search } = new URL(request.url)
      return await tokens.account('shop').fetch(pathname + search)
    } finally {
      // Without this, Cloudflare ends whatever is under way once the answer is out, and a new token is lost.
      context.waitUntil(Promise.all(renewals).then(() => tokens.close()))
    }
  },
}
