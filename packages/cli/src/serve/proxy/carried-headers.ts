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

/** What of the caller's headers goes to the provider. The package's own replace those of the same name later. */
export function requestHeaders(raw: readonly string[], incoming: IncomingHttpHeaders, holdsTokens: boolean): Headers {
  const dropped = new Set([...HOP_BY_HOP, ...OURS, ...namedBy(incoming.connection), ...(holdsTokens ? [] : RANGES)])
  const headers = new Headers()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    if (!dropped.has(name) && !OURS_BY_PREFIX.test(name)) headers.append(name, raw[at + 1] ?? '')
  }
  // What comes back is searched for secrets, which is cheaper where it isn't compressed.
  headers.set('accept-encoding', 'identity')
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
  const dropped = new Set([...NOT_ANSWERED, ...namedBy(headers.get('connection') ?? undefined)])
  if (isDecoded(headers)) for (const name of ['content-encoding', 'content-length']) dropped.add(name)
  return [...headers].filter(([name]) => !dropped.has(name) && !NOT_ANSWERED_BY_PREFIX.test(name))
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
