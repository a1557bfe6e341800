import type { Clock } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import { failureOfError } from '../fetch/failure.ts'
import type { Fetch } from '../fetch/fetch.ts'
import type { ProviderFailure, ProviderIo, ProviderPhase, TokenProvider } from '../provider/token-provider.ts'

const ANSWER_CAP_BYTES = 1024 * 1024
const FAILURE_BODY_CAP_CHARS = 64 * 1024
// The Date header counts whole seconds; below this a difference says nothing about a clock.
const CLOCK_NOISE_MS = 2_000

/** One token call's surroundings. */
export interface CallContext {
  readonly provider: Pick<TokenProvider<never>, 'id' | 'server' | 'secretQuery'>
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Strings that must not stand in a URL, except where the provider declares it. */
  readonly secrets: readonly string[]
  readonly token: ProviderIo['token']
  /** Told when a request leaves, and again when it certainly never left. */
  readonly onSent: (sent: boolean) => void
  readonly onSkew: () => void
}

/** What became of the last request of a call. */
export type Exchange = Omit<ProviderFailure, 'phase'>

export interface GuardedIo {
  readonly io: ProviderIo
  lastExchange(): Exchange | undefined
}

/** Makes the only way out that a provider's code gets. */
export function guardedIo(context: CallContext): GuardedIo {
  const { clock, provider } = context
  let exchange: Exchange | undefined
  let clockOffsetMs = 0

  const guardedFetch: Fetch = async (input, init) => {
    const request = new Request(input, { ...init, redirect: 'manual', signal: context.signal })
    checkUrl(new URL(request.url), context)
    exchange = { sent: 'maybe' }
    context.onSent(true)
    const startedAt = clock.now()
    let response: Response
    let bytes: Uint8Array<ArrayBuffer>
    try {
      response = await context.fetch(request)
      bytes = await readCapped(response, provider.id)
    } catch (error) {
      if (failureOfError(error).applied === 'no') {
        exchange = { sent: 'no' }
        context.onSent(false)
      }
      throw error
    }
    clockOffsetMs = offsetOf(response.headers.get('date'), startedAt, clock.now())
    exchange = { sent: 'answered', status: response.status, headers: response.headers, body: parsed(bytes) }
    return rebuilt(response, bytes)
  }

  return {
    io: {
      fetch: guardedFetch,
      now: clock.now(),
      get clockOffsetMs() {
        return clockOffsetMs
      },
      signal: context.signal,
      token: context.token,
      noteSkew: context.onSkew,
    },
    lastExchange: () => exchange,
  }
}

/** Refuses another origin, and secrets in a URL beyond those that the vendor demands there. */
function checkUrl(url: URL, { provider, secrets }: CallContext): void {
  if (url.origin !== provider.server.origin) {
    throw new ChaveiroError(
      'origin',
      `Token calls of ${provider.id} go to ${provider.server.origin} only, not to ${url.origin}.`,
      {
        provider: provider.id,
      },
    )
  }
  const allowed = new Set(provider.secretQuery)
  const visible = [decoded(url.pathname), ...[...url.searchParams].filter(([name]) => !allowed.has(name)).flat()]
  if (secrets.some((value) => value !== '' && visible.some((part) => part.includes(value)))) {
    throw new ChaveiroError(
      'misconfigured',
      `${provider.id} put a secret into a URL without declaring it in secretQuery.`,
      {
        provider: provider.id,
      },
    )
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

async function readCapped(response: Response, provider: string): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength
    if (size > ANSWER_CAP_BYTES) {
      await reader?.cancel().catch(() => {})
      throw new ChaveiroError('malformed-response', `The answer to a token call of ${provider} is larger than 1 MiB.`, {
        provider,
      })
    }
    chunks.push(part.value)
  }
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

// Lengths and encodings described the bytes on the wire, not those in hand.
const WIRE_HEADERS = ['content-encoding', 'content-length', 'transfer-encoding']

function rebuilt(response: Response, bytes: Uint8Array<ArrayBuffer>): Response {
  // Browsers hide a redirect as status 0, which no Response can be built with; as an answer it is a redirect all the same.
  const status = response.status === 0 ? 302 : response.status
  const headers = new Headers(response.headers)
  for (const name of WIRE_HEADERS) headers.delete(name)
  const empty = bytes.byteLength === 0
  // openapi-fetch takes an answer of length 0 as one without data, instead of failing to parse it.
  if (empty) headers.set('content-length', '0')
  return new Response(empty ? null : bytes, { status, statusText: response.statusText, headers })
}

function parsed(bytes: Uint8Array): unknown {
  if (bytes.byteLength > FAILURE_BODY_CAP_CHARS) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function offsetOf(date: string | null, startedAt: number, endedAt: number): number {
  const server = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(server)) return 0
  // The header is cut to the second: half a second later is its middle.
  const offset = server + 500 - (startedAt + endedAt) / 2
  return Math.abs(offset) <= CLOCK_NOISE_MS + (endedAt - startedAt) / 2 ? 0 : Math.round(offset)
}

/** The short description in an error body of the usual shapes, if it cannot hold a secret. */
export function safeTitle(body: unknown, secrets: readonly string[]): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const title: unknown = 'title' in body ? body.title : 'error' in body ? body.error : undefined
  if (typeof title !== 'string' || title.length > 80) return undefined
  // Words only: no run that could be a token, no control character, and none of the secrets at hand.
  if (!/^[\p{L}\p{N}\p{P}\p{Zs}]*$/u.test(title) || /\S{25,}/.test(title)) return undefined
  return secrets.some((value) => value !== '' && title.includes(value)) ? undefined : title
}

/** Which failure a provider's code ended with, by what it last did. */
export function failureOf(phase: ProviderPhase, exchange: Exchange | undefined): ProviderFailure {
  return { phase, ...(exchange ?? { sent: 'no' }) }
}
