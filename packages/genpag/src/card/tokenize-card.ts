// One file of its own kind: it imports no engine, because it keeps, repeats and refreshes nothing.
import { CardTokenError } from './card-errors.ts'
import { checkCard, type TokenizeCardOptions } from './check-card.ts'

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
  const { clientToken, signal } = options
  const { url, digits } = checkCard(options)
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
  const text = await response.text().catch(() => {
    signal?.throwIfAborted()
    throw new CardTokenError('unavailable', response.status)
  })
  // Parsed here, because a test runner's `fetch` parses, and fails, with the classes of another realm.
  try {
    return JSON.parse(text)
  } catch {
    throw new CardTokenError('malformed-response', response.status)
  }
}

function cardTokenIn(answer: unknown, digits: string): string {
  const token = fieldOf(fieldOf(answer, 'data'), 'number_token')
  // The page hands the token to a server, so a number that comes back as one must not pass.
  if (typeof token === 'string' && token !== '' && !token.includes(digits)) return token
  throw new CardTokenError('malformed-response')
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
