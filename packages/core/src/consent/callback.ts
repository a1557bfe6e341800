import { ChaveiroError } from '../errors.ts'
import type { CallbackIssuer } from '../provider/consent.ts'
import { consentError } from './consent-error.ts'
import { isSameText } from './random-texts.ts'
import { answerAt } from './redirect-uri.ts'

/** What the request is known by. */
export interface Expected {
  readonly redirectUri: string
  readonly state: string
}

/** What a callback says, once it is known to answer this request. */
export interface CallbackAnswer {
  /** Absent: there is an error instead. */
  readonly code: string | undefined
  readonly error: string | undefined
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Reads a callback. What doesn't answer this request is refused before anything is used up, so that an attacker's link
 * can't end a consent.
 */
export function readCallback(
  expected: Expected,
  issuer: CallbackIssuer | undefined,
  callback: string | URL,
): CallbackAnswer {
  const answer = answerAt(expected.redirectUri, callback)
  if (answer === undefined)
    throw new ChaveiroError(
      'misconfigured',
      "The callback's address isn't the redirect URI. Pass the whole address, as the browser shows it.",
    )
  if (answer === 'repeated')
    throw new ChaveiroError('misconfigured', 'The callback has a parameter twice. It was refused.')
  if (!isSameText(answer.get('state') ?? '', expected.state))
    throw consentError("The callback belongs to another request: its state isn't this browser's.")
  checkIssuer(issuer, answer.get('iss'))
  const code = answer.get('code') || undefined
  const error = answer.get('error')
  if ((code === undefined) === (error === undefined))
    throw new ChaveiroError('misconfigured', 'The callback has neither a code nor an error, or both. It was refused.')
  const { code: _, state: __, ...parameters } = Object.fromEntries(answer)
  return { code, error, parameters }
}

/** RFC 9207 §2.4: compared as text, also beside an error. */
function checkIssuer(issuer: CallbackIssuer | undefined, iss: string | undefined): void {
  if (issuer === undefined) return
  const { url, inCallback } = issuer
  const isRight =
    iss === undefined ? inCallback !== 'always' : inCallback !== 'never' && (url === undefined || iss === url)
  if (isRight) return
  const what = iss === undefined ? 'names no issuer' : 'names another issuer'
  throw new ChaveiroError(
    'misconfigured',
    `The callback ${what}, so its code was not used. It may be another server's.`,
  )
}

/** What an `error` in a callback means (RFC 6749 §4.1.2.1). */
export function callbackError(error: string): ChaveiroError {
  // A word of the standard, or nothing: the rest of the callback may be an attacker's.
  const title = /^[a-z_]{1,40}$/.test(error) ? error : undefined
  if (error === 'access_denied') return consentError('The person did not agree.', { title })
  if (error === 'server_error' || error === 'temporarily_unavailable')
    return new ChaveiroError('unavailable', `The provider could not ask the person (${error}). Start again later.`, {
      title,
    })
  const which = title === undefined ? '' : ` (${title})`
  return new ChaveiroError(
    'misconfigured',
    `The provider did not accept the request for consent${which}. Check the client, its redirect URIs and its scopes.`,
    { title },
  )
}
