import { callsOf } from '../spec/lifecycle.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

// OpenAPI 3.1 §4.8.12: parameters of these names are ignored.
const SAID_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['authorization', 'State it as a security scheme, and bind that under `security`.'],
  ['content-type', 'The media type of the body says it.'],
  ['accept', 'The media types of the answers say it.'],
])

/** A header that OpenAPI says in another way is said in that way. */
export const checkHeaderParameters: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap(({ at, call }) =>
      Object.keys(call.parameters ?? {}).flatMap((name) => {
        const remedy = name.startsWith('header.')
          ? SAID_ELSEWHERE.get(name.slice('header.'.length).toLowerCase())
          : undefined
        if (remedy === undefined) return []
        const sentence = `OpenAPI ignores a parameter of this name. ${remedy}`
        return [{ at: [...scheme.at, ...at, 'parameters', name], sentence }]
      }),
    ),
  )
