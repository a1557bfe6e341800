import type { StandardLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import type { Flow, WrittenEndpoint } from './check-flow.ts'

/** A scheme that is written out. */
export interface Subject {
  readonly name: string
  readonly facts: StandardLifecycle
  readonly flow: Flow
}

/** What one scheme does at an endpoint. */
export interface EndpointUse {
  readonly facts: StandardLifecycle
  readonly grant: Grant
}

/** Values of `grant_type`, and what is sent where tokens are revoked. */
export type Grant = 'client_credentials' | 'authorization_code' | 'refresh_token' | 'revocation'

/** An endpoint of the document, and all that the schemes do there. */
export interface SharedEndpoint extends WrittenEndpoint {
  readonly uses: readonly EndpointUse[]
}

/** The endpoints of all schemes. OpenAPI has one operation for a method and a path, so all grants share one. */
export function endpointsOf(subjects: readonly Subject[]): readonly SharedEndpoint[] {
  const endpoints = new Map<string, SharedEndpoint>()
  for (const { facts, flow } of subjects) {
    for (const [endpoint, grant] of usesOf(flow)) {
      const known = endpoints.get(endpoint.path) ?? { ...endpoint, uses: [] }
      endpoints.set(endpoint.path, { ...known, uses: [...known.uses, { facts, grant }] })
    }
  }
  return [...endpoints.values()]
}

function usesOf({ kind, token, refresh, revoke }: Flow): readonly (readonly [WrittenEndpoint, Grant])[] {
  const first = kind === 'clientCredentials' ? 'client_credentials' : 'authorization_code'
  return [
    [token, first],
    ...(refresh === undefined ? [] : [[refresh, 'refresh_token'] as const]),
    ...(revoke === undefined ? [] : [[revoke, 'revocation'] as const]),
  ]
}

/** How the body of a use is sent. */
export function contentOf({ facts, grant }: EndpointUse): 'form' | 'json' {
  return grant === 'revocation' ? (facts.revoke?.content ?? 'form') : facts.content
}

/** An endpoint takes one kind of body, on one host. */
export function checkEndpoints(subjects: readonly Subject[]): readonly Problem[] {
  const hosts = new Map<string, string>()
  const elsewhere = subjects.flatMap(({ flow }) =>
    usesOf(flow).flatMap(([{ path, servers, from }]): readonly Problem[] => {
      const host = JSON.stringify(servers ?? [])
      if (hosts.get(path) === undefined) hosts.set(path, host)
      return hosts.get(path) === host ? [] : [{ at: from, sentence: `\`${path}\` is on another host already.` }]
    }),
  )
  const mixed = endpointsOf(subjects).flatMap(({ from, path, uses }): readonly Problem[] => {
    const revoking = uses.filter(({ grant }) => grant === 'revocation')
    if (revoking.length > 0 && revoking.length < uses.length) {
      const sentence = `\`${path}\` issues tokens and revokes them, which the standard does not know. Write the lifecycle by hand.`
      return [{ at: from, sentence }]
    }
    return new Set(uses.map(contentOf)).size < 2
      ? []
      : [
          {
            at: from,
            sentence: `\`${path}\` takes a form or JSON, not both. Write the same \`content\` in each scheme.`,
          },
        ]
  })
  return [...elsewhere, ...mixed]
}
