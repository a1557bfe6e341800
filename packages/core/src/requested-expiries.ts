import { isFields, isInstant, isListOf, type Note, note } from './notes.ts'

/**
 * The end that a token call asked for, where the client chooses when a token ends: what the token is found by if the
 * answer with it gets lost. Written with the claim, before the request leaves.
 */
export interface RequestedExpiry {
  /** Epoch milliseconds, as the provider will list it. */
  readonly end: number
  /** Which manager asked: another one's answer may still come. */
  readonly by: string
}

/** Their key in the notes. */
export const REQUESTED = 'requested'
/** The requested expiries of calls whose answers may be lost. */
export const requestedExpiries: Note<RequestedExpiry[]> = /* @__PURE__ */ note(
  REQUESTED,
  /* @__PURE__ */ isListOf(isRequestedExpiry),
)

function isRequestedExpiry(value: unknown): value is RequestedExpiry {
  return isFields(value) && isInstant(value['end']) && typeof value['by'] === 'string'
}
