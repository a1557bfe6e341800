import type { ConsentServices, OpenConsent } from '../provider/consent.ts'
import type { Asking, ConsentContext } from './asking.ts'
import { finish } from './finish.ts'
import { pendings } from './pendings.ts'
import { shelfOf } from './shelf.ts'

/** The consents of one manager's accounts. */
export function consentsOf<Inputs, M>(services: ConsentServices<Inputs, M>, asking: Asking<Inputs, M>): OpenConsent<M> {
  const { clock, store, sealer } = services
  const open = pendings(clock, shelfOf(clock, store), sealer)
  return (account, keep) => {
    const context: ConsentContext<Inputs, M> = { account, services, asking, open }
    return {
      begin: async (options = {}) => asking.begin(context, options),
      finish: (options) => finish(context, options, keep),
    }
  }
}
