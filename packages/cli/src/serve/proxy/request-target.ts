/** What a request asks for, as it came: nothing in it is decoded or changed on its way to the provider. */
export interface RequestTarget {
  /** Begins with `/`. */
  readonly path: string
  /** With its `?`, or empty. */
  readonly search: string
  /** The path's segments, decoded. A closing slash is a last one that is empty. */
  readonly segments: readonly string[]
}

/** Why a target is refused. The sentence goes to the caller. */
export class BadTarget extends Error {
  override readonly name: string = 'BadTarget'
}

// What RFC 3986 §3.3 and §3.4 let a path and a query be, and the brackets that many APIs take in a query (`filter[name]`).
const PATH = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/
const QUERY = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/?[\]|]*$/
// A server may decode once more, or take the decoded character for what divides a path.
const AMBIGUOUS = /%(?:2f|5c|00|25)/i

/**
 * Judges the raw target of a request, before anything has parsed it: what servers read in different ways is refused, so
 * that the provider can't see another path than the rules did.
 * @throws {BadTarget}
 */
export function readTarget(target: string): RequestTarget {
  const [path = '', ...queries] = target.split('?')
  const search = queries.length === 0 ? '' : `?${queries.join('?')}`
  if (!path.startsWith('/')) throw new BadTarget('The path must begin with a slash.')
  if (!PATH.test(path)) {
    throw new BadTarget('The path has a character that must be percent-encoded, or a backslash, which it may not have.')
  }
  if (!QUERY.test(search)) throw new BadTarget('The query has a character that must be percent-encoded.')
  if (AMBIGUOUS.test(path)) throw new BadTarget('The path may not have %2F, %5C, %00 or %25.')
  const segments = path.slice(1).split('/').map(decodedSegment)
  if (segments.slice(0, -1).includes('')) throw new BadTarget('The path has an empty segment.')
  if (segments.some(isDots)) throw new BadTarget('The path may not have the segments "." and "..".')
  return { path, search, segments }
}

function decodedSegment(segment: string): string {
  if (!segment.includes('%')) return segment
  let decoded: string
  try {
    decoded = decodeURIComponent(segment)
  } catch {
    throw new BadTarget('The path has an invalid percent-encoding.')
  }
  if (/\p{Cc}/u.test(decoded)) throw new BadTarget('The path may not have control characters.')
  return decoded
}

/** Some servers cut what follows a `;` before they look for dots. */
function isDots(segment: string): boolean {
  const [name = ''] = segment.split(';')
  return name === '.' || name === '..'
}

/** Does a `;` divide a segment? Servers differ in whether what follows belongs to its name. */
export function hasParameters({ segments }: RequestTarget): boolean {
  return segments.some((segment) => segment.includes(';'))
}

/** The names in a query, decoded as servers do: `+` is a space in a form, and a plus elsewhere, so both count. */
export function queryNames(search: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const pair of search.slice(1).split(/[&;]/)) {
    const [name = ''] = pair.split('=', 1)
    for (const text of [name, name.replaceAll('+', ' ')]) names.add(decodedName(text))
  }
  return names
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new BadTarget('The query has an invalid percent-encoding.')
  }
}
