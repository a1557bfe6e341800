import type { Json } from './json.ts'

/** A value of the vocabulary, taken apart. */
export type Expression =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'body'; readonly pointer: string }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'token'; readonly field: 'value' | 'id' | 'refresh' }
  /** What an exchange sends: the code, and what it was asked for with. */
  | { readonly kind: 'code'; readonly part: 'code' | 'redirectUri' | 'verifier' }
  /** A parameter of the callback. It is not verified. */
  | { readonly kind: 'callback'; readonly name: string }
  /** What an earlier answer left with the token. */
  | { readonly kind: 'kept'; readonly place: 'meta' | 'secrets'; readonly name: string }
  /** The scopes of the account, which are bound as `{ scopes: $account.scopes }`. */
  | { readonly kind: 'scopes' }
  | { readonly kind: 'constant'; readonly value: Json }
  /** Looks like an expression but isn't one. */
  | { readonly kind: 'unreadable'; readonly text: string }

const CODE_PARTS = ['code', 'redirectUri', 'verifier'] as const
const TOKEN_FIELDS = ['value', 'id', 'refresh'] as const

/** Takes a value of the spec apart: a runtime expression, or a constant. */
export function parseExpression(value: Json): Expression {
  if (typeof value !== 'string' || !value.startsWith('$')) return { kind: 'constant', value }
  if (value === '$account.scopes') return { kind: 'scopes' }
  const input = /^\$inputs\.([A-Za-z0-9]+)$/.exec(value)?.[1]
  if (input !== undefined) return { kind: 'input', name: input }
  const pointer = /^\$response\.body#(\/.+)$/.exec(value)?.[1]
  if (pointer !== undefined) return { kind: 'body', pointer }
  const header = /^\$response\.header\.([A-Za-z0-9-]+)$/.exec(value)?.[1]
  if (header !== undefined) return { kind: 'header', name: header }
  const field = TOKEN_FIELDS.find((name) => value === `$token.${name}`)
  if (field !== undefined) return { kind: 'token', field }
  const part = CODE_PARTS.find((name) => value === `$${name}`)
  if (part !== undefined) return { kind: 'code', part }
  const parameter = /^\$callback\.([A-Za-z0-9_-]+)$/.exec(value)?.[1]
  if (parameter !== undefined) return { kind: 'callback', name: parameter }
  const [, place, kept] = /^\$token\.(meta|secrets)\.([A-Za-z0-9]+)$/.exec(value) ?? []
  if (kept !== undefined && (place === 'meta' || place === 'secrets')) return { kind: 'kept', place, name: kept }
  return { kind: 'unreadable', text: value }
}
