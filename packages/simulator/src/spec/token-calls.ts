// What each call of a lifecycle does at the server.

import type { Answer } from '../answer.ts'
import { isJsonObject, type Json, textIn, writtenText } from '../json.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Issued } from '../oauth/oauth-tokens.ts'
import { challengeOfVerifier } from '../oauth/pkce.ts'
import { isSame } from './identify.ts'
import { readEnd, writtenEnd } from './instants.ts'
import { broughtFor, broughtToken, type Played } from './play.ts'
import { schemaAt, withValue } from './pointer.ts'
import type { CallKey } from './read-spec.ts'
import { type Meaning, refuseCall } from './refuse.ts'
import { sampleOf } from './sample.ts'
import { CODE_PAGE } from './shown-codes.ts'
import { draftAnswer, draftRefusal, schemaOfPlace } from './write-answer.ts'
import { writeEnd, writeTokens } from './write-tokens.ts'

type Work = (played: Played) => Answer | Promise<Answer>

export const refusePlayed = ({ spec }: Pick<Played, 'spec'>, meaning: Meaning, detail: string): Answer =>
  refuseCall(meaning, detail, { facts: spec.facts, documented: spec.operation.documented })

const acquire: Work = (played) => {
  const { play, spec } = played
  // An acquire that is computed by hand proves itself in ways that no document tells.
  const account = played.account ?? play.accounts.list()[0]
  if (account === undefined) return refusePlayed(played, 'denied', 'no account is accepted')
  const chosen = spec.bindings.find(({ bound }) => bound.kind === 'end')
  const endsAt =
    chosen?.bound.kind === 'end' ? readEnd(writtenText(chosen.read(played.call) ?? ''), chosen.bound.zone) : undefined
  if (endsAt !== undefined && !(endsAt > play.clock.now())) {
    return refusePlayed(played, 'misconfigured', `${chosen?.where}: expected a time to come`)
  }
  const owner = { clientId: account.name, account: undefined, scopes: scopesOf(played), certificate: undefined }
  return writeTokens(played, play.tokens.of(spec.scheme).start(owner, bringsRefreshToken(played), endsAt))
}

const bringsRefreshToken = ({ spec }: Played): boolean => spec.facts['refreshToken'] !== undefined

const scopesOf = ({ spec, call }: Played): readonly string[] => {
  const asked = spec.bindings.find(({ bound }) => bound.kind === 'scopes')
  const text = asked?.read(call)
  if (asked?.bound.kind !== 'scopes' || text === undefined) return []
  return writtenText(text).split(asked.bound.separator)
}

const exchange: Work = async (played) => {
  const { play, spec } = played
  const code = broughtFor(played, 'code') ?? ''
  const verifier = broughtFor(played, 'verifier')
  const start = (clientId: string, account: string | undefined, scopes: readonly string[]): Issued =>
    play.tokens.of(spec.scheme).start({ clientId, account, scopes, certificate: undefined }, bringsRefreshToken(played))
  if (isShown(played)) {
    const shown = play.shownCodes.redeem(code, verifier ?? '')
    if (typeof shown === 'string') return refusePlayed(played, 'dead', `code: ${shown}`)
    return writeTokens(played, start(shown.account, undefined, shown.scopes))
  }
  const challenge = await challengeOfVerifier(verifier).catch((error: unknown) => {
    if (error instanceof OAuthError) return 'none that a verifier could have'
    throw error
  })
  const redirectUri = broughtFor(played, 'redirect-uri')
  const outcome = play.codes.redeem(
    code,
    { clientId: played.account?.name, redirectUri, challenge },
    ({ clientId, account, scopes }) => start(clientId, account, scopes),
  )
  if (typeof outcome === 'string') return refusePlayed(played, 'dead', `code: ${outcome}`)
  return writeTokens(played, outcome)
}

const isShown = ({ spec }: Played): boolean => {
  const consent = spec.scheme.lifecycle?.['consent']
  return isJsonObject(consent) && consent['shown'] !== undefined
}

const refresh: Work = (played) => {
  const { play, spec, account, carried } = played
  const tokens = play.tokens.of(spec.scheme)
  const value = broughtToken(played, 'refresh') ?? broughtToken(played, 'value') ?? carried?.value ?? ''
  const found = tokens.find(value)
  if (found === undefined || (account !== undefined && found.owner.clientId !== account.name)) {
    return refusePlayed(played, 'dead', 'the refresh token is unknown, or issued to another account')
  }
  const misplaced = keptMisfit(played, found.family)
  if (misplaced !== undefined) return refusePlayed(played, 'misconfigured', misplaced)
  if (found.kind === 'access') {
    if (found.state !== 'live') return refusePlayed(played, 'dead', `the token is ${found.state}`)
    return writeTokens(played, tokens.start(found.owner, bringsRefreshToken(played)))
  }
  const outcome = tokens.refresh(value, (granted) => granted)
  if (typeof outcome === 'string') return refusePlayed(played, 'dead', `the refresh token is ${outcome}`)
  return writeTokens(played, outcome)
}

