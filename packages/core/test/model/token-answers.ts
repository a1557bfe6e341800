import { offline, reset, status } from '../support/scripted-issuer.ts'
import { ELSEWHERE } from './network.ts'
import type { IssuerFault } from './setup.ts'

/** How a token call ended for its sender. */
export type CallEnd =
  | 'answered'
  /** The issuer itself said no. */
  | 'refused'
  /** No connection. */
  | 'offline'
  | 'throttled'
  /** Something in between said that it did nothing, or said so by its status. */
  | 'turned-away'
  | 'redirected'
  /** No answer, or one that says nothing about what was done. */
  | 'lost'
  /** A success that cannot be read. */
  | 'unreadable'
  /** A success in which only the refresh token can be read. */
  | 'spoilt'

/** What comes back, and what it means. */
export interface Outcome {
  readonly end: CallEnd
  /** `undefined`: nothing ever comes. */
  readonly answer: Response | Error | undefined
  /** What can be read in the answer. */
  readonly tokens?: { readonly accessToken?: string | undefined; readonly refreshToken?: string | undefined }
}

const PAGE = '<html></html>'
const page = (code: number): Response =>
  new Response(PAGE, { status: code, headers: { 'content-type': 'text/html; charset=utf-8' } })

/** The faults that keep the issuer from hearing of the call. */
const BEFORE: Readonly<Partial<Record<IssuerFault, () => Outcome>>> = {
  offline: () => ({ end: 'offline', answer: offline() }),
  'lost-before': () => ({ end: 'lost', answer: reset() }),
  unavailable: () => ({ end: 'turned-away', answer: status(503) }),
  throttled: () => ({ end: 'throttled', answer: status(429, { 'retry-after': '90' }) }),
  refused: () => ({ end: 'refused', answer: status(400) }),
  malformed: () => ({ end: 'unreadable', answer: page(200) }),
  firewall: () => ({ end: 'turned-away', answer: page(403) }),
  empty: () => ({ end: 'turned-away', answer: status(400, {}, null) }),
  gateway: () => ({ end: 'lost', answer: page(502) }),
  'moved-away': () => ({ end: 'redirected', answer: status(307, { location: new URL('/token', ELSEWHERE).href }) }),
  moved: () => ({ end: 'redirected', answer: status(302, { location: '/token/moved' }) }),
}

/** The faults that spoil the answer to a call that was applied. */
const AFTER: Readonly<Partial<Record<IssuerFault, () => Outcome>>> = {
  'lost-after': () => ({ end: 'lost', answer: reset() }),
  'server-error': () => ({ end: 'lost', answer: status(500) }),
  silent: () => ({ end: 'lost', answer: undefined }),
  unreadable: () => ({ end: 'unreadable', answer: page(200) }),
}

/** What becomes of a token call on its way. `apply` returns what the issuer answers; `undefined`: it denies. */
export function inTransit(fault: IssuerFault | undefined, apply: () => Record<string, unknown> | undefined): Outcome {
  const before = fault && BEFORE[fault]?.()
  if (before) return before
  const fields = apply()
  const after = fault && AFTER[fault]?.()
  if (after) return after
  if (fields === undefined) return { end: 'refused', answer: status(400) }
  const refreshToken = text(fields['refresh_token'])
  if (fault === 'no-access-token' || fault === 'ended-token') {
    const { access_token, expires_at: _, ...rest } = fields
    const answer = Response.json({ ...rest, ...(fault === 'ended-token' && { access_token, expires_in: 'soon' }) })
    return refreshToken === undefined
      ? { end: 'unreadable', answer }
      : { end: 'spoilt', answer, tokens: { refreshToken } }
  }
  return {
    end: 'answered',
    answer: Response.json(fields),
    tokens: { accessToken: text(fields['access_token']), refreshToken },
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
