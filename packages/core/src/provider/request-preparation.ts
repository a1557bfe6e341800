import type { Fetch } from '../http/fetch.ts'
import type { ResolvedInputs } from '../renewal.ts'
import type { Grant } from '../token/grant.ts'

/** What one attempt carries besides the token. */
interface PreparedRequest {
  /** Sets it, on each hop. */
  authorize(headers: Headers): void
  /**
   * Sends what was added to the query, and hides it: a redirect would show it, so none is followed. Absent: the query is
   * the caller's own.
   */
  readonly hiding: ((fetch: Fetch) => Fetch) | undefined
}

/** Prepares the attempts of one call. */
export interface RequestPreparer<M> {
  prepare(token: Grant<M>, url: URL): Promise<PreparedRequest>
}

/** What requests of a provider's API carry besides the token: what `prepareRequests()` returns. */
export interface RequestPreparation<Inputs, M> {
  /** Prepares the attempts of one call of `fetch`. The account's inputs are read once for all of them. */
  begin(
    provider: { readonly id: string; readonly secretQuery?: readonly string[] | undefined },
    inputs: () => Promise<ResolvedInputs<Inputs>>,
  ): RequestPreparer<M>
}
