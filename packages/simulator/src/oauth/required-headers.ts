import type { OAuthHeaders } from './facts.ts'

/** What is wrong with the headers of a request, without their values; undefined: nothing. */
export const problemOfHeaders = (headers: Headers, demanded: OAuthHeaders): string | undefined => {
  for (const [name, wanted] of Object.entries(demanded)) {
    const value = headers.get(name)
    if (value === null) return `header.${name}: required, but missing`
    const isRight = typeof wanted === 'string' ? value === wanted : value.search(wanted) >= 0
    if (!isRight) return `header.${name}: expected another value`
  }
  return undefined
}
