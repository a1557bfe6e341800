import { isFuture } from '../spec/bound-value.ts'
import { isByHand } from '../spec/by-hand.ts'
import { type Credential, credentialsOf } from '../spec/call-security.ts'
import { isObject, type Json, type JsonObject, type KeyPath, objectIn } from '../spec/json.ts'
import { callsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import {
  type IssuedScheme,
  isForDevices,
  issuedSchemes,
  operationOf,
  type SecurityScheme,
  type SpecModel,
} from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** What OpenAPI can say and the emitters do not write: better a sentence than code without it. */
export const checkSupported: Rule = ({ model }) => {
  const declared = objectIn(model.document['components'], 'securitySchemes')
  // One that is there and mistaken is reported by another rule.
  if (model.securitySchemes.every(({ name }) => !hasLifecycle(declared[name]))) {
    const sentence = 'No security scheme has an `x-token-lifecycle` that issues a token.'
    return [{ at: ['components', 'securitySchemes'], sentence }]
  }
  return issuedSchemes(model).flatMap((scheme) => [
    ...checkScheme(scheme, objectIn(declared, scheme.name)),
    ...checkCalls(model, scheme),
  ])
}

function checkScheme({ at, security, lifecycle }: IssuedScheme, { type }: JsonObject): readonly Problem[] {
  if (isByHand(lifecycle, 'authorize') && type !== 'oauth2') return []
  if (['bearer', 'key', 'scheme'].includes(security.kind)) return []
  // What is written by hand says nothing of `flows`, which would be passed over.
  return [type === 'oauth2' ? { at, sentence: BY_HAND } : notWritten(at, 'a token in anything but a header here')]
}

const BY_HAND =
  'A lifecycle on `type: oauth2` is `standard: oauth2`. Where it is written by hand, write `type: http` and `scheme: bearer`.'

function hasLifecycle(scheme: Json | undefined): boolean {
  const lifecycle = isObject(scheme) ? scheme['x-token-lifecycle'] : undefined
  return isObject(lifecycle) && lifecycle['supplied'] === undefined
}

function checkCalls(model: SpecModel, scheme: IssuedScheme): readonly Problem[] {
  return callsOf(scheme.lifecycle).flatMap(({ key, at: place, call }) => {
    const at = [...scheme.at, ...place]
    const operation = operationOf(model, call.operationId)
    const credentials = operation === undefined ? [] : credentialsOf(model, scheme, key, call, operation)
    // One that the document does not declare is Redocly's to report.
    const futures = Object.values(call.body ?? {}).filter(isFuture)
    const isDevices = operation !== undefined && isForDevices(model, operation)
    return [
      ...(isDevices ? [{ at: [...at, 'operationId'], sentence: FOR_DEVICES }] : []),
      ...checkCredentials(model, credentials, at),
      ...(futures.length > 1 ? [notWritten([...at, 'body'], 'two ends in one call')] : []),
    ]
  })
}

function checkCredentials(model: SpecModel, credentials: readonly Credential[], at: KeyPath): readonly Problem[] {
  const kindOf = (scheme: string) => model.securitySchemes.find(({ name }) => name === scheme)?.kind
  const authorizations = credentials.filter(
    (one) => one.kind !== 'missing' && ['bearer', 'basic', 'scheme'].includes(kindOf(one.scheme) ?? ''),
  )
  return [
    ...(authorizations.length > 1 ? [notWritten(at, 'a call with two tokens')] : []),
    // A scheme that issues tokens is reported itself, and one that nothing is bound to by the bindings.
    ...credentials.flatMap((one) => (one.kind === 'input' ? checkBound(one, kindOf(one.scheme), at) : [])),
  ]
}

function checkBound(
  { scheme, bound }: Extract<Credential, { kind: 'input' }>,
  kind: SecurityScheme['kind'] | undefined,
  at: KeyPath,
): readonly Problem[] {
  const place = [...at, 'security', scheme]
  const isPair = typeof bound === 'object'
  if (isPair && kind === 'certificate') {
    return [{ at: place, sentence: `\`${scheme}\` takes a certificate, not a pair.` }]
  }
  if (kind === 'basic' && !isPair) {
    return [{ at: place, sentence: `\`${scheme}\` is HTTP Basic. Bind \`{ username, password }\`.` }]
  }
  if (isPair && (kind === 'bearer' || kind === 'key' || kind === 'scheme')) {
    return [{ at: place, sentence: `\`${scheme}\` takes one input, not a pair.` }]
  }
  return kind === 'other'
    ? [notWritten(place, 'anything but a bearer token, HTTP Basic, a key in a header or a certificate here')]
    : []
}

const FOR_DEVICES = 'This operation takes a token of a customer’s own device, and lifecycles run on servers.'

/** What the generator leaves to people. */
function notWritten(at: KeyPath, what: string): Problem {
  const sentence = `The generator does not write ${what}. Write that part in TypeScript, in the provider's own file.`
  return { at, sentence }
}
