import { type Credential, credentialsOf } from '../spec/call-security.ts'
import { parseExpression } from '../spec/expression.ts'
import { memberName } from '../spec/inputs.ts'
import { type Input, type IssuedLifecycle, isFuture, type Scalar } from '../spec/lifecycle.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'
import type { LifecycleCall } from './lifecycle-call.ts'

// The end that a call asks for is a statement of its own before the call: it is noted before anything is sent.
const END = 'requestedEnd'

/** The source of a call, `client(io).POST('/auth', { body: { … } })`, with a parent's token where it needs one. */
export function callSource(subject: LifecycleCall): string {
  const { kit, operation } = subject
  const init = requestInit(subject)
  const path = JSON.stringify(operation.path)
  const request = `client(io).${operation.method}(${init === undefined ? path : `${path}, ${init}`})`
  const credential = credentialOf(subject)
  if (credential?.kind !== 'parent') return request
  const keyword = request.includes('await ') ? 'async ' : ''
  const scheme = JSON.stringify(credential.scheme)
  return `${kit.use('withParent')}(io, ${scheme}, ${keyword}(headers) => ${request}${refusals(subject, credential)})`
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
  const isInput = (value: Scalar) => parseExpression(value).kind === 'input'
  return call.security !== undefined || valuesOf(call).some((value) => isFuture(value) || isInput(value))
}

/** The parts of the token that the call sends, by the names of their parameters. */
export function tokenParts(subject: LifecycleCall): readonly string[] {
  const sent = new Set(
    valuesOf(subject.call).flatMap((value) => {
      const expression = isFuture(value) ? undefined : parseExpression(value)
      return expression?.kind === 'token' ? [expression.field] : []
    }),
  )
  if (credentialOf(subject)?.kind === 'own') sent.add('value')
  return (['value', 'refresh', 'id'] as const).filter((field) => sent.has(field)).map((field) => TOKEN_NAMES[field])
}

function valuesOf({ parameters = {}, body = {} }: LifecycleCall['call']) {
  return [...Object.values(parameters), ...Object.values(body)]
}

/** There is at most one: lint says so. */
function credentialOf({ spec, scheme, key, call, operation }: LifecycleCall): Credential | undefined {
  return credentialsOf(spec, scheme, key, call, operation)[0]
}

/** What a parent's scheme says about a refused token, where that is not the default. */
function refusals({ spec }: LifecycleCall, { scheme }: Credential): string {
  const rejected = issuedSchemes(spec).find(({ name }) => name === scheme)?.lifecycle.rejected
  const statuses = rejected?.map(({ status }) => status) ?? [401]
  return statuses.join() === '401' ? '' : `, { refused: [${statuses.join(', ')}] }`
}

function requestInit(subject: LifecycleCall): string | undefined {
  const { kit, scheme, call } = subject
  const parts: string[] = []
  const params = (['path', 'query', 'header'] as const).flatMap((place) => {
    const bound = Object.entries(call.parameters ?? {}).filter(([name]) => name.startsWith(`${place}.`))
    const fields = bound.map(([name, value]): Field => {
      const source = valueSource(kit, scheme.lifecycle, value)
      const isChecked = place === 'path' && parseExpression(value).kind !== 'constant'
      return [name.slice(place.length + 1), isChecked ? `${kit.use('pathSegment')}(${source})` : source]
    })
    return fields.length === 0 ? [] : [`${place}: ${objectSource(fields)}`]
  })
  if (params.length > 0) parts.push(`params: { ${params.join(', ')} }`)
  const headers = headersSource(subject)
  if (headers !== undefined) parts.push(headers)
  if (call.body !== undefined) {
    const fields = Object.entries(call.body).map(
      ([name, value]): Field => [name, isFuture(value) ? END : valueSource(kit, scheme.lifecycle, value)],
    )
    parts.push(`body: ${objectSource(fields)}`)
  }
  return parts.length === 0 ? undefined : `{ ${parts.join(', ')} }`
}

function headersSource(subject: LifecycleCall): string | undefined {
  const { kit, scheme } = subject
  const credential = credentialOf(subject)
  switch (credential?.kind) {
    case 'input':
      return `headers: ${kit.use('bearer')}(${valueSource(kit, scheme.lifecycle, credential.expression)})`
    case 'own':
      return `headers: ${kit.use('bearer')}(${TOKEN_NAMES.value})`
    case 'parent':
      return 'headers'
    default:
      return undefined
  }
}

type Field = readonly [name: string, source: string]

function objectSource(fields: readonly Field[]): string {
  if (fields.length === 0) return '{}'
  return `{ ${fields.map(([name, source]) => (name === source ? name : `${JSON.stringify(name)}: ${source}`)).join(', ')} }`
}

/** What emitted code knows of the token that a call is about, by the name of its parameter. */
const TOKEN_NAMES = { refresh: 'refreshToken', value: 'accessToken', id: 'id' } as const

/** The source of a value that is sent: an input, a part of the token, a constant. */
function valueSource(kit: AuthorKit, { inputs }: IssuedLifecycle, value: Scalar): string {
  const expression = parseExpression(value)
  switch (expression.kind) {
    case 'input':
      return inputSource(kit, expression.name, inputs[expression.name])
    case 'token':
      return TOKEN_NAMES[expression.field]
    case 'constant':
      return JSON.stringify(expression.value)
    default:
      throw new TypeError(`${String(value)} cannot be sent: lint lets no such value through`)
  }
}

function inputSource(kit: AuthorKit, name: string, input: Input | undefined): string {
  if (input === undefined) throw new TypeError(`${name} is not an input: lint lets no such value through`)
  const member = memberName(name, input)
  if (input.secret === true) return `await ${kit.use('reveal')}(inputs.${member})`
  return input.default === undefined ? `inputs.${member}` : `inputs.${member} ?? facts.inputs.${member}.default`
}
