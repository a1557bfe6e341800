/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). */
export interface Challenge {
  /** Lower case: schemes and parameter names are compared without regard to case. */
  readonly scheme: string
  readonly token68?: string | undefined
  /** Names in lower case. If a parameter is given twice, the last one counts. */
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = "[!#$%&'*+.^_`|~\\w-]+"
const SEPARATORS = /[\s,]*/y
const PARAMETER = new RegExp(`(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))`, 'y')
const SCHEME = new RegExp(`(${TOKEN})(?=[\\s,]|$)`, 'y')
const SPACES = /\s+/y
const TOKEN68 = /([\w.~+/-]+=*)(?=[\s,]|$)/y

/**
 * Reads a `WWW-Authenticate` value: several challenges in one header (a platform joins repeated headers with commas),
 * odd case, commas inside quotes, empty list members. Empty if the value is malformed: nothing can be decided by
 * half of a challenge.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(header)
    if (found) at = pattern.lastIndex
    return found
  }
  // Parameters of the challenge being read; none after a bare scheme or a token68, which take no parameters.
  let parameters: Map<string, string> | undefined
  for (match(SEPARATORS); at < header.length; match(SEPARATORS)) {
    const parameter = parameters && match(PARAMETER)
    if (parameter) {
      const [, name = '', quoted, bare = ''] = parameter
      parameters?.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare)
      continue
    }
    const scheme = match(SCHEME)
    if (!scheme) return []
    // Parameters follow their scheme after a space (RFC 9110 §11.3). After a comma the next challenge begins.
    parameters = match(SPACES) ? new Map() : undefined
    const token68 = parameters && !isParameterNext() ? match(TOKEN68)?.[1] : undefined
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), token68, parameters: parameters ?? new Map() })
    if (token68 !== undefined) parameters = undefined
  }
  return challenges

  function isParameterNext(): boolean {
    PARAMETER.lastIndex = at
    return PARAMETER.test(header)
  }
}
