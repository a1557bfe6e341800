import { ChaveiroError } from '../errors.ts'
import { showsSecret } from '../secret-traces.ts'

/**
 * Refuses secrets in a URL beyond those that the vendor demands there.
 * @throws {ChaveiroError} `misconfigured`
 */
export function refuseSecretsInUrl(
  { pathname, search }: Pick<URL, 'pathname' | 'search'>,
  secretQuery: readonly string[],
  secrets: readonly string[],
): void {
  // By hand, because URLSearchParams turns a bare `+` into a space, but the URL has the `+`.
  const undeclared = queryPairs(search).filter((pair) => !secretQuery.includes(queryName(pair)))
  const visible = `${pathname}?${undeclared.join('&')}`
  // A word as short as `br` is part of many others, so only the whole word counts.
  const long = secrets.filter((value) => value.length >= 6)
  const words = visible.split(/[/?&=]/).flatMap((word) => [word, decoded(word)])
  if (
    [visible, decoded(visible)].some((text) => showsSecret(text, long)) ||
    words.some((word) => word && secrets.includes(word))
  ) {
    throw new ChaveiroError(
      'misconfigured',
      'A URL holds a secret that secretQuery does not declare. An input is secret unless it is declared otherwise.',
    )
  }
}

/** The pairs of a query as they are written. */
export function queryPairs(search: string): readonly string[] {
  return search.slice(1).split('&')
}

/** The name in a pair. */
export function queryName(pair: string): string {
  return decoded(pair.split('=', 1)[0] ?? '')
}

/** Percent-decoded, run by run: one that is malformed hides nothing else. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
