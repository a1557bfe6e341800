import type { KeyPath } from '../spec/json.ts'
import { type IssuedLifecycle, issuingCallsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { secretPaths, secretQueries } from '../spec/secret-parameters.ts'
import { issuedSchemes, operationOf, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

const QUERY_HEADING = '## Secrets in a query'

/** SOURCES.md answers for what a wrong guess would make dangerous: secrets in URLs, lifetimes, repetition, rotation. */
export const checkSources: Rule = ({ model, sources }) => {
  const demanded = sectionUnder(sources, QUERY_HEADING)
  const secrets = secretQueries(model)
    .filter(({ name, operationId }) => takesQuery(model, operationId, name) && !demanded.includes(`\`${name}\``))
    .map(
      ({ name, at }): Problem => ({
        at,
        sentence: `This puts a secret into a URL. Only a vendor's demand allows that: quote it in SOURCES.md under "${QUERY_HEADING}", naming \`${name}\`.`,
      }),
    )
  // One that is mistaken counts: it has its lines too.
  const supplied = model.schemes.filter(({ lifecycle }) => 'supplied' in lifecycle).map(({ name }) => name)
  const several = model.securitySchemes.filter((one) => one.hasLifecycle && !supplied.includes(one.name)).length > 1
  // The table of facts names these words too, and says nothing of where they come from.
  const prose = sources.replace(/^\|.*$/gm, '')
  const uncovered = issuedSchemes(model).flatMap((scheme) =>
    factsToCover(scheme.lifecycle).flatMap((keys): readonly Problem[] => {
      // Where `standard` was written out there are no calls, and what the author left to it needs no source.
      const words = model.expanded[scheme.name]
      const word = keys.findIndex((key) => words?.includes(String(key)))
      if (words !== undefined && word < 0) return []
      const stated = words === undefined ? keys : keys.slice(word)
      const name = [...(several ? [scheme.name] : []), ...stated].join('.')
      if (prose.includes(`\`${name}\``)) return []
      return [
        {
          at: [...scheme.at, ...keys],
          sentence: `SOURCES.md does not say where this comes from. Add a line for \`${name}\`.`,
        },
      ]
    }),
  )
  return [...secrets, ...inPaths(model), ...uncovered]
}

/** One that the operation does not have is reported for that. */
function takesQuery(model: SpecModel, operationId: string | undefined, name: string): boolean {
  if (operationId === undefined) return true
  return operationOf(model, operationId)?.parameters.some((one) => one.in === 'query' && one.name === name) ?? false
}

/** No vendor here demands it, so there is no way to allow it. */
function inPaths(model: SpecModel): readonly Problem[] {
  return secretPaths(model).map(({ at }) => ({
    at,
    sentence: 'This puts a secret into a path, which every log on the way keeps. @chaveiro/core refuses to send it.',
  }))
}

const REFRESH_TOKEN_FACTS = ['expires', 'idle', 'rotation', 'uses', 'grace'] as const

function factsToCover(lifecycle: IssuedLifecycle): readonly KeyPath[] {
  const calls = issuingCallsOf(lifecycle).flatMap(({ at, call }): readonly KeyPath[] => {
    const facts = REFRESH_TOKEN_FACTS.filter((fact) => call.refreshToken?.[fact] !== undefined)
    return [[...at, 'expires'], ...facts.map((fact) => [...at, 'refreshToken', fact])]
  })
  const listed: readonly KeyPath[] = lifecycle.list?.expires === undefined ? [] : [['list', 'expires']]
  const repeat: readonly KeyPath[] = lifecycle.acquire === undefined ? [] : [['acquire', 'repeat']]
  const limits = (['renew', 'limit', 'lockout'] as const).filter((word) => lifecycle[word] !== undefined)
  return [...calls, ...repeat, ...listed, ...limits.map((word) => [word]), ...consentFacts(lifecycle)]
}

/** `unknown` is not a fact. */
function consentFacts({ consent }: IssuedLifecycle): readonly KeyPath[] {
  if (consent?.shown?.expires !== undefined) return [['consent', 'shown', 'expires']]
  if (consent?.request === undefined) return []
  const { pkce, issuer = { inCallback: 'unknown' } } = consent.request
  const isIssuerKnown = issuer.inCallback !== 'unknown' || issuer.url !== undefined
  return [
    ...(pkce === 'unknown' ? [] : [['consent', 'request', 'pkce']]),
    ...(isIssuerKnown ? [['consent', 'request', 'issuer']] : []),
  ]
}

function sectionUnder(text: string, heading: string): string {
  const start = text.indexOf(`${heading}\n`)
  if (start < 0) return ''
  const body = text.slice(start + heading.length)
  const end = body.indexOf('\n## ')
  return end < 0 ? body : body.slice(0, end)
}
