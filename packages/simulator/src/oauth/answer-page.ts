import type { Simulator } from '../simulation.ts'
import type { OAuthDecision } from './options.ts'

/** The page that asks a person, as a browser finds it. */
interface Page {
  readonly write: (scopes: readonly string[]) => string
  readonly origin: string
}

/**
 * Answers a page in the place of a person, and returns the address that the browser is sent to.
 *
 * @throws {TypeError} where the page keeps the browser.
 */
export const answerPage = async (
  { fetch }: Pick<Simulator, 'fetch'>,
  { write, origin }: Page,
  address: string | URL,
  { allow, account, scopes, error }: OAuthDecision,
): Promise<string> => {
  const body = new URLSearchParams({ decision: allow ? 'allow' : 'deny' })
  if (account !== undefined) body.set('account', account)
  if (scopes !== undefined) body.set('scope', write(scopes))
  if (error !== undefined) body.set('error', error)
  // The page of a single-page application, whose route is in the fragment, asks its server itself.
  const { pathname, search, hash } = new URL(address)
  const page = new URL(hash.startsWith('#/') ? hash.slice(1) : `${pathname}${search}`, origin)
  const response = await fetch(page, { method: 'POST', body, redirect: 'manual' })
  const location = response.headers.get('location')
  if (location !== null) return location
  const [, reason = response.status] = /<p>(.+)<\/p>/.exec(await response.text()) ?? []
  throw new TypeError(`The page keeps the browser (${reason})`)
}
