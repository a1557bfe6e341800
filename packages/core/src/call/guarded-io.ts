import type { AccountRef } from '../account-ref.ts'
import { isObject } from '../brands.ts'
import type { CertificateInput } from '../client-certificate.ts'
import { ChaveiroError } from '../errors.ts'
import { bodyReader } from '../http/body-reader.ts'
import { connectionAdvice } from '../http/connection-advice.ts'
import { failureOfError } from '../http/failure.ts'
import { type Fetch, noStore, plainCall } from '../http/fetch.ts'
import type { ProviderFailure, ProviderIo } from '../provider/provider-io.ts'
import { originsOf } from '../provider/server.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { refuseSecretsInUrl, showsSecret } from '../secret-traces.ts'
import { malformed } from '../token/grant.ts'
import type { CallServices } from './call-services.ts'

const ANSWER_CAP_BYTES = 1024 * 1024
const FAILURE_BODY_CAP_CHARS = 64 * 1024
// The Date header counts whole seconds; below this a difference says nothing about a clock.
const CLOCK_NOISE_MS = 2_000

/** What the calls of a manager share. */
export interface GuardedServices
  extends Pick<CallServices<never, unknown>, 'clock' | 'clockOffsetMs' | 'emit' | 'fetch' | 'parentToken'> {
  readonly provider: Pick<TokenProvider<never>, 'id' | 'server' | 'operationServers' | 'secretQuery' | 'certificates'>
}

/** One token call's surroundings. */
export interface CallContext {
  readonly account: AccountRef
  readonly signal: AbortSignal
  /** Strings that must not be in a URL, except where the provider declares it. */
  readonly secrets: readonly string[]
  /** Notes the end that the next request asks for. */
  readonly noteRequestedExpiry?: ProviderIo['noteRequestedExpiry'] | undefined
  /** Waited for just before each request leaves; when it rejects, none does. */
  readonly beforeSending?: (() => Promise<void>) | undefined
  /** Called when a request leaves, and again if it certainly never left. `false`: nothing is in flight. */
  readonly onSent?: ((sent: boolean) => void) | undefined
  readonly onSkew?: (() => void) | undefined
  /** Called with how far the provider's clock is ahead, as its answers show. */
  readonly onOffset?: ((ms: number) => void) | undefined
}

/** What became of the last request of a call. */
type Exchange = Omit<ProviderFailure, 'phase'>

/** The same with the body as it came. */
interface RawExchange extends Omit<Exchange, 'body'> {
  readonly bytes?: Uint8Array | undefined
}

export interface GuardedIo {
  readonly io: ProviderIo
  lastExchange(): Exchange | undefined
  /** All that must not be shown: the secrets of the context, tokens of parent schemes, texts of successful answers. */
  secrets(): readonly string[]
}

/** Makes the `io` of a provider, its only access to the network. */
export function guardedIo(services: GuardedServices, context: CallContext): GuardedIo {
  const { clock, provider } = services
  const { account, signal } = context
  const secrets = [...context.secrets]
  const answered: Uint8Array[] = []
  let exchange: RawExchange | undefined
  let mayHaveActed = false
  // As far as earlier answers have shown it.
  let clockOffsetMs = services.clockOffsetMs()

  const guarded = async (
    input: string | URL | Request,
    init: RequestInit | undefined,
    certificate?: CertificateInput,
  ): Promise<Response> => {
    const { url, plain } = await plainCall(input, { ...init, redirect: 'manual', signal })
    checkUrl(new URL(url), provider, secrets)
    const pair = /^Basic (.+)$/i.exec(new Headers(plain.headers).get('authorization') ?? '')?.[1]
    // An answer that repeats the pair shows both of what it was made from.
    if (pair !== undefined) secrets.push(pair)
    const send = certificate === undefined ? services.fetch : await certified(certificate)
    signal.throwIfAborted()
    await context.beforeSending?.()
    // Time may be up, or all callers may have given up. Not every fetch looks at its signal before it sends.
    signal.throwIfAborted()
    context.onSent?.(true)
    exchange = { sent: 'maybe' }
    const startedAt = clock.now()
    let response: Response
    let bytes: Uint8Array<ArrayBuffer> | undefined
    try {
      response = await send(url, { ...plain, ...noStore(), signal })
      bytes = await readCapped(response)
    } catch (error) {
      if (failureOfError(error).applied === 'no') {
        exchange = { sent: 'no' }
        // An earlier request of the same call may still have been applied.
        context.onSent?.(mayHaveActed)
      }
      throw error
    } finally {
      mayHaveActed ||= exchange.sent !== 'no'
    }
    const { status, headers } = response
    const offset = offsetOf(headers.get('date'), startedAt, clock.now())
    if (offset !== undefined) context.onOffset?.(offset)
    clockOffsetMs = offset ?? 0
    exchange = { sent: 'answered', status, headers, bytes }
    if (response.ok && bytes) answered.push(bytes)
    if (bytes === undefined && response.ok) {
      throw malformed('more than 1 MiB')
    }
    // The status of an error says enough.
    return rebuilt(response, bytes ?? new Uint8Array())
  }

  const certified = async (input: CertificateInput): Promise<Fetch> => {
    const presenting = await provider.certificates?.present(services, account, input)
    if (presenting === undefined) throw new ChaveiroError('misconfigured', `${provider.id} has no certificates.`)
    secrets.push(...presenting.secrets)
    return presenting.fetch
  }

  return {
    io: {
      fetch: (input, init) => guarded(input, init),
      presenting: (certificate) => (input, init) => guarded(input, init, certificate),
      account,
      now: clock.now(),
      get clockOffsetMs() {
        return clockOffsetMs
      },
      signal,
      // A call that was given up may not notice, and would go on next to the next call.
      lookUp: async (url) => {
        checkUrl(url, provider, secrets)
        signal.throwIfAborted()
        const init: RequestInit = { headers: { accept: 'application/json' }, redirect: 'manual', ...noStore(), signal }
        try {
          const response = await services.fetch(url.href, init)
          return rebuilt(response, (await readCapped(response)) ?? new Uint8Array())
        } catch (error) {
          signal.throwIfAborted()
          const advice = connectionAdvice(error) ?? 'It is tried again after a pause.'
          throw new ChaveiroError('unavailable', `${url.href} could not be read. ${advice}`)
        }
      },
      token: async (scheme, options) => {
        signal.throwIfAborted()
        const held = await services.parentToken(account, scheme, options)
        secrets.push(held.reveal())
        return held
      },
      noteRequestedExpiry: async (expiresAt) => {
        signal.throwIfAborted()
        await context.noteRequestedExpiry?.(expiresAt)
      },
      noteSkew: () => context.onSkew?.(),
    },
    // Parsed when a failure is described, because most calls succeed.
    lastExchange: () => exchange && exchangeOf(exchange),
    secrets: () => [...secrets, ...answered.flatMap((bytes) => textsIn(parsed(bytes)))],
  }
}

