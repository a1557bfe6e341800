import { parseExpression } from '../spec/expression.ts'
import { type Call, type IssuedLifecycle, isFuture, type Scalar } from '../spec/lifecycle.ts'
import type { Operation } from '../spec/operations.ts'
import type { AuthorKit } from './author-kit.ts'

/** The source of `expectData('authenticate', client(io).POST('/auth', { body: { … } }))`. */
export function callSource(kit: AuthorKit, lifecycle: IssuedLifecycle, call: Call, operation: Operation): string {
  const init = requestInit(kit, lifecycle, call)
  const path = JSON.stringify(operation.path)
  const request = `client(io).${operation.method}(${init === undefined ? path : `${path}, ${init}`})`
  return `await ${kit.use('expectData')}(${JSON.stringify(operation.id)}, ${request})`
}

/** Do the bindings of this call name an input? */
export function usesInputs(call: Call): boolean {
  const values = [...Object.values(call.parameters ?? {}), ...Object.values(call.body ?? {})]
  return (
    call.security !== undefined || values.some((value) => !isFuture(value) && parseExpression(value).kind === 'input')
  )
}

/** Do the bindings of this call send the refresh token? */
export function usesRefreshToken(call: Call): boolean {
  const values = [...Object.values(call.parameters ?? {}), ...Object.values(call.body ?? {})]
  return values.some((value) => value === '$token.refresh')
}

function requestInit(kit: AuthorKit, lifecycle: IssuedLifecycle, call: Call): string | undefined {
  const parts: string[] = []
  const params = ['path', 'query', 'header'].flatMap((place) => {
    const bound = Object.entries(call.parameters ?? {}).filter(([name]) => name.startsWith(`${place}.`))
    const fields = bound.map(([name, value]) => [name.slice(place.length + 1), value] as const)
    return fields.length === 0 ? [] : [`${place}: ${objectSource(kit, lifecycle, fields)}`]
  })
  if (params.length > 0) parts.push(`params: { ${params.join(', ')} }`)
  for (const expression of Object.values(call.security ?? {})) {
    parts.push(`headers: ${kit.use('bearer')}(${valueSource(kit, lifecycle, expression)})`)
  }
  if (call.body !== undefined) {
    const fields = Object.entries(call.body).flatMap(([name, value]) =>
      isFuture(value) ? [] : [[name, value] as const],
    )
    parts.push(`body: ${objectSource(kit, lifecycle, fields)}`)
  }
  return parts.length === 0 ? undefined : `{ ${parts.join(', ')} }`
}

type Field = readonly [name: string, value: Scalar]

function objectSource(kit: AuthorKit, lifecycle: IssuedLifecycle, fields: readonly Field[]): string {
  if (fields.length === 0) return '{}'
  const members = fields.map(([name, value]) => `${JSON.stringify(name)}: ${valueSource(kit, lifecycle, value)}`)
  return `{ ${members.join(', ')} }`
}

function valueSource(kit: AuthorKit, lifecycle: IssuedLifecycle, value: Scalar): string {
  const expression = parseExpression(value)
  switch (expression.kind) {
    case 'input': {
      const isSecret = lifecycle.inputs[expression.name]?.secret === true
      return isSecret ? `await ${kit.use('reveal')}(inputs.${expression.name})` : `inputs.${expression.name}`
    }
    case 'token':
      return { refresh: 'refreshToken', value: 'current.accessToken', id: 'current.id' }[expression.field]
    case 'constant':
      return JSON.stringify(expression.value)
    default:
      throw new TypeError(`${String(value)} cannot be sent: lint lets no such value through`)
  }
}
