import type { Call, CallKey } from '../spec/call.ts'
import type { Operation } from '../spec/operations.ts'
import { type IssuedScheme, operationOf, type Spec } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'

/** One call of a lifecycle, with all that is needed to write it. */
export interface LifecycleCall<Kind extends Call = Call> {
  readonly kit: AuthorKit
  readonly spec: Spec
  readonly scheme: IssuedScheme
  readonly key: CallKey
  readonly call: Kind
  readonly operation: Operation
}

/** One of the calls that the lifecycle may have, if it has it. */
export function lifecycleCall<Kind extends Call>(
  kit: AuthorKit,
  spec: Spec,
  scheme: IssuedScheme,
  key: CallKey,
  call: Kind | undefined,
): LifecycleCall<Kind> | undefined {
  const operation = call === undefined ? undefined : operationOf(spec, call.operationId)
  if (!call || !operation) return undefined
  return { kit, spec, scheme, key, call, operation }
}