function exchangeOf({ bytes, ...facts }: RawExchange): Exchange {
  return facts.sent === 'answered' ? { ...facts, body: bytes && parsed(bytes) } : facts
}

/** Refuses another origin, and secrets in a URL beyond those that the vendor demands there. */
function checkUrl(url: URL, provider: GuardedServices['provider'], secrets: readonly string[]): void {
  const { server, operationServers, secretQuery = [] } = provider
  if (url.origin !== server.origin) {
    const origins = originsOf({ server, operationServers })
    if (!origins.has(url.origin)) {
      throw new ChaveiroError('origin', `Token calls go to ${[...origins].join(', ')} only, not to ${url.origin}.`)
    }
  }
  refuseSecretsInUrl(url, secretQuery, secrets)
}

/** `undefined`: larger than the cap, so the rest was not read. */
async function readCapped(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // Without a `body` (React Native) the answer can only be read whole.
  if (response.body === undefined) return new Uint8Array(await response.arrayBuffer())
  const reader = response.body && bodyReader(response.body)
  const chunks: Uint8Array[] = []
  let size = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength
    if (size > ANSWER_CAP_BYTES) {
      void reader?.cancel().catch(() => {})
      return undefined
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

// Lengths and encodings describe the bytes on the wire, not the decoded ones.
const WIRE_HEADERS = ['content-encoding', 'content-length', 'transfer-encoding']

function rebuilt(response: Response, bytes: Uint8Array<ArrayBuffer>): Response {
  // Browsers hide a redirect as status 0, which no Response can be built with; as an answer it is a redirect all the
  // same.
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

/** The texts in an answer that are long enough to be a token. */
function textsIn(body: unknown, depth = 0): string[] {
  if (typeof body === 'string') return body.length < 8 ? [] : [body]
  if (!isObject(body) || depth > 4) return []
  return Object.values(body).flatMap((value) => textsIn(value, depth + 1))
}

/** `undefined`: the answer does not say. */
function offsetOf(date: string | null, startedAt: number, endedAt: number): number | undefined {
  const server = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(server)) return undefined
  // The header is cut to the second, so the middle of that second is assumed.
  const offset = server + 500 - (startedAt + endedAt) / 2
  return Math.abs(offset) <= CLOCK_NOISE_MS + (endedAt - startedAt) / 2 ? 0 : Math.round(offset)
}

/** The short description in an error body of the usual shapes, if it cannot hold a secret. */
export function safeTitle(body: unknown, secrets: readonly string[]): string | undefined {
  if (!isObject(body)) return undefined
  const title: unknown = 'title' in body ? body.title : 'error' in body ? body.error : undefined
  if (typeof title !== 'string' || title.length > 80) return undefined
  // Words only: no run that could be a token, no control character, no known secret.
  if (!/^[\p{L}\p{N}\p{P}\p{Zs}]*$/u.test(title) || /\S{25,}/.test(title)) return undefined
  return showsSecret(title, secrets) ? undefined : title
}
