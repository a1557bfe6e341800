import { defineProvider, perServer, type ServerOptions, type TokenProvider } from '@chaveiro/core/provider'
import { facts } from './generated/facts.ts'
import {
  type CorreiosInputs,
  type CorreiosServer,
  correiosContractToken,
  correiosPostingCardToken,
  correiosUserToken,
} from './generated/provider.ts'

/**
 * Correios' tokens, for `createTokenManager()`. The inputs say which of the three ways in is taken: a posting card, or a
 * contract, or the user alone. Give each posting card an account of its own.
 * @throws {TypeError} when the server is missing or unknown.
 */
export const correiosProvider: (options: ServerOptions<CorreiosServer>) => TokenProvider<CorreiosInputs> =
  /* @__PURE__ */ perServer(facts, (_server, options) => {
    const ofCard = correiosPostingCardToken(options)
    const ofContract = correiosContractToken(options)
    const ofUser = correiosUserToken(options)
    return defineProvider<CorreiosInputs>({
      ...ofCard,
      id: facts.id,
      async acquire(io, inputs) {
        const way = inputs.postingCard ? ofCard : inputs.contract ? ofContract : ofUser
        const grant = await way.acquire?.(io, inputs)
        if (grant === undefined) throw new TypeError('Each of the three lifecycles states how its token is issued.')
        return grant
      },
    })
  })
