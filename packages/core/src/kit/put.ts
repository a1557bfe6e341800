import { queryName, queryPairs } from '../secret-traces.ts'

/** What a request may carry under a name. `undefined` and `''`: nothing. */
type Value = string | number | boolean | undefined

/** Sets a header, unless the value was not given. */
export function putHeader(headers: Headers, name: string, value: Value): void {
  if (isGiven(value)) headers.set(name, String(value))
}

/** Sets a parameter of the query, unless the value was not given. The rest stays as its author wrote it. */
export function putQuery(url: URL, name: string, value: Value): void {
  if (!isGiven(value)) return
  const others = queryPairs(url.search).filter((pair) => pair !== '' && queryName(pair) !== name)
  url.search = [...others, `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`].join('&')
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== ''
}
