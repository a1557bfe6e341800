import { type Expires, isStated } from '../spec/call.ts'
import type { Consent } from '../spec/consent.ts'
import { durationInWords } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import { firstCallOf, type IssuedLifecycle, refreshTokenOf } from '../spec/lifecycle.ts'
import { type IssuedScheme, operationOf, type SecurityScheme, type Spec } from '../spec/spec.ts'

/** What the doc comment of a provider tells, line by line. */
export function describeLifetime(spec: Spec, { name, security, lifecycle }: IssuedScheme): readonly string[] {
  const { acquire, consent, refresh, list, revoke } = lifecycle
  const issuing = firstCallOf(lifecycle) ?? refresh
  const by = (operationId: string): string => {
    const operation = operationOf(spec, operationId)
    return operation === undefined ? operationId : `\`${operation.id}\`, \`${operation.method} ${operation.path}\``
  }
  return [
    `The life of ${spec.title}'s \`${name}\`.`,
    '',
    ...(acquire === undefined ? [] : [`- Issued by ${by(acquire.operationId)}; ${REPEAT_IN_WORDS[acquire.repeat]}.`]),
    ...(consent === undefined ? [] : [`- ${consentInWords(consent, by)}`]),
    ...(firstCallOf(lifecycle) === undefined ? ['- Not issued here: the first one is brought, with `seed()`.'] : []),
    ...(refresh === undefined ? [] : [`- Refreshed by ${by(refresh.operationId)}; ${rotationInWords(lifecycle)}.`]),
    ...(issuing === undefined ? [] : [`- ${describeEnd(issuing.expires, spec.id)}`]),
    ...(list === undefined ? [] : [`- Listed by ${by(list.operationId)}.`]),
    ...(revoke === undefined ? [] : [`- Revoked by ${by(revoke.operationId)}.`]),
    ...describeRequests(security, lifecycle),
    ...limitsInWords(lifecycle),
    ...(lifecycle.byHand ? [`- Written by hand: ${lifecycle.byHand.map((one) => `\`${one}\``).join(', ')}.`] : []),
    ...(lifecycle.persist === false ? ['- Kept in memory only.'] : []),
  ]
}

/** How the token is sent, where that is not as a bearer, and what requests carry besides. */
function describeRequests({ header, word }: SecurityScheme, { api }: IssuedLifecycle): readonly string[] {
  const place = header === undefined ? `\`Authorization: ${word}\`` : `the header \`${header}\``
  const carried = Object.keys(api?.parameters ?? {}).map((name) => `\`${name}\``)
  return [
    ...(header === undefined && word === undefined ? [] : [`- Sent in ${place}.`]),
    ...(carried.length === 0 ? [] : [`- Requests carry besides: ${carried.join(', ')}.`]),
  ]
}

function consentInWords({ shown, exchange }: Consent, by: (operationId: string) => string): string {
  const exchanged = `${by(exchange.operationId)}, exchanges the code.`
  return shown === undefined
    ? `A person signs in once, on a page of the provider; ${exchanged}`
    : `A person signs in once, types the code of ${by(shown.operationId)}, and types another one back; ${exchanged}`
}

const REPEAT_IN_WORDS = {
  free: 'a second call does no harm',
  'leaves-token': 'each call leaves a token that has to be cleaned up',
  'ends-previous': 'a second call ends the token of the first',
  unknown: 'what a second call does to the first token is undocumented',
} as const

function limitsInWords(lifecycle: IssuedLifecycle): readonly string[] {
  const { limit, renew, lockout } = lifecycle
  const { grace } = refreshTokenOf(lifecycle) ?? {}
  return [
    ...(grace === undefined ? [] : [`- A spent refresh token is taken once more for ${durationInWords(grace)}.`]),
    ...(renew === undefined ? [] : [`- A new one is issued only in the last ${durationInWords(renew.within)}.`]),
    ...(limit === undefined
      ? []
      : [`- At most ${limit.calls} token calls in ${durationInWords(limit.per)}, counted in each process.`]),
    ...(lockout === undefined ? [] : ['- Wrong keys lock the account, so they are sent once.']),
  ]
}

function rotationInWords(lifecycle: IssuedLifecycle): string {
  const refreshToken = refreshTokenOf(lifecycle)
  if (refreshToken === undefined) return 'there is no refresh token'
  if (refreshToken.uses !== undefined) return `a refresh token is good for ${refreshToken.uses} uses`
  switch (refreshToken.rotation) {
    case 'never':
      return 'the refresh token stays the same'
    case 'always':
      return 'each call replaces the refresh token'
    default:
      return 'what becomes of the refresh token that was sent is undocumented, so it is used once'
  }
}

/** One sentence about when a token ends, with the document that answers for it. */
function describeEnd(expires: Expires, specId: string): string {
  const source = `(specs/${specId}/SOURCES.md)`
  if (expires === 'never') return `Does not end by itself ${source}.`
  if (expires === 'undocumented') return `When it ends is undocumented, so it is used until it is refused ${source}.`
  if (!isStated(expires)) return `Ends ${durationInWords(expires.after)} after it was issued ${source}.`
  const field = placeInWords(expires.at)
  const stated =
    expires.format === 'undocumented'
      ? `Each answer states it in ${field}, in an undocumented form`
      : `Each answer says when it ends, in ${field}`
  const assumed =
    expires.otherwise === undefined
      ? ''
      : `; when that cannot be read, a life of ${durationInWords(expires.otherwise)} is assumed`
  return `${stated}${assumed} ${source}.`
}

function placeInWords(text: string): string {
  const expression = parseExpression(text)
  if (expression.kind === 'header') return `the header \`${expression.name}\``
  return `\`${expression.kind === 'body' ? pointerSegments(expression.pointer).join('.') : text}\``
}
