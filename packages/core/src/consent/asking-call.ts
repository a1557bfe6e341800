import type { ConsentServices } from '../provider/consent.ts'
import { type ConsentCall, ConsentCallFailed, consentCall } from './consent-call.ts'
import { plainFailure } from './exchange-call.ts'

/** A call before the person is asked. Nothing is spent when it fails, so what failed is all that there is to say. */
export async function askingCall<Inputs, M, Answer, T>(
  services: ConsentServices<Inputs, M>,
  call: Omit<ConsentCall<Inputs, Answer, T>, 'phase' | 'secrets'>,
): Promise<T> {
  try {
    return await consentCall(services, { ...call, phase: 'show', secrets: [] })
  } catch (error) {
    throw error instanceof ConsentCallFailed ? plainFailure(error.failure) : error
  }
}
