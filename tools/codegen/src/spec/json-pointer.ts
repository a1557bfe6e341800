import { isObject, type Json, type KeyPath } from './json.ts'

/** The segments of a JSON Pointer (RFC 6901); none for the whole document. */
export function pointerSegments(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value that a JSON Pointer names, if there is one. A fragment's percent-encoding is undone. */
export function readPointer(document: Json, pointer: string): Json | undefined {
  let current: Json | undefined = document
  for (const segment of pointerSegments(decodeURIComponent(pointer))) {
    if (isObject(current)) current = Object.hasOwn(current, segment) ? current[segment] : undefined
    else current = Array.isArray(current) ? current[Number(segment)] : undefined
  }
  return current
}

/** The place of a value as the fragment of a URI: `#/paths/~1auth/get`. */
export function pointerFragment(at: KeyPath): string {
  return `#${at.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
}
