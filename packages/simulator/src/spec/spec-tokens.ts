import type { SimulatorClock } from '../clock.ts'
import type { Json, JsonObject } from '../json.ts'
import { textIn } from '../json.ts'
import { accessTokenWriter } from '../oauth/access-token-text.ts'
import type { OAuthToken, OAuthTokenSelection } from '../oauth/issued-oauth-token.ts'
import { createOAuthTokens, type FoundToken, type OAuthTokens, type RefreshTokenRules } from '../oauth/oauth-tokens.ts'
import { durationMs } from './instants.ts'
import { objectIn, type SpecCall, type SpecFacts } from './read-spec.ts'
import type { SpecScheme } from './spec-scheme.ts'

export interface SpecTokensOptions {
  readonly clock: SimulatorClock
  readonly random: () => number
  readonly accessTokenLifetimeMs: number | undefined
}

/** The tokens of all schemes of a spec. */
export interface SpecTokens {
  /** Those of one scheme. */
  of(scheme: SpecScheme): OAuthTokens
  find(value: string): FoundToken | undefined
  list(): readonly OAuthToken[]
  revoke(selection?: OAuthTokenSelection): number
  expire(selection?: OAuthTokenSelection): number
  reuses(): number
  secrets(): readonly string[]
  clear(): void
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
// An end that no date can express would not show before the first token.
const WITHOUT_END_MS = 3_650 * DAY_MS

/** Families are counted through all schemes, so that a number names one token in the log. */
export const createSpecTokens = ({ issued, calls }: SpecFacts, options: SpecTokensOptions): SpecTokens => {
  let families = 0
  const nextFamily = (): number => {
    families += 1
    return families
  }
  const shelves = new Map(
    issued.map((scheme) => {
      const own = calls.filter((call) => call.scheme === scheme && ISSUING.has(call.key))
      return [scheme.name, createOAuthTokens({ ...rulesOf(scheme, own, options), nextFamily })]
    }),
  )
  const all = [...shelves.values()]
  const sum = (count: (tokens: OAuthTokens) => number): number => all.reduce((total, one) => total + count(one), 0)
  return {
    of: ({ name }) => {
      const shelf = shelves.get(name)
      if (shelf === undefined) throw new TypeError(`${name}: no tokens of this scheme are issued here`)
      return shelf
    },
    find: (value) => all.map((tokens) => tokens.find(value)).find((found) => found !== undefined),
    list: () => all.flatMap((tokens) => tokens.list()).sort((one, other) => one.issuedAt - other.issuedAt),
    revoke: (selection) => sum((tokens) => tokens.revoke(selection)),
    expire: (selection) => sum((tokens) => tokens.expire(selection)),
    reuses: () => sum((tokens) => tokens.reuses()),
    secrets: () => all.flatMap((tokens) => tokens.secrets()),
    clear: () => {
      families = 0
      for (const tokens of all) tokens.clear()
    },
  }
}

const ISSUING: ReadonlySet<string> = new Set(['acquire', 'exchange', 'refresh'])

const rulesOf = (
  { lifecycle }: SpecScheme,
  calls: readonly SpecCall[],
  { clock, random, accessTokenLifetimeMs }: SpecTokensOptions,
) => {
  const ends = calls.map(({ facts }) => facts['expires'] ?? null)
  const isJwt = ends.some((expires) => textIn(expires, 'format') === 'jwt-exp')
  return {
    clock,
    random,
    accessTokenLifetimeMs: accessTokenLifetimeMs ?? lifetimeOf(ends[0]),
    writeAccessToken: accessTokenWriter(isJwt ? { format: 'jwt' } : {}, random),
    earlierAccessTokens: objectIn(lifecycle, 'acquire')['repeat'] === 'ends-previous' ? 'ended' : 'kept',
    refreshToken: refreshRules(calls),
  } as const
}

/** As documented. Where the answer says it, an hour: no document has to say how long. */
const lifetimeOf = (expires: Json | undefined): number => {
  if (expires === 'never') return WITHOUT_END_MS
  const after = textIn(expires, 'after')
  return after === undefined ? HOUR_MS : durationMs(after)
}

/** Where the spec leaves something open, the harsher reading. */
const refreshRules = (calls: readonly SpecCall[]): RefreshTokenRules => {
  const facts: JsonObject = Object.assign({}, ...calls.map((call) => objectIn(call.facts, 'refreshToken')))
  const { uses, idle, grace, expires } = facts
  const rotation = facts['rotation'] === 'never' ? 'never' : 'always'
  const after = textIn(expires, 'after')
  const isStated = textIn(expires, 'at') !== undefined
  return {
    rotation,
    uses: typeof uses === 'number' ? uses : rotation === 'never' ? Infinity : 1,
    graceMs: typeof grace === 'string' ? durationMs(grace) : 0,
    reuse: 'revoke-family',
    idleMs: typeof idle === 'string' ? durationMs(idle) : isStated ? 30 * DAY_MS : Infinity,
    absoluteMs: after === undefined ? Infinity : durationMs(after),
  }
}
