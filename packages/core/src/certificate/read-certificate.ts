import { quietly } from '../call/inputs.ts'
import {
  type CertificateParts,
  type ClientCertificate,
  clientCertificate,
  isClientCertificate,
  isParts,
} from '../client-certificate.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'

/** A certificate as an input gives it, read just now. */
export async function readCertificate(name: string, value: unknown): Promise<ClientCertificate> {
  const given: unknown = typeof value === 'function' ? await called(async () => value()) : value
  if (isClientCertificate(given) || isParts(given)) return clientCertificate(given)
  throw new ChaveiroError(
    'misconfigured',
    `The input ${name} is not a client certificate: { cert, key } in PEM, { pfx } with the bytes of a PKCS #12 file, or a function that returns one of them.`,
  )
}

/** Another text for every other key. */
export function textOf(parts: CertificateParts): string {
  return 'pfx' in parts ? String(parts.pfx) : parts.cert + parts.key
}

/** Our own errors can be shown: what reads a certificate file says what is wrong with it. */
async function called(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read()
  } catch (error) {
    if (isChaveiroError(error)) throw error
    return quietly(() => Promise.reject(error))
  }
}
