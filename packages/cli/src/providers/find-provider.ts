import type { ProviderFacts } from '@chaveiro/core/provider'
import { didYouMean } from '../session/did-you-mean.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { CliProvider } from './cli-provider.ts'
import { PROVIDERS } from './registry.ts'

/** The provider of that id. */
export function findProvider(id: string, { texts }: Session): CliProvider {
  const provider = Object.hasOwn(PROVIDERS, id) ? PROVIDERS[id] : undefined
  if (provider) return provider
  const ids = Object.keys(PROVIDERS)
  throw new Failure(EXIT.usage, 'usage', texts.talk.unknownProvider(id, didYouMean(id, ids, texts), ids))
}

/** A documented server by its name, or any URL. */
export function serverUrl(facts: ProviderFacts, server: string, { texts }: Session): URL {
  const known = Object.hasOwn(facts.servers, server) ? facts.servers[server] : undefined
  if (known !== undefined) return new URL(known)
  if (/^https?:\/\//.test(server) && URL.canParse(server)) return new URL(server)
  const names = Object.keys(facts.servers)
  const sentence = texts.talk.unknownServer(facts.title, server, didYouMean(server, names, texts), names)
  // There is one, but no document names its host.
  const undocumented = facts.undocumentedServers ?? {}
  const why = Object.hasOwn(undocumented, server) ? `\n${undocumented[server]}` : ''
  throw new Failure(EXIT.usage, 'usage', sentence + why)
}
