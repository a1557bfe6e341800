import { originsOf } from '../provider/server.ts'
import type { TokenProvider } from '../provider/token-provider.ts'

/**
 * Checks a provider's definition and freezes it. The types of its inputs and of its `meta` follow from the definition.
 * @throws {TypeError} when the definition contradicts itself.
 */
export function defineProvider<Inputs, M = unknown>(definition: TokenProvider<Inputs, M>): TokenProvider<Inputs, M> {
  const { id, refreshKind, refreshUses } = definition
  // A copy of what the definition itself holds: methods of a class it was made from are not part of it.
  const { server, apiServer, operationServers = {} } = definition
  const provider = {
    ...definition,
    server: new URL(server),
    ...(apiServer && { apiServer: new URL(apiServer) }),
    ...(definition.operationServers && { operationServers: Object.freeze({ ...operationServers }) }),
  }
  if (!/^[a-z][a-z0-9-]*(\/[a-zA-Z][a-zA-Z0-9]*)?$/.test(id)) {
    throw new TypeError(`The provider id ${JSON.stringify(id)} is not of the form 'name' or 'name/scheme'.`)
  }
  if (!provider.acquire && !provider.refresh && !provider.consent)
    throw new TypeError(`${id}: a provider needs acquire() or refresh(), or a consent.`)
  // A refresh token that dies would make callers act as the application instead of the person.
  if (provider.acquire && provider.consent)
    throw new TypeError(`${id}: a provider with consent can't have acquire(). Split it into two schemes.`)
  if (provider.refresh && refreshKind === 'none') {
    throw new TypeError(`${id}: refresh() is there, but refreshKind is 'none'. Set it to 'reusable' or 'single-use'.`)
  }
  if (refreshUses && refreshKind !== 'reusable') {
    throw new TypeError(`${id}: refreshUses is there, but refreshKind is '${refreshKind}'. Set it to 'reusable'.`)
  }
  const certificate = Object.entries(definition.inputs ?? {}).find(([, { kind }]) => kind === 'certificate')?.[0]
  if (certificate !== undefined && !definition.certificates) {
    throw new TypeError(`${id}: the input ${certificate} is a certificate. Set certificates: clientCertificates().`)
  }
  const device = Object.entries(definition.operations ?? {}).find(([, operation]) => operation.device)?.[0]
  if (device !== undefined && !definition.deviceCalls) {
    throw new TypeError(`${id}: ${device} is for the customer's own device. Set deviceCalls: refuseDeviceCalls().`)
  }
  for (const [name, parent] of Object.entries(definition.parents?.providers ?? {})) {
    if (parent.id === id) throw new TypeError(`${id}: the parent scheme ${name} is the scheme itself.`)
    if (!originsOf(provider).has(parent.server.origin)) {
      throw new TypeError(
        `${id}: the parent scheme ${name} lives at ${parent.server.origin}, not at ${provider.server.origin}.`,
      )
    }
  }
  return Object.freeze(provider)
}
