import { isAssertion } from '../spec/assertion.ts'
import { type AskedScopes, type BoundValue, type ClaimValue, isAskedScopes, type Scalar } from '../spec/bound-value.ts'
import type { IssuedLifecycle } from '../spec/lifecycle.ts'
import type { InHand } from './grant-source.ts'
import type { LifecycleCall } from './lifecycle-call.ts'
import { boundSource } from './value-source.ts'

const ASKED = 'asked'

/**
 * The first statement of a call whose answer may leave the scopes out: in that case, the requested ones are granted.
 */
export function askedStatement({ kit, scheme, call }: LifecycleCall): string | undefined {
  const asked = askedOf(call)
  return asked && `const ${ASKED} = ${boundSource(kit, scheme.lifecycle, asked)}`
}

/** The source of what is bound to a field of the call: what is asked for is known by then. */
export function fieldSource({ kit, scheme, call }: LifecycleCall, value: Scalar | AskedScopes): string {
  return value === askedOf(call) ? ASKED : boundSource(kit, scheme.lifecycle, value)
}

/** How the granted scopes of a call's answer are read. */
export function grantedScopesInHand({ scheme, call }: LifecycleCall): Pick<InHand, 'asked' | 'separator'> {
  return { asked: askedOf(call) && ASKED, separator: separatorOf(scheme.lifecycle) }
}

function askedOf(call: LifecycleCall['call']): AskedScopes | undefined {
  if (!('granted' in call) || call.granted === undefined) return undefined
  return [...Object.values(call.parameters ?? {}), ...Object.values(call.body ?? {}).flatMap(partsOf)].find(
    isAskedScopes,
  )
}

/** What an assertion claims is asked for too (RFC 7523). */
function partsOf(value: BoundValue): readonly (BoundValue | ClaimValue)[] {
  return isAssertion(value) ? Object.values(value.assertion.claims) : [value]
}

function separatorOf({ acquire, consent }: IssuedLifecycle): string | undefined {
  const asked = acquire === undefined ? consent?.request?.scopes : askedOf(acquire)
  return asked?.separator
}
