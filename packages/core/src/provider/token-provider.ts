import type { ConsentFlow } from './consent.ts'
import type { ParentSchemes } from './parent-schemes.ts'
import type { TokenLifecycle } from './token-lifecycle.ts'

/** How a provider issues, refreshes and revokes tokens. Usually generated from its spec. */
export interface TokenProvider<Inputs, M = unknown> extends TokenLifecycle<Inputs, M> {
  /** The schemes that token calls need a token of: `parentSchemes()`. @default none */
  readonly parents?: ParentSchemes<TokenProvider<Inputs>> | undefined
  /** How a person agrees, where a first token needs that: `authorizationCode()` of `@chaveiro/core/consent`. */
  readonly consent?: ConsentFlow<Inputs, M> | undefined
}
