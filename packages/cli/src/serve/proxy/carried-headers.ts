import type { IncomingHttpHeaders } from 'node:http'

// RFC 9110 §7.6.1, and what older proxies knew. What `Connection` names is added to them.
const HOP_BY_HOP = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection']

// Made again for the provider's connection, or about this server, or a way to ask for another request than the one that
// was judged.
const OURS = [
  'host',
  'content-length',
  'expect',
  'accept-encoding',
  'authorization',
  'cookie',
  'forwarded',
  'x-real-ip',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-url',
  'x-rewrite-url',
  'origin',
  'referer',
]
const OURS_BY_PREFIX = /^(?:x-forwarded-|proxy-|sec-)/

// A part of an answer could hold a part of a secret, which no check finds.
const RANGES = ['range', 'if-range']

const NOT_SENT = new Set([...HOP_BY_HOP, ...OURS])
const NOT_SENT_WITHOUT_TOKEN = new Set([...NOT_SENT, ...RANGES])

/** What of the caller's headers goes to the provider. The package's own replace those of the same name later. */
export function requestHeaders(
  raw: readonly string[],
  incoming: IncomingHttpHeaders,
  holdsTokens: boolean,
): Record<string, string> {
  const named = namedBy(incoming.connection)
  const dropped = holdsTokens ? NOT_SENT : NOT_SENT_WITHOUT_TOKEN
  // What comes back is searched for secrets, which is cheaper where it isn't compressed.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' }
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    if (dropped.has(name) || named.includes(name) || OURS_BY_PREFIX.test(name)) continue
    // The lines of a field are one list (RFC 9110 §5.3).
    const before = Object.hasOwn(headers, name) ? `${headers[name]}, ` : ''
    headers[name] = before + (raw[at + 1] ?? '')
  }
  return headers
}

const NOT_ANSWERED = new Set([
  ...HOP_BY_HOP,
  'set-cookie',
  'set-cookie2',
  'alt-svc',
  'strict-transport-security',
  'clear-site-data',
  // Rewritten where the answer is a redirect.
  'location',
])
const NOT_ANSWERED_BY_PREFIX = /^(?:access-control-|proxy-)/

// What every fetch of Node undoes by itself.
const DECODED = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'identity'])

/** What of the provider's headers goes to the caller. */
export function answerHeaders(headers: Headers): [string, string][] {
  const named = namedBy(headers.get('connection') ?? undefined)
  const dropped = isDecoded(headers) ? [...named, 'content-encoding', 'content-length'] : named
  const answered: [string, string][] = []
  // Their iterator sorts them first.
  headers.forEach((value, name) => {
    if (!NOT_ANSWERED.has(name) && !dropped.includes(name) && !NOT_ANSWERED_BY_PREFIX.test(name)) {
      answered.push([name, value])
    }
  })
  return answered
}

/** Has the body been decoded on its way here? */
function isDecoded(headers: Headers): boolean {
  return headers.has('content-encoding') && isReadable(headers)
}

/** Can the body be searched? */
export function isReadable(headers: Headers): boolean {
  return listed(headers.get('content-encoding')).every((coding) => DECODED.has(coding))
}

function namedBy(connection: string | undefined): readonly string[] {
  return listed(connection ?? null)
}

function listed(value: string | null): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '')
}
