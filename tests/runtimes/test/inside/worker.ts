// A Worker as people write them: a manager for every request, over one store. What must be shared is data only, because
// workerd ends whatever a request began when that request is over, and no request may wait for another one's I/O.
import { bitizeProvider } from '@chaveiro/bitize'
import { type Clock, createTokenManager, type TokenSource } from '@chaveiro/core'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { sharedStore } from '../../../../packages/core/test/support/shared-store.ts'

/** What a request may ask of its platform. */
export interface WorkerContext {
  waitUntil(promise: Promise<unknown>): void
}

const SERVER = new URL('https://api.bitize.com.br')
const store = sharedStore()
let aheadMs = 0
let simulator: BitizeSimulator | undefined

const clock: Clock = {
  now: () => Date.now() + aheadMs,
  monotonic: () => performance.now() + aheadMs,
  timer: (callback, delayMs) => {
    const handle = setTimeout(callback, delayMs)
    return () => clearTimeout(handle)
  },
}

/** The simulated Bitize, made by the first request: the global scope has no randomness. */
function bitize(): BitizeSimulator {
  simulator ??= simulateBitize({ url: SERVER, clock: { now: () => clock.now() } })
  return simulator
}

function account(context: WorkerContext): TokenSource {
  const manager = createTokenManager({
    provider: bitizeProvider({ server: SERVER }),
    credentials: () => bitize().credentials,
    // Long enough for requests to meet, and for a response to go out before a refresh is done.
    fetch: async (input, init) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return bitize().fetch(input, init)
    },
    store,
    clock,
    waitUntil: (promise) => context.waitUntil(promise),
  })
  return manager.account('one')
}

/** A request that makes two calls: the first reads the token from the store, and a refresh begins with the second. */
async function tokenOf(source: TokenSource): Promise<{ generation?: number | undefined }> {
  await source.getToken()
  return source.getToken()
}

/** `/token`, `/status`, and `/later`, which lets hours pass. */
export async function handle(request: Request, context: WorkerContext): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  if (pathname === '/later') aheadMs += Number(searchParams.get('hours')) * 3_600_000
  const { generation } = await (pathname === '/token' ? tokenOf(account(context)) : account(context).status())
  const [acquired, refreshed] = [bitize().count('authenticate'), bitize().count('refreshAccessToken')]
  return Response.json({ generation, acquired, refreshed })
}
