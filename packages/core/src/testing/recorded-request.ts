/** What left, in plain text: for assertions, not for logs. */
export interface RevealedRequest {
  /** In upper case. */
  readonly method: string
  /** Absolute, with its query. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty where there was none. */
  readonly body: string
}

/**
 * A request that left. Printing it shows no secret: values of the query and of headers that could carry one, and the
 * body, are masked. `reveal()` gives everything.
 */
export interface RecordedRequest extends RevealedRequest {
  /** Everything, secrets included: for assertions. */
  reveal(): RevealedRequest
}

const MASK = '[hidden]'
const HARMLESS_HEADERS = /^(accept|content|user-agent$|idempotency-key$|prefer$)/

/** Reads a request without using it up. */
export async function recordRequest(request: Request): Promise<RecordedRequest> {
  const { method, url } = request
  const revealed: RevealedRequest = {
    method,
    url,
    headers: Object.fromEntries(request.headers),
    body: await request.clone().text(),
  }
  const headers = Object.entries(revealed.headers).map(([name, value]) => [
    name,
    HARMLESS_HEADERS.test(name) ? value : MASK,
  ])
  const masked: RevealedRequest = {
    method,
    url: maskedUrl(url),
    headers: Object.fromEntries(headers),
    body: revealed.body === '' ? '' : MASK,
  }
  // Not enumerable, so that comparing and printing are about the data alone.
  return Object.defineProperty({ ...masked, reveal: () => revealed }, 'reveal', { enumerable: false })
}

function maskedUrl(text: string): string {
  const url = new URL(text)
  const names = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => `${pair.split('=', 1)[0]}=${MASK}`)
  return `${url.origin}${url.pathname}${names.length > 0 ? '?' : ''}${names.join('&')}`
}
