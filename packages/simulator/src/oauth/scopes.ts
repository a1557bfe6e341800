import { OAuthError } from './oauth-error.ts'

export interface ScopesOptions {
  /** `any`: no document says which exist. */
  readonly known: readonly string[] | 'any'
  readonly byDefault: readonly string[] | 'demanded'
  readonly separator: string
}

export interface Scopes {
  /** What a request for a first token gets. */
  asked(text: string | undefined): readonly string[]
  /** RFC 6749 §6: a refresh gets what was granted, or a part of it. */
  narrowed(text: string | undefined, granted: readonly string[]): readonly string[]
  readonly written: (scopes: readonly string[]) => string
}

/** The scopes of a provider (RFC 6749 §3.3). */
export const createScopes = ({ known, byDefault, separator }: ScopesOptions): Scopes => {
  const read = (text: string, allowed: readonly string[] | 'any'): readonly string[] => {
    const scopes = text.split(separator)
    if (allowed !== 'any' && scopes.some((scope) => !allowed.includes(scope))) {
      throw new OAuthError('invalid_scope', 'scope: unknown, not allowed here, or not separated as expected')
    }
    if (new Set(scopes).size < scopes.length) throw new OAuthError('invalid_scope', 'scope: one is named twice')
    return scopes
  }
  return {
    asked: (text) => {
      if (text !== undefined) return read(text, known)
      if (byDefault === 'demanded') throw new OAuthError('invalid_scope', 'scope: required, but missing')
      return byDefault
    },
    narrowed: (text, granted) => (text === undefined ? granted : read(text, granted)),
    written: (scopes) => scopes.join(separator),
  }
}
