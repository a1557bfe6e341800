import type { AskedScopes, Scalar } from '../spec/bound-value.ts'
import { parseExpression } from '../spec/expression.ts'
import { memberName } from '../spec/inputs.ts'
import type { Input, IssuedLifecycle } from '../spec/lifecycle.ts'
import type { AuthorKit } from './author-kit.ts'
import { memberAccess } from './names.ts'

/** What emitted code knows of the token that a call is about, by the name of its parameter. */
export const TOKEN_NAMES = { refresh: 'refreshToken', value: 'accessToken', id: 'id' } as const

/** The source of a value that is sent: an input, a part of the token, a constant. */
export function valueSource(kit: AuthorKit, { inputs }: IssuedLifecycle, value: Scalar): string {
  const expression = parseExpression(value)
  switch (expression.kind) {
    case 'input':
      return inputSource(kit, expression.name, inputs[expression.name])
    case 'token':
      return TOKEN_NAMES[expression.field]
    case 'code':
      return expression.part
    case 'kept':
      return keptSource(expression)
    case 'constant':
      return JSON.stringify(expression.value)
    default:
      throw new TypeError(`${String(value)} cannot be sent: lint lets no such value through`)
  }
}

/** `secrets.jwt`; `secrets?.jwt` where nothing has made sure yet that it is there. */
export function keptSource(
  { place, name }: { readonly place: 'meta' | 'secrets'; readonly name: string },
  mayBeMissing = false,
): string {
  return `${place}${memberAccess(name, mayBeMissing)}`
}

/** The source of what is bound to a field. */
export function boundSource(kit: AuthorKit, lifecycle: IssuedLifecycle, value: Scalar | AskedScopes): string {
  if (typeof value !== 'object' || value === null) return valueSource(kit, lifecycle, value)
  const { scopes: _, ...options } = value
  return `${kit.use('askedScopes')}(io${Object.keys(options).length === 0 ? '' : `, ${JSON.stringify(options)}`})`
}

/** May the value be missing when the call is made? */
export function isOptional({ inputs }: IssuedLifecycle, value: Scalar | AskedScopes): boolean {
  if (typeof value === 'object') return value !== null
  const expression = parseExpression(value)
  return expression.kind === 'input' && inputs[expression.name]?.optional === true
}

function inputSource(kit: AuthorKit, name: string, input: Input | undefined): string {
  if (input === undefined) throw new TypeError(`${name} is not an input: lint lets no such value through`)
  const member = memberName(name, input)
  if (input.optional === true)
    return input.secret === true ? `await ${kit.use('revealGiven')}(inputs.${member})` : `inputs.${member}`
  if (input.secret === true) return `await ${kit.use('reveal')}(inputs.${member})`
  return input.default === undefined ? `inputs.${member}` : `inputs.${member} ?? facts.inputs.${member}.default`
}
