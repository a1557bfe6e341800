import type { ProviderIo } from '../provider/provider-io.ts'
import { bearer, type TypedAnswer } from './helpers.ts'
import { isRefused, type RefusedAnswer } from './refused-answers.ts'

/** How a call with a parent's token is judged. */
export interface ParentCallOptions {
  /** Answers that say that the parent's token is no longer good. @default [401] */
  refused?: readonly RefusedAnswer[] | undefined
}

/**
 * Makes a call that carries a token of a parent scheme. A parent's token can end before its time, so a call that is
 * refused is made once more, with a newer one; a second refusal is the answer.
 */
export async function withParent<T>(
  io: ProviderIo,
  scheme: string,
  call: (headers: { authorization: string }) => Promise<TypedAnswer<T>>,
  { refused = [401] }: ParentCallOptions = {},
): Promise<TypedAnswer<T>> {
  const token = await io.token(scheme)
  const answer = await call(bearer(token))
  const { response, error, data } = answer
  if (!isRefused(refused, { status: response.status, headers: response.headers, body: error ?? data })) return answer
  return call(bearer(await io.token(scheme, { newerThan: token })))
}
