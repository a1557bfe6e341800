import type { Step } from './messages.ts'

// The library's default: token calls to a provider at the same time, of one process.
const CALLS_AT_ONCE = 8

/** Did this step of a run keep what Chaveiro promises? */
export function isKept(step: Step): boolean {
  switch (step.step) {
    case 'began':
      return true
    case 'connected':
      return step.tokenCalls === step.sellers
    case 'shared':
      return step.tokenCalls === step.sellers && step.ready.every((ready) => ready === step.sellers)
    case 'killed':
      return step.afterCalls >= step.sellers / 2 && step.afterCalls < step.sellers
    case 'went-on': {
      const { inFlight, answered, repeated, ready, sellers, toAgreeAgain, otherErrors, resendUnknown } = step
      const isRepeatRight = repeated === (resendUnknown === 'once' ? inFlight : 0)
      const isSmall = answered <= inFlight && inFlight <= CALLS_AT_ONCE && toAgreeAgain <= inFlight
      return isRepeatRight && isSmall && otherErrors === 0 && ready === sellers - toAgreeAgain
    }
    case 'counted': {
      const { once, twice, more, reuses, repeated } = step
      // A repeat isn't a reuse if its refresh token was unspent.
      return once > 0 && more === 0 && twice <= repeated && reuses <= twice
    }
  }
}
