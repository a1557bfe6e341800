// One file of its own kind: it imports no engine, because it keeps, repeats and refreshes nothing.
import { CardTokenError } from './card-errors.ts'
import { cardDigits } from './card-number.ts'

/** What {@link tokenizeCard} takes. */
export interface TokenizeCardOptions {
  /** `'sandbox'`, or the URL of another server: https, or http on this machine. */
  server: 'sandbox' | URL
  /** The client token: in the dashboard under Perfil e preferências > Desenvolvedor > Chave do cliente. */
  clientToken: string
  /** As the customer writes it: digits, with or without spaces and dashes. */
  cardNumber: string
  /** Ends the call early, for example `AbortSignal.timeout(15_000)`. @default no bound but the platform's */
  signal?: AbortSignal | undefined
}

/**
 * Turns a card number into a card token, on the customer's own device: a browser, a mobile or a desktop app. The number
 * goes to Genpag and nowhere else. It is sent once, no redirect is followed, and nothing is kept or logged.
 *
 * @example
 * const cardToken = await tokenizeCard({ server: 'sandbox', clientToken, cardNumber: field.value })
 * @returns the card token, which servers use in place of the number.
 * @throws {CardNumberError} when the number has a mistake in it: nothing was sent.
 * @throws {CardTokenError} when Genpag gives no card token; `code` says why.
 * @throws {TypeError} for another mistaken argument. On a server always: card data must not pass through one.
 */
export async function tokenizeCard(options: TokenizeCardOptions): Promise<string> {
  const { clientToken, cardNumber, signal } = options
  const url = endpointAt(options.server)
  requireClientToken(clientToken)
  const digits = cardDigits(cardNumber)
  const response = await send(url, signal, {
    method: 'POST',
    // The one call of Genpag's that takes its token without `Bearer` (cobrando_no_credito.md).
    headers: { authorization: clientToken, 'content-type': 'application/json' },
    body: JSON.stringify({ card_number: digits }),
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  })
  if (!response.ok) throw refusal(response)
  return cardTokenIn(await readJson(response, signal), digits)
}

const SERVERS = { sandbox: 'https://api-sandbox.genpag.com.br' } as const

function endpointAt(server: 'sandbox' | URL): URL {
  const isNamed = server === 'sandbox'
  if (!isNamed && !(typeof server === 'object' && server !== null && 'href' in server)) {
    throw new TypeError(
      "Genpag: server is missing or unknown. Pass 'sandbox' or a URL: new URL('https://…'). No public document that could " +
        'be read names the host of production: ask Genpag for it.',
    )
  }
  const url = new URL(isNamed ? SERVERS.sandbox : server.href)
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new TypeError(
      'Genpag: server must be https, or http on this machine: a card number is not sent in the clear.',
    )
  }
  // fetch refuses such a URL in an error that quotes it.
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('Genpag: server must not carry a user name or a password. Take them out of the URL.')
  }
  return new URL(`${url.origin}${url.pathname.replace(/\/$/, '')}/api/tokenize`)
}

/** Looked at here, because an error about a header quotes it. */
function requireClientToken(clientToken: unknown): void {
  if (typeof clientToken === 'string' && /^[\x21-\x7e]+$/.test(clientToken)) return
  throw new TypeError(
    'Genpag: clientToken is the client token alone, without Bearer or a space. It is in the dashboard under Perfil e ' +
      'preferências > Desenvolvedor > Chave do cliente.',
  )
}

async function send(url: URL, signal: AbortSignal | undefined, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url.href, { ...init, signal: signal ?? null })
  } catch {
    // Its own error is dropped: what a platform writes into it is not ours to know.
    signal?.throwIfAborted()
    throw new CardTokenError('unavailable')
  }
}

/** Which statuses Genpag uses is undocumented, so they are read as HTTP defines them (RFC 9110 §15). */
function refusal({ status, type }: Response): CardTokenError {
  // Browsers hide what a redirect says.
  if (type === 'opaqueredirect') return new CardTokenError('redirected')
  if (status < 400) return new CardTokenError('redirected', status)
  if (status === 401 || status === 403) return new CardTokenError('client-token-refused', status)
  if (status === 429) return new CardTokenError('throttled', status)
  return new CardTokenError(status >= 500 || status === 408 ? 'unavailable' : 'refused', status)
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    signal?.throwIfAborted()
    const isUnreadable = isObject(error) && 'name' in error && error.name === 'SyntaxError'
    throw new CardTokenError(isUnreadable ? 'malformed-response' : 'unavailable', response.status)
  }
}

function cardTokenIn(answer: unknown, digits: string): string {
  const data = isObject(answer) && 'data' in answer ? answer.data : undefined
  const token = isObject(data) && 'number_token' in data ? data.number_token : undefined
  // Whoever gets the token hands it to a server, so a number that comes back as one must not pass.
  if (typeof token === 'string' && token !== '' && !token.includes(digits)) return token
  throw new CardTokenError('malformed-response')
}

/** Not by `instanceof`, which is false for the values of another realm. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
