// What a request says, read strictly: RFC 6749 §3.1 and §3.2 forbid repeated parameters, and §2.3.1 secrets in an address.
// It has unknown and empty ones ignored; here they are refused too, because in a test they are mistakes.

import { FORM, parseForm } from '../form.ts'
import type { IncomingRequest } from '../incoming-request.ts'
import { isJsonObject, type JsonObject, parseJson } from '../json.ts'
import { mediaType } from '../media-type.ts'
import type { OAuthContent } from './facts.ts'
import { OAuthError } from './oauth-error.ts'

/** The parameters of one request, by name. */
export interface Parameters {
  /** The value of a parameter that may be left out. */
  get(name: string): string | undefined
  /** The value of one that must be there. */
  demand(name: string): string
  has(name: string): boolean
  /** Refuses all others. */
  only(known: readonly string[]): void
}

const MEDIA_TYPES: Readonly<Record<OAuthContent, string>> = { form: FORM, json: 'application/json' }

/** The parameters in the body of a call to the token or the revocation endpoint. */
export const bodyParameters = (request: IncomingRequest, content: readonly OAuthContent[]): Parameters => {
  if (request.url.search !== '') throw new OAuthError('invalid_request', 'query: parameters belong into the body')
  const given = content.find((one) => MEDIA_TYPES[one] === mediaType(request.headers))
  if (given === undefined) {
    const expected = content.map((one) => MEDIA_TYPES[one]).join(' or ')
    throw new OAuthError('invalid_request', `header.content-type: expected ${expected}`)
  }
  const body = given === 'form' ? parseForm(request.text) : parseJson(request.text)
  if (!isJsonObject(body)) throw new OAuthError('invalid_request', 'body: expected a JSON object')
  return parametersOf('body', body)
}

/** The parameters in the query of an address. */
export const queryParameters = ({ url }: IncomingRequest): Parameters => parametersOf('query', parseForm(url.search))

const parametersOf = (where: string, values: JsonObject): Parameters => {
  const named = (name: string): string => `${where}.${safeName(name)}`
  const get = (name: string): string | undefined => {
    if (!Object.hasOwn(values, name)) return undefined
    const value = values[name]
    if (Array.isArray(value)) throw new OAuthError('invalid_request', `${named(name)}: given more than once`)
    if (typeof value !== 'string') throw new OAuthError('invalid_request', `${named(name)}: expected text`)
    if (value === '') throw new OAuthError('invalid_request', `${named(name)}: empty`)
    return value
  }
  return {
    get,
    demand: (name) => {
      const value = get(name)
      if (value === undefined) throw new OAuthError('invalid_request', `${named(name)}: required, but missing`)
      return value
    },
    has: (name) => Object.hasOwn(values, name),
    only: (known) => {
      for (const name of Object.keys(values)) {
        if (!known.includes(name))
          throw new OAuthError('invalid_request', `${named(name)}: not a parameter of this call`)
        get(name)
      }
    },
  }
}

/** A body in the wrong format makes a name of what should have been a value. */
const safeName = (name: string): string => (/^[a-z_]{1,30}$/.test(name) ? name : '(another name)')
