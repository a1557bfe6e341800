import { FAULT_KINDS } from '../check-fault.ts'
import type { Fault, FaultScope } from '../fault.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'

type AnyFault = Fault & FaultScope<string>

/**
 * A fault that came as JSON. The document's schema has looked at the types of its fields, and `faults.next()` looks at which
 * of them belong to its kind.
 *
 * @throws {TypeError} if it isn't one.
 */
export const readFault = (json: Json | undefined): AnyFault => {
  const fault = isJsonObject(json) && json['times'] === 'always' ? { ...json, times: Infinity } : json
  if (!isFault(fault)) throw new TypeError(`fault.kind: expected one of ${FAULT_KINDS.join(', ')}`)
  return fault
}

const isFault = (json: Json | undefined): json is JsonObject & AnyFault =>
  isJsonObject(json) && typeof json['kind'] === 'string' && FAULT_KINDS.includes(json['kind'])
