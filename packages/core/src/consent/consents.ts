import type { AuthorizationRequest, ConsentFlow, ConsentServices, OpenConsent } from '../provider/consent.ts'
import { begin } from './begin.ts'
import type { ConsentContext } from './consent-context.ts'
import { finish } from './finish.ts'
import { pendings } from './pendings.ts'
import { shelfOf } from './shelf.ts'

/** The consents of one manager's accounts. */
export function consentsOf<Inputs, M>(
  services: ConsentServices<Inputs, M>,
  request: AuthorizationRequest<Inputs>,
  flow: Pick<ConsentFlow<Inputs, M>, 'exchange'>,
): OpenConsent<M> {
  const { clock, store, sealer } = services
  const open = pendings(clock, shelfOf(clock, store), sealer)
  return (account, keep) => {
    const context: ConsentContext<Inputs, M> = { account, services, request, flow, open }
    return {
      begin: (options) => begin(context, options),
      finish: (options) => finish(context, options, keep),
    }
  }
}
