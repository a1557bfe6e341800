import { membersOf } from './json-tokens.ts'

/** What a pointer points to, or how far it leads. */
export type Picked =
  | { readonly tokens: readonly string[] }
  | { readonly missing: string; readonly kind: 'object' | 'array' | 'value'; readonly size: number }

/** The steps of a JSON pointer (RFC 6901): `/data/0/id`. `undefined`: it is not one. */
export function readPointer(text: string): readonly string[] | undefined {
  if (text === '') return []
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return undefined
  return text
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Follows a pointer through a document. An index has no leading zeros (RFC 6901, section 4). */
export function pickJson(document: readonly string[], pointer: string): Picked {
  let tokens = document
  let reached = ''
  for (const step of readPointer(pointer) ?? []) {
    const kind = tokens[0] === '{' ? 'object' : tokens[0] === '[' ? 'array' : 'value'
    const members = kind === 'value' ? [] : membersOf(tokens)
    // Of a key that is there twice JSON.parse takes the last one too.
    const found = members.findLast(([key]) => key === step)
    if (found === undefined) return { missing: reached, kind, size: members.length }
    tokens = found[1]
    reached += `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
  }
  return { tokens }
}
