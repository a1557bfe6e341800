import type { TokenManager } from '@chaveiro/core'

/** A token manager, or what `create<Provider>()` returns. */
export type Instrumentable = Pick<TokenManager, 'on' | 'accounts'> & Partial<Pick<TokenManager, 'load'>>
