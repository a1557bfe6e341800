import type { BoundValue } from './bound-value.ts'
import type { Call } from './call.ts'
import { pointerSegments } from './json-pointer.ts'

/** A field of a body and what is bound to it. */
export interface BodyField {
  /** As the spec writes it: a name, or a pointer. */
  readonly key: string
  /** The names from the body's root: several for a pointer into an object. */
  readonly path: readonly string[]
  readonly value: BoundValue
}

/** The fields that a call's body binds. */
export function bodyFields({ body = {} }: Call): readonly BodyField[] {
  return Object.entries(body).map(([key, value]) => ({ key, path: bodyPath(key), value }))
}

/** `/client/id` as its names, and `client_id` as it is. */
function bodyPath(key: string): readonly string[] {
  return key.startsWith('/') ? pointerSegments(key) : [key]
}