/** What an earlier answer left beside the token has to come back. */
const keptMisfit = ({ play, spec, call }: Played, family: number): string | undefined => {
  for (const { bound, where, read } of spec.bindings) {
    if (bound.kind !== 'kept') continue
    const kept = play.kept.get(family)?.get(bound.name)
    if (kept === undefined || !isSame(read(call) ?? null, kept)) return `${where}: not what came with this token`
  }
  return undefined
}

const revoke: Work = (played) => {
  const { play, spec, carried, account } = played
  const id = broughtToken(played, 'id')
  const handle = play.handles.find((one) => one.id === id)
  const value =
    broughtToken(played, 'refresh') ?? broughtToken(played, 'value') ?? handle?.value ?? carried?.value ?? ''
  const tokens = play.tokens.of(spec.scheme)
  const found = id === undefined || handle !== undefined ? tokens.find(value) : undefined
  const isOwn = found !== undefined && (account === undefined || found.owner.clientId === account.name)
  const { gone } = spec.facts
  const [status]: readonly Json[] = Array.isArray(gone) ? gone : []
  if (typeof status === 'number' && !(isOwn && found.state === 'live')) {
    return { ...draftRefusal(spec.operation.documented, status).done(), detail: 'the token is not there, or has ended' }
  }
  // RFC 7009 §2.2: one that isn't known is as good as revoked.
  if (isOwn) tokens.revokeValue(value)
  return draftAnswer(spec.operation.documented).done()
}

const list: Work = (played) => {
  const { play, spec, account } = played
  const { items, id, expires } = spec.facts
  const answer = draftAnswer(spec.operation.documented)
  const pointer = typeof id === 'string' ? id : ''
  const listSchema = schemaOfPlace(answer.schema, items)
  const itemSchema = schemaAt(listSchema, '/0')
  const live = play.tokens.of(spec.scheme).list()
  const listed = live.flatMap(({ family, generation, access, clientId }) => {
    const handle = play.handles.find((one) => one.family === family && one.generation === generation)
    if (handle === undefined || access.state !== 'live' || (account && account.name !== clientId)) return []
    const isNumber = typeof sampleOf(schemaAt(itemSchema, pointer)) === 'number'
    let item: Json = withValue(sampleOf(itemSchema), pointer, isNumber ? Number(handle.id) : handle.id)
    const at = textIn(expires, 'at')
    if (at !== undefined) {
      const zone = textIn(expires, 'zone') ?? 'UTC'
      if (zone.startsWith('/')) item = withValue(item, zone, 'UTC')
      const written = writtenEnd(access.expiresAt, {
        now: play.clock.now(),
        format: textIn(expires, 'format') ?? '',
        zone: zone.startsWith('/') ? 'UTC' : zone,
        schema: schemaAt(itemSchema, at),
      })
      if (written !== undefined) item = withValue(item, at, written)
    }
    return [item]
  })
  answer.set(items, listed)
  return answer.done()
}

const show: Work = (played) => {
  const { play, spec } = played
  const account = played.account ?? play.accounts.list()[0]
  if (account === undefined) return refusePlayed(played, 'denied', 'no account is accepted')
  const { userCode, verifier, expiresAt } = play.shownCodes.show(account.name, scopesOf(played))
  const answer = draftAnswer(spec.operation.documented)
  answer.set(spec.facts['userCode'], userCode)
  answer.set(spec.facts['verificationUrl'], new URL(CODE_PAGE, play.address()).href)
  answer.set(spec.facts['verifier'], verifier)
  writeEnd(answer, spec.facts['expires'], { end: expiresAt, now: play.clock.now(), jwt: '' })
  return answer.done()
}

export const TOKEN_CALLS: Readonly<Record<CallKey, Work>> = { acquire, show, exchange, refresh, revoke, list }

/** Is this the call that a token or a code of the request belongs to? Several calls may share an operation. */
export const owns = ({ play, spec, call }: Pick<Played, 'play' | 'spec' | 'call'>): boolean => {
  const value = broughtToken({ spec, call }, 'refresh') ?? broughtToken({ spec, call }, 'value')
  return value !== undefined && play.tokens.of(spec.scheme).find(value) !== undefined
}
