import { parseExpression } from '../spec/expression.ts'
import type { IssuedLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { type IssuedScheme, issuedSchemes, type SecurityScheme } from '../spec/spec.ts'
import { whyNotKept } from './check-bound-values.ts'
import type { Rule } from './rule.ts'

/** What requests of the API carry is known before they leave, and is theirs to carry. */
export const checkApi: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    Object.entries(scheme.lifecycle.api?.parameters ?? {}).flatMap(([name, value]): readonly Problem[] => {
      const at = [...scheme.at, 'api', 'parameters', name]
      const taken = whyTaken(scheme, name)
      if (taken !== undefined) return [{ at, sentence: taken }]
      const found = typeof value === 'string' ? whyNotCarried(scheme.lifecycle, value) : undefined
      return found === undefined ? [] : [{ at, ...found }]
    }),
  )

function whyTaken({ security }: IssuedScheme, qualified: string): string | undefined {
  if (!qualified.startsWith('header.')) return undefined
  const name = qualified.slice('header.'.length).toLowerCase()
  if (name === headerOf(security)) return 'The token is sent in this header.'
  if (name === 'authorization') return 'This header is for a token. State it as a security scheme with a lifecycle.'
  return CALLERS.has(name) ? 'This header is for the caller or the platform to set.' : undefined
}

// Of a request's own content, or forbidden to programs (Fetch Standard).
const CALLERS = new Set([
  'accept',
  'content-type',
  'content-length',
  'cookie',
  'host',
  'connection',
  'transfer-encoding',
])

function headerOf({ header = 'authorization' }: SecurityScheme): string {
  return header.toLowerCase()
}

function whyNotCarried(lifecycle: IssuedLifecycle, text: string): Omit<Problem, 'at'> | undefined {
  const expression = parseExpression(text)
  switch (expression.kind) {
    case 'body':
    case 'header':
    case 'code':
    case 'callback':
    case 'scopes':
      return {
        sentence: `\`${text}\` is not there when the API is called. Name an input, or what is kept of the token.`,
      }
    case 'kept':
      return whyNotKept(lifecycle, expression, text)
    case 'token':
      return expression.field === 'refresh'
        ? { sentence: 'A refresh token is for the token endpoint alone.' }
        : undefined
    default:
      return undefined
  }
}
