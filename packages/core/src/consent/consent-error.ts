import { ChaveiroError, type ErrorCode, type ErrorDetails } from '../errors.ts'

/** The error after which only another consent helps. `reason` is a sentence. */
export function consentError(
  reason: string,
  details: ErrorDetails = {},
  code: ErrorCode = 'reauthorization-required',
): ChaveiroError {
  const message = `${reason} Begin another consent.`
  return new ChaveiroError(code, message, { ...details, action: 'reauthorize', consent: true })
}
