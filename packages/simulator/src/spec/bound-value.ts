import { isJsonObject, type Json, type JsonObject, textIn } from '../json.ts'

/** A value of the vocabulary, as a server sees it: what a request has to bring, or what an answer is to say. */
export type BoundValue =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'input'; readonly name: string }
  /** A part of the token that the call is about. */
  | { readonly kind: 'token'; readonly field: 'value' | 'id' | 'refresh' }
  /** What an earlier answer left beside the token: `secrets.jwt`, `meta.lane`. */
  | { readonly kind: 'kept'; readonly name: string }
  | { readonly kind: 'code' }
  | { readonly kind: 'redirect-uri' }
  | { readonly kind: 'verifier' }
  | { readonly kind: 'scopes'; readonly separator: string; readonly demanded: boolean }
  /** The client chooses the end. */
  | { readonly kind: 'end'; readonly format: string; readonly zone: string }
  | { readonly kind: 'assertion'; readonly key: string; readonly alg: string; readonly claims: JsonObject }

const ONE_WORD: Readonly<Record<string, BoundValue>> = {
  $code: { kind: 'code' },
  $redirectUri: { kind: 'redirect-uri' },
  $verifier: { kind: 'verifier' },
  '$token.value': { kind: 'token', field: 'value' },
  '$token.id': { kind: 'token', field: 'id' },
  '$token.refresh': { kind: 'token', field: 'refresh' },
}

/** Reads what a call binds (docs/write-a-spec.md). */
export const readBoundValue = (value: Json): BoundValue => {
  if (isJsonObject(value)) return readComposed(value)
  if (typeof value !== 'string' || !value.startsWith('$')) return { kind: 'constant', value }
  const [, input] = /^\$inputs\.(\w+)$/.exec(value) ?? []
  if (input !== undefined) return { kind: 'input', name: input }
  const [, kept] = /^\$token\.((?:meta|secrets)\.\w+)$/.exec(value) ?? []
  if (kept !== undefined) return { kind: 'kept', name: kept }
  return ONE_WORD[value] ?? { kind: 'constant', value }
}

const readComposed = (value: JsonObject): BoundValue => {
  const { scopes, assertion } = value
  if (scopes !== undefined) {
    const isDemanded = value['demanded'] === true || value['always'] !== undefined
    return { kind: 'scopes', separator: textIn(value, 'separator') ?? ' ', demanded: isDemanded }
  }
  if (isJsonObject(assertion)) {
    const { claims } = assertion
    return {
      kind: 'assertion',
      alg: textIn(assertion, 'alg') ?? '',
      key: (textIn(assertion, 'key') ?? '').replace('$inputs.', ''),
      claims: isJsonObject(claims) ? claims : {},
    }
  }
  return { kind: 'end', format: textIn(value, 'format') ?? '', zone: textIn(value, 'zone') ?? 'UTC' }
}
