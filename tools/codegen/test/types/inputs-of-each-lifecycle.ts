// Read by the compilers of `tests/packages`: each lifecycle asks for its own inputs, because at run time it takes no others.

import { createTokenManager, type TokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { type BazaarInputs, bazaarKeeperToken, bazaarStallToken } from '../golden/bazaar/provider.ts'
import type { NotaryInputs, notaryApplicationToken, notarySessionToken } from '../golden/notary/provider.ts'

/** The inputs of the provider that a generated function makes. */
type InputsOf<Make> = Make extends (...options: never[]) => TokenProvider<infer Inputs, infer _> ? Inputs : never

/** Whether two types have the same members, of the same types, and optional alike. */
type Same<One, Other> = [One, Other] extends [Other, One] ? ([keyof One] extends [keyof Other] ? true : false) : false

export const stall: Same<InputsOf<typeof bazaarStallToken>, Pick<BazaarInputs, 'stall' | 'word'>> = true
export const keeper: Same<InputsOf<typeof bazaarKeeperToken>, Pick<BazaarInputs, 'clientId' | 'clientSecret'>> = true
export const session: Same<
  InputsOf<typeof notarySessionToken>,
  Pick<NotaryInputs, 'clientId' | 'username' | 'password'>
> = true
// It logs in for each of its tokens, so it takes what a session takes too.
export const application: Same<InputsOf<typeof notaryApplicationToken>, NotaryInputs> = true
// A test of the test: one input fewer is another type.
export const fewer: Same<Pick<BazaarInputs, 'stall'>, Pick<BazaarInputs, 'stall' | 'word'>> = false

/** A program that opens one stall has no account of a keeper. */
export const stalls = (): TokenManager =>
  createTokenManager({
    provider: bazaarStallToken({ server: 'production', shop: 'blue-door' }),
    credentials: () => ({ stall: 'fruit', word: 'apple' }),
  })

/** What configures both still fits each. */
export const keepers = (inputs: BazaarInputs): TokenManager =>
  createTokenManager({
    provider: bazaarKeeperToken({ server: 'production', shop: 'blue-door' }),
    credentials: () => inputs,
  })
