import type { ClientCertificate, PresentedCertificate } from '../client-certificate.ts'
import { showsMask } from '../secret.ts'

/**
 * What Chaveiro needs of a `fetch`, and what `source.fetch` is. Written with names that a consumer without DOM types
 * knows too.
 */
export interface Fetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>
  /**
   * Returns a fetch whose connections present this certificate to servers that ask for one. `nodeFetch()` of
   * `@chaveiro/core/node` has it. If absent, providers that ask for a client certificate can't be used with this fetch.
   */
  presenting?(certificate: ClientCertificate): Fetch
  /** The certificate that it presents, if it presents one. */
  readonly presents?: PresentedCertificate | undefined
  /**
   * Sends over connections that carried nothing before: for the repeat of a token call whose connection was dead.
   * Absent: a repeat is an ordinary call.
   */
  readonly fresh?: Fetch | undefined
}

/** The platform's own, looked up at each call, so that a test or an instrumentation that replaces it is seen. */
export const platformFetch: Fetch = (input, init) => globalThis.fetch(input, init)

let init: RequestInit | undefined

/**
 * `cache: 'no-store'`, so that a framework's fetch keeps no answer to a call with a secret. Empty where the platform
 * refuses the field, as workerd does up to the compatibility date 2024-11-10.
 */
export function noStore(): RequestInit {
  if (init === undefined) {
    init = { cache: 'no-store' }
    try {
      new Request('http://localhost', init)
    } catch {
      init = {}
    }
  }
  return init
}

// What a Request says besides its URL, headers, body and signal. `cf` is workerd's.
const FIELDS =
  /* @__PURE__ */ 'method mode credentials cache redirect referrer referrerPolicy integrity keepalive cf'.split(' ')

/** The Request that a call was made with, told from a string or a URL by its shape: it may be another library's. */
export function requestIn(input: string | URL | Request): Request | undefined {
  return typeof input === 'string' || 'href' in input ? undefined : input
}

/**
 * A call's own init as a plain object: what the Request says, with the properties that frameworks hang on it (`next`),
 * and over that what the init says. Other libraries' fetches cannot read a Request of the platform's.
 */
export function plainInit(request: Request | undefined, init: object): RequestInit {
  const plain: Record<string, unknown> = { ...(request && Object.fromEntries(Object.entries(request))), ...init }
  for (const name of request ? FIELDS : []) plain[name] ??= Reflect.get(Object(request), name)
  // No program may ask for `navigate` (Fetch Standard, Request constructor).
  if (plain['mode'] === 'navigate') delete plain['mode']
  return plain
}

/** Headers as a plain object. Not by their iterator, which costs more than all else that is done with them. */
export function plainHeaders(headers: Headers): Record<string, string> {
  const entries: [string, string][] = []
  headers.forEach((value, name) => void entries.push([name, value]))
  return Object.fromEntries(entries)
}

// A Request's signal hears of its source only as long as the Request itself is held.
const holders = new WeakMap<AbortSignal, Request>()

/**
 * A call as a URL and a plain init, with the body read whole: as text where it is text of a stated type, otherwise as
 * bytes. For token calls and the typed client, whose bodies are small.
 */
export async function plainCall(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<{ url: string; plain: RequestInit }> {
  const given = requestIn(input)
  if (given) holders.set(given.signal, given)
  const signal = init.signal ?? given?.signal ?? null
  // Reading a body from a Request costs more than the rest of this. So one that is at hand is read, not copied, and a
  // text isn't put into one.
  const text = !given && init.method === 'POST' && typeof init.body === 'string' ? init.body : ''
  const isWhole = given && !init.method && !init.headers && (init.body ?? null) === null
  const request = isWhole ? given : new Request(input, { ...init, signal: null, ...(text && { body: null }) })
  const { url, method } = request
  const headers = plainHeaders(request.headers)
  // Fetch Standard, "extract a body": the type of a text.
  if (text) headers['content-type'] ??= 'text/plain;charset=UTF-8'
  const bytes = text ? undefined : await request.arrayBuffer()
  const body = text || (bytes?.byteLength ? ('content-type' in headers ? textOf(bytes) : bytes) : null)
  return { url, plain: { ...plainInit(given, init), method, headers, body, signal } }
}

/** Only where it gives the same bytes again. */
function textOf(bytes: ArrayBuffer): string | ArrayBuffer {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}

/** Refuses headers made with a token or a secret that was printed, as `${token}` does: the server would get its mask. */
export function refusePrintedSecrets(headers: Headers): void {
  headers.forEach((value, name) => {
    if (!showsMask(value)) return
    throw new TypeError(
      `The header ${name} holds what a token or secret prints, not its value. Write \`\${token.reveal()}\`, or leave Authorization to the account's fetch.`,
    )
  })
}
