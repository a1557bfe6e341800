import type { ProviderIo } from '../provider/provider-io.ts'
import type { Secret } from '../secret.ts'
import { bearer, type TypedAnswer } from './helpers.ts'
import { isRefused, type RefusedAnswer } from './refused-answers.ts'

/** How a call with a parent's token is judged. */
export interface ParentCallOptions {
  /** Answers that say that the parent's token is no longer good. @default [401] */
  refused?: readonly RefusedAnswer[] | undefined
  /** The headers that carry the parent's token. @default `Authorization: Bearer` */
  headers?: ((token: Secret) => Readonly<Record<string, string>>) | undefined
}

/**
 * Makes a call that carries a token of a parent scheme. A parent's token can end before its time, so a call that is
 * refused is made once more, with a newer one; a second refusal is the answer.
 */
export async function withParent<T>(
  io: ProviderIo,
  scheme: string,
  call: (headers: Readonly<Record<string, string>>) => Promise<TypedAnswer<T>>,
  { refused = [401], headers = bearer }: ParentCallOptions = {},
): Promise<TypedAnswer<T>> {
  const token = await io.token(scheme)
  const answer = await call(headers(token))
  const { response, error, data } = answer
  if (!isRefused(refused, { status: response.status, headers: response.headers, body: error ?? data })) return answer
  return call(headers(await io.token(scheme, { newerThan: token })))
}
