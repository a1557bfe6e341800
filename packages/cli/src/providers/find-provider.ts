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
  throw new Failure(EXIT.usage, 'usage', texts.messages.unknownProvider(id, didYouMean(id, ids, texts), ids))
}
