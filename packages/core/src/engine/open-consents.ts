import { ChaveiroError } from '../errors.ts'
import type { ConsentServices, OpenConsent } from '../provider/consent.ts'
import type { TokenProvider } from '../provider/token-provider.ts'

/** The consents of a manager. Throws where the provider asks no person. */
export function openConsents<Inputs, M>(
  { consent }: TokenProvider<Inputs, M>,
  services: ConsentServices<Inputs, M>,
): OpenConsent<M> {
  if (consent) return consent.open(services)
  throw new ChaveiroError('misconfigured', 'The provider asks no person for consent.')
}
