import type { ReplayClass } from '../http/failure.ts'
import type { TokenProvider } from './token-provider.ts'

/** What the spec says about sending an operation again. @throws {TypeError} for an operation that it does not describe. */
export function operationReplay(
  { id, operations = {} }: Pick<TokenProvider<never>, 'id' | 'operations'>,
  operation: string,
): ReplayClass {
  const fact = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (fact) return fact.replay
  const known = Object.keys(operations).join(', ') || 'none'
  throw new TypeError(`${id} has no operation ${operation}. There are: ${known}.`)
}
