import { isPerServer } from '../spec/assertion.ts'
import type { BoundAssertion, ClaimValue } from '../spec/bound-value.ts'
import { durationMs } from '../spec/duration.ts'
import { fieldSource } from './asked-scopes.ts'
import type { AuthorKit } from './author-kit.ts'
import type { LifecycleCall } from './lifecycle-call.ts'
import { readableNumber } from './names.ts'
import { type Field, objectSource } from './object-source.ts'
import { isOptional, valueSource } from './value-source.ts'

/** What signs a provider's assertions, in emitted code: it keeps the imported keys. */
const SIGN = 'sign'

/** `await sign(io, { … })`: an assertion that is signed when the call is made. */
export function assertionSource(subject: LifecycleCall, { assertion }: BoundAssertion): string {
  const { kit, scheme } = subject
  const { lifecycle } = scheme
  const { alg, key, lifetime, claims } = assertion
  const fields = Object.entries(claims).map(
    ([name, claim]): Field => ({
      path: [name],
      source: claimSource(subject, claim),
      isOptional: !isPerServer(claim) && isOptional(lifecycle, claim),
    }),
  )
  const members = [
    `alg: ${JSON.stringify(alg)}`,
    `key: ${valueSource(kit, lifecycle, key)}`,
    `lifetimeMs: ${readableNumber(durationMs(lifetime))}`,
    `claims: ${objectSource(kit, fields)}`,
  ]
  return `await ${SIGN}(io, { ${members.join(', ')} })`
}

function claimSource(subject: LifecycleCall, claim: ClaimValue): string {
  if (!isPerServer(claim)) return fieldSource(subject, claim)
  return `${subject.kit.other('byServer')}(options.server, ${JSON.stringify(claim)})`
}

/** The statement that makes what signs, where the members of a provider sign. */
export function signerSource(kit: AuthorKit, members: string): readonly string[] {
  return members.includes(`await ${SIGN}(io`) ? [`const ${SIGN} = ${kit.other('assertionSigner')}()`] : []
}
