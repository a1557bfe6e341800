import type { ShownCodeFlow } from '../provider/consent.ts'
import { byShownCode } from './by-shown-code.ts'
import { consentsOf } from './consents.ts'

/** A consent by codes that are shown and typed, as an author states it. */
export interface ShownCode<Inputs, M = unknown> extends Pick<ShownCodeFlow<Inputs, M>, 'show' | 'exchange'> {}

/**
 * A consent without a way back, as a provider's `consent`: the provider issues a code, the person types it on a page of the
 * provider, and types back the code that the page shows. The client is told apart by its inputs with `identity: true`.
 *
 * @example
 * consent: shownCode({
 *   async show(io, { clientId }) {
 *     const answer = …
 *     return {
 *       userCode: answer.userCode,
 *       verificationUrl: answer.verificationUrl,
 *       verifier: answer.verifier,
 *       expiresAt: optionalExpiry(io, seconds(answer.expiresIn)),
 *     }
 *   },
 *   exchange: (io, { code, verifier }, inputs) => …,
 * })
 */
export function shownCode<Inputs, M = unknown>(definition: ShownCode<Inputs, M>): ShownCodeFlow<Inputs, M> {
  const calls: ShownCode<Inputs, M> = {
    show: (io, inputs) => definition.show(io, inputs),
    exchange: (io, code, inputs) => definition.exchange(io, code, inputs),
  }
  return Object.freeze<ShownCodeFlow<Inputs, M>>({
    ...calls,
    open: (services) => consentsOf(services, byShownCode(calls)),
  })
}
