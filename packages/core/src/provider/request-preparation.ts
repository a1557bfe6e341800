import type { ApiRequest, PreparedRequest } from '../http/api-request.ts'
import type { ResolvedInputs } from '../renewal.ts'
import type { Grant } from '../token/grant.ts'

/** What requests of a provider's API carry besides the token: what `prepareRequests()` returns. */
export interface RequestPreparation<Inputs, M> {
  /** Adds it to one request. */
  prepare(request: ApiRequest, token: Grant<M>, inputs: Inputs): void | Promise<void>
  /** Prepares the attempts of one call of `fetch`. The account's inputs are read once for all of them. */
  begin(
    provider: { readonly id: string; readonly secretQuery?: readonly string[] | undefined },
    inputs: () => Promise<ResolvedInputs<Inputs>>,
  ): { prepare(token: Grant<M>, url: URL): Promise<PreparedRequest> }
}
