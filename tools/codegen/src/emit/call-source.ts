import { isAssertion } from '../spec/assertion.ts'
import { bodyFields } from '../spec/body-fields.ts'
import { type BoundValue, isAskedScopes, isFuture, isPlain } from '../spec/bound-value.ts'
import { type Credential, credentialsOf } from '../spec/call-security.ts'
import { type Expression, parseExpression } from '../spec/expression.ts'
import { issuedSchemes } from '../spec/spec.ts'
import { fieldSource } from './asked-scopes.ts'
import { assertionSource } from './assertion-source.ts'
import { headersSource, tokenHeaderSource } from './headers-source.ts'
import { certificateOf, clientName } from './hosts-source.ts'
import { refusedAnswers } from './judgements.ts'
import type { LifecycleCall } from './lifecycle-call.ts'
import { type Field, objectSource } from './object-source.ts'
import { isOptional, TOKEN_NAMES, valueSource } from './value-source.ts'

// The end that a call asks for is a statement of its own before the call: it is noted before anything is sent.
const END = 'requestedEnd'

/** The source of a call, `client(io).POST('/auth', { body: { … } })`, with a parent's token where it needs one. */
export function callSource(subject: LifecycleCall): string {
  const { kit, spec, scheme: own, operation } = subject
  const init = requestInit(subject)
  const path = JSON.stringify(operation.path)
  const request = `${clientName(spec, own, operation)}(${transportSource(subject)}).${operation.method}(${init === undefined ? path : `${path}, ${init}`})`
  const credential = tokenOf(subject)
  if (credential?.kind !== 'parent') return request
  const keyword = request.includes('await ') ? 'async ' : ''
  const scheme = JSON.stringify(credential.scheme)
  return `${kit.use('withParent')}(io, ${scheme}, ${keyword}(headers) => ${request}${parentOptions(subject, credential)})`
}

/** What the call is sent through: connections that present a certificate, where its operation asks for one. */
function transportSource(subject: LifecycleCall): string {
  const certificate = certificateOf(subject)
  if (certificate === undefined) return 'io'
  return `{ fetch: io.presenting(${valueSource(subject.kit, subject.scheme.lifecycle, certificate)}) }`
}

/** The statement that asks for an end, where the client chooses it. */
export function endSource({ kit, scheme, call }: LifecycleCall): string | undefined {
  const end = Object.values(call.body ?? {}).find(isFuture)
  if (end === undefined) return undefined
  const life = valueSource(kit, scheme.lifecycle, end.future)
  const how = `${JSON.stringify(end.format)}, ${JSON.stringify(end.zone)}`
  return `const ${END} = await ${kit.use('requestExpiry')}(io, ${life}, ${how})`
}

/** Does the call send an input? */
export function usesInputs({ call }: LifecycleCall): boolean {
  const isInput = (value: BoundValue) =>
    isPlain(value) ? parseExpression(value).kind === 'input' : !isAskedScopes(value)
  return call.security !== undefined || valuesOf(call).some(isInput)
}

/** What the call sends of what is kept with the token. */
export function keptParts({ call }: LifecycleCall): readonly KeptPart[] {
  const found = valuesOf(call).flatMap((value) => {
    const expression = isPlain(value) ? parseExpression(value) : undefined
    return expression?.kind === 'kept' ? [expression] : []
  })
  return [...new Map(found.map((part) => [`${part.place}.${part.name}`, part])).values()]
}

type KeptPart = Extract<Expression, { kind: 'kept' }>

/** The parts of the token that the call sends, by the names of their parameters. */
export function tokenParts(subject: LifecycleCall): readonly string[] {
  const sent = new Set(
    valuesOf(subject.call).flatMap((value) => {
      const expression = isPlain(value) ? parseExpression(value) : undefined
      return expression?.kind === 'token' ? [expression.field] : []
    }),
  )
  if (tokenOf(subject)?.kind === 'own') sent.add('value')
  return (['value', 'refresh', 'id'] as const).filter((field) => sent.has(field)).map((field) => TOKEN_NAMES[field])
}

/** What the exchange of a code takes of it, as the members of its parameter. */
export function codeParts({ call, key }: LifecycleCall): readonly string[] {
  const texts = [...valuesOf(call), ...('meta' in call ? Object.values(call.meta ?? {}) : [])]
  const kinds = texts.flatMap((value) => (typeof value === 'string' ? [parseExpression(value)] : []))
  const parts = kinds.flatMap((one) => (one.kind === 'code' ? [one.part] : one.kind === 'callback' ? [one.kind] : []))
  return key === 'exchange' ? [...new Set(parts)] : []
}

function valuesOf({ parameters = {}, body = {} }: LifecycleCall['call']): readonly BoundValue[] {
  return [...Object.values(parameters), ...Object.values(body)]
}

/** Besides inputs there is at most one, because all others are sent in one header: lint says so. */
function tokenOf({ spec, scheme, key, call, operation }: LifecycleCall): Credential | undefined {
  return credentialsOf(spec, scheme, key, call, operation).find(({ kind }) => kind === 'own' || kind === 'parent')
}

/** What a parent's scheme says about a refused token, and about how it is sent, where that is not the default. */
function parentOptions({ spec }: LifecycleCall, { scheme }: Credential): string {
  const parent = issuedSchemes(spec).find(({ name }) => name === scheme)
  const refused = refusedAnswers(parent?.lifecycle.rejected ?? [{ status: 401 }])
  const options = [
    ...(refused === '[401]' ? [] : [`refused: ${refused}`]),
    ...(parent === undefined || parent.security.kind === 'bearer'
      ? []
      : [`headers: (token) => ({ ${tokenHeaderSource(parent.security, 'token.reveal()')} })`]),
  ]
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`
}

function requestInit(subject: LifecycleCall): string | undefined {
  const { kit, scheme, call } = subject
  const parts: string[] = []
  const params = (['path', 'query', 'header'] as const).flatMap((place) => {
    const bound = Object.entries(call.parameters ?? {}).filter(([name]) => name.startsWith(`${place}.`))
    const fields = bound.map(([name, value]): Field => {
      const source = fieldSource(subject, value)
      const isChecked = place === 'path' && !isAskedScopes(value) && parseExpression(value).kind !== 'constant'
      return {
        path: [name.slice(place.length + 1)],
        source: isChecked ? `${kit.use('pathSegment')}(${source})` : source,
        isOptional: isOptional(scheme.lifecycle, value),
      }
    })
    return fields.length === 0 ? [] : [`${place}: ${objectSource(kit, fields)}`]
  })
  if (params.length > 0) parts.push(`params: { ${params.join(', ')} }`)
  const headers = headersSource(subject)
  if (headers !== undefined) parts.push(headers)
  if (call.body !== undefined) {
    const fields = bodyFields(call).map(({ path, value }): Field => {
      if (isFuture(value)) return { path, source: END, isOptional: false }
      if (isAssertion(value)) return { path, source: assertionSource(subject, value), isOptional: false }
      return { path, source: fieldSource(subject, value), isOptional: isOptional(scheme.lifecycle, value) }
    })
    parts.push(`body: ${objectSource(kit, fields)}`)
  }
  return parts.length === 0 ? undefined : `{ ${parts.join(', ')} }`
}
