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

/** What of the provider's headers goes to the caller; names and values in turn, as they came. */
export function answerFields(fields: readonly string[]): string[] {
  const dropped = namedBy(valuesOf(fields, 'connection'))
  const isDecoded = valuesOf(fields, 'content-encoding') !== undefined && isReadable(fields)
  const answered: string[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const given = fields[at] ?? ''
    const name = given.toLowerCase()
    if (NOT_ANSWERED.has(name) || dropped.includes(name) || NOT_ANSWERED_BY_PREFIX.test(name)) continue
    if (isDecoded && ABOUT_CODING.has(name)) continue
    answered.push(given, fields[at + 1] ?? '')
  }
  return answered
}

const ABOUT_CODING = new Set(['content-encoding', 'content-length'])

/** Can the body be searched? */
export function isReadable(fields: readonly string[]): boolean {
  return listed(valuesOf(fields, 'content-encoding')).every((coding) => DECODED.has(coding))
}

/** All lines of a field, as one list (RFC 9110 §5.3). `name` is in lower case. */
function valuesOf(fields: readonly string[], name: string): string | undefined {
  let all: string | undefined
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const given = fields[at]
    if (given?.length !== name.length || given.toLowerCase() !== name) continue
    all = all === undefined ? fields[at + 1] : `${all},${fields[at + 1]}`
  }
  return all
}

function namedBy(connection: string | undefined): readonly string[] {
  return connection === undefined || connection === 'keep-alive' ? NONE : listed(connection)
}

// Most connections name nothing else, and `keep-alive` is dropped anyway.
const NONE: readonly string[] = []

function listed(value = ''): readonly string[] {
  return value
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '')
}
