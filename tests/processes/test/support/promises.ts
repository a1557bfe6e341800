import type { FleetRow } from './fleet-row.ts'

type PromisedEither = FleetRow['promised']

/** Whatever goes wrong, the engine knows whether the refresh token was used. */
export const NOT_LOST: PromisedEither = {
  never: { sent: 1, signIn: 'not needed' },
  once: { sent: 1, signIn: 'not needed' },
}

/** Only one process knows the answer for a while, and it is there in the end. */
export const LOST_TO_OTHERS: PromisedEither = {
  never: { sent: 1, signIn: 'not needed' },
  once: { sent: 2, signIn: 'may be needed' },
}

/** No process has the answer, and nothing but the old refresh token is left. */
export const LOST_FOR_GOOD: PromisedEither = {
  never: { sent: 1, signIn: 'may be needed' },
  once: { sent: 2, signIn: 'may be needed' },
}

/** The store forgot what other processes may have done with the refresh token. Nothing tells that they did nothing. */
export const PERHAPS_SPENT: PromisedEither = {
  never: { sent: 1, signIn: 'may be needed' },
  once: { sent: 1, signIn: 'not needed' },
}
