import type { Scalar } from '../spec/bound-value.ts'
import { isByHand } from '../spec/by-hand.ts'
import { parseExpression } from '../spec/expression.ts'
import { inputsOf } from '../spec/inputs.ts'
import type { IssuedScheme, Spec } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'
import { tokenHeader } from './headers-source.ts'
import { keptSource, TOKEN_NAMES, valueSource } from './value-source.ts'

/** A header or a parameter that requests of the API carry. */
interface Carried {
  readonly place: 'header' | 'query'
  readonly name: string
  readonly value: Scalar
}

/**
 * The members `authorize` and `prepare`: what requests of the API carry. What comes from the token goes into headers with
 * the token itself, wherever it is used; what needs the inputs, or a query, is added by `fetch`.
 */
export function apiMembers(kit: AuthorKit, scheme: IssuedScheme): readonly string[] {
  const carried = carriedBy(scheme)
  const isWithToken = ({ place, value }: Carried) => place === 'header' && parseExpression(value).kind !== 'input'
  const withToken = carried.filter(isWithToken)
  const prepared = carried.filter((one) => !isWithToken(one))
  const { kind } = scheme.security
  return [
    ...((kind === 'bearer' && withToken.length === 0) || isByHand(scheme.lifecycle, 'authorize')
      ? []
      : [authorizeMethod(kit, scheme, withToken)]),
    ...(prepared.length === 0 ? [] : [prepareMethod(kit, scheme, prepared)]),
  ]
}

/** The member `certificates`, where an input is one: what presents them, and which one requests of the API present. */
export function certificatesMember(kit: AuthorKit, spec: Spec, scheme: IssuedScheme): readonly string[] {
  const isAsked = [...inputsOf(spec, scheme).values()].some(({ kind }) => kind === 'certificate')
  if (!isAsked) return []
  const ofApi = Object.values(scheme.lifecycle.api?.security ?? {}).map(
    (input) => `(inputs) => ${valueSource(kit, scheme.lifecycle, input)}`,
  )
  return [`certificates: ${kit.other('clientCertificates')}(${ofApi.join('')})`]
}

function carriedBy({ lifecycle }: IssuedScheme): readonly Carried[] {
  return Object.entries(lifecycle.api?.parameters ?? {}).map(([qualified, value]) => {
    const place = qualified.startsWith('header.') ? 'header' : 'query'
    return { place, name: qualified.slice(place.length + 1), value }
  })
}

function authorizeMethod(kit: AuthorKit, scheme: IssuedScheme, carried: readonly Carried[]): string {
  const [header, value] = tokenHeader(scheme.security, TOKEN_NAMES.value)
  const parts = [...new Set([TOKEN_NAMES.value, ...tokenPartsOf(carried)])]
  return [
    `authorize(headers, { ${parts.join(', ')} }) {`,
    `headers.set(${JSON.stringify(header)}, ${value})`,
    ...carried.map((one) => putSource(kit, scheme, one)),
    '}',
  ].join('\n')
}

function prepareMethod(kit: AuthorKit, scheme: IssuedScheme, carried: readonly Carried[]): string {
  const statements = carried.map((one) => putSource(kit, scheme, one))
  const targets = [
    ...(carried.some(({ place }) => place === 'header') ? ['headers'] : []),
    ...(carried.some(({ place }) => place === 'query') ? ['url'] : []),
  ]
  const parts = tokenPartsOf(carried)
  const inputs = carried.some(({ value }) => parseExpression(value).kind === 'input') ? ['inputs'] : []
  const token = parts.length > 0 ? [`{ ${parts.join(', ')} }`] : inputs.length > 0 ? ['_token'] : []
  const keyword = statements.some((statement) => statement.includes('await ')) ? 'async ' : ''
  const parameters = [`{ ${targets.join(', ')} }`, ...token, ...inputs]
  return [`prepare: ${kit.use('prepareRequests')}(${keyword}(${parameters.join(', ')}) => {`, ...statements, '})'].join(
    '\n',
  )
}

/** The members of the token that the values are read from. */
function tokenPartsOf(carried: readonly Carried[]): readonly string[] {
  const parts = carried.flatMap(({ value }) => {
    const expression = parseExpression(value)
    if (expression.kind === 'kept') return [expression.place]
    return expression.kind === 'token' ? [TOKEN_NAMES[expression.field]] : []
  })
  return [...new Set(parts)]
}

function putSource(kit: AuthorKit, { lifecycle }: IssuedScheme, { place, name, value }: Carried): string {
  const expression = parseExpression(value)
  const source = expression.kind === 'kept' ? keptSource(expression, true) : valueSource(kit, lifecycle, value)
  return place === 'header'
    ? `${kit.use('putHeader')}(headers, ${JSON.stringify(name)}, ${source})`
    : `${kit.use('putQuery')}(url, ${JSON.stringify(name)}, ${source})`
}
