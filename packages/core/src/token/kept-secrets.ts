import { isFields } from '../notes.ts'
import { type Secret, secret } from '../secret.ts'

declare const names: unique symbol

/**
 * Names, in the type of a provider's `meta`, the secrets that are kept beside its tokens. Only a type: no value has more
 * than `meta` for it.
 *
 * @example
 * interface AcmeMeta extends KeepsSecrets<'jwt'> { userId?: string | undefined }
 */
export interface KeepsSecrets<Names extends string> {
  /** Never there. */
  readonly [names]?: Names | undefined
}

/** The names of the secrets that come with a token: any, if the provider's type doesn't say. */
export type SecretName<M> = M extends KeepsSecrets<infer Names> ? Names : string

/** The secrets beside a token as plain strings: at the edge only. */
export type KeptSecrets<M = unknown> = { readonly [Name in SecretName<M>]?: string | undefined }

/** The secrets that came with a token, as its holder sees them. */
export type SecretsOf<M = unknown> = { readonly [Name in SecretName<M>]?: Secret | undefined }

/** Each text behind a {@link Secret}. */
export function maskedSecrets<M>(kept: KeptSecrets<M> | undefined): SecretsOf<M> {
  const masked = Object.entries<unknown>(kept ?? {}).map(([name, text]) => [name, secret(String(text))] as const)
  return named<SecretsOf<M>>(Object.fromEntries(masked))
}

/** Under the names in the provider's type, which are trusted, like its `meta`. */
export function named<Secrets>(secrets: object): Secrets {
  if (isNamed<Secrets>(secrets)) return secrets
  throw new TypeError('Secrets are an object.')
}

function isNamed<Secrets>(secrets: object): secrets is object & Secrets {
  return isFields(secrets)
}
