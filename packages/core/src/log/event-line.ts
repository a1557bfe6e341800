import { type AccountRef, accountName } from '../account-ref.ts'
import { ACTIONS } from '../errors.ts'
import type { TokenEvent, TokenEventType } from '../events.ts'

/**
 * An event as one line: provider, account, what happened, how long it took, until when the token is valid, and why.
 *
 * @example
 * bitize "shop": new token 3 after 240 ms, valid until 2026-11-25T19:45:52Z [refresh.done, cause window, calls 1]
 */
export function eventLine(event: TokenEvent): string {
  const { type, provider, account, cause, attempts } = event
  const details = [type, cause && `cause ${cause}`, attempts !== undefined && `${callsOf(type)} ${attempts}`]
  return inOneLine(`${provider} ${nameOf(account)}: ${SENTENCES[type](event)} [${details.filter(Boolean).join(', ')}]`)
}

type Sentence = (event: TokenEvent) => string

const SENTENCES: Readonly<Record<TokenEventType, Sentence>> = {
  'refresh.started': () => 'token call begins',
  'refresh.done': (event) => `${origin(event)}${took(event)}, ${validity(event)}`,
  'refresh.failed': (event) => `no new token${took(event)}${reason(event)}`,
  'call.delayed': ({ durationMs = 0 }) =>
    `token call waits ${(durationMs / 1_000).toFixed(1)} s, because of the provider’s documented limit`,
  'refresh.resent': () => 'old refresh token sent once more, because the answer to its first use was lost',
  'revoke.failed': (event) => `a token that is no longer used was not revoked${reason(event)}`,
  'persist.failed': (event) => `the store could not save ${token(event)}${reason(event)}`,
  'token.rejected': (event) => `the API rejected ${token(event)}`,
  'clock.skew': () => 'a clock is wrong: a token had expired on arrival, or a stored one is from the future',
  'reauthorization.required': () => 'a person has to sign in',
  'refresh-token.expiring': () => 'the refresh token expires soon, and only a person can replace it',
  'refresh-token.missing': (event) => `the consent brought no refresh token, ${scopes(event)}`,
  'certificate.expiring': ({ daysLeft = 0 }) =>
    daysLeft < 0 ? 'the client certificate has expired' : `the client certificate expires in ${daysLeft} days`,
  'consent.done': (event) => `consent given${took(event)}, token ${validity(event)}`,
  'consent.failed': (event) => `consent came to nothing${took(event)}${reason(event)}`,
  ended: (event) =>
    event.code === undefined ? 'signed out' : `signed out, but ${token(event)} was not revoked${reason(event)}`,
  'request.retried': (event) => `API request sent several times, done${took(event)}${reason(event)}`,
  'request.replayed': (event) => `API request sent again with ${token(event)}, because the previous one was rejected`,
  'request.failed': (event) => `API request failed${took(event)}${reason(event)}`,
  'request.ended': (event) => `API request over${took(event)}${reason(event)}`,
  'token.waited': (event) => `a caller waited for a token${took(event)}${reason(event)}`,
  'certificate.presented': () => 'presents a client certificate for the first time',
}

function callsOf(type: TokenEventType): string {
  return type === 'refresh.started' ? 'call' : type.startsWith('request.') ? 'attempts' : 'calls'
}

function token({ generation }: TokenEvent): string {
  return generation === undefined ? 'token' : `token ${generation}`
}

function origin(event: TokenEvent): string {
  return event.source === 'peer' ? `found ${token(event)} in the store` : `new ${token(event)}`
}

function took({ durationMs }: TokenEvent): string {
  if (durationMs === undefined) return ''
  const ms = Math.round(durationMs)
  return ms < 1_000 ? ` after ${ms} ms` : ` after ${(durationMs / 1_000).toFixed(1)} s`
}

function scopes({ scopes: asked = [] }: TokenEvent): string {
  return asked.length === 0 ? 'asked for without scopes' : `requested with the scopes ${asked.join(' ')}`
}

function validity({ expiresAt }: TokenEvent): string {
  if (expiresAt === undefined) return 'its end is unknown'
  return `valid until ${new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z')}`
}

function reason({ code, status }: TokenEvent): string {
  if (code !== undefined) return `: ${code}, action ${ACTIONS[code]}`
  return status === undefined ? '' : `: status ${status}`
}

/** Accounts that differ in scopes or audience only have tokens of their own. */
function nameOf(account: AccountRef): string {
  const { scopes, audience } = account
  const words = [accountName(account)]
  if (scopes !== undefined) words.push('scopes', ...scopes.map((scope) => JSON.stringify(scope)))
  if (audience !== undefined) words.push('audience', JSON.stringify(audience))
  return words.join(' ')
}

/** Names of accounts may come from users: what a terminal obeys, or takes for the end of a line, is written as an escape. */
function inOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}
