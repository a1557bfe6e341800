import { type BitizeServer, createBitize } from '@chaveiro/bitize'
import { facts as bitize } from '@chaveiro/bitize/facts'
import type { TokenSource } from '@chaveiro/core'
import type { ProviderFacts } from '@chaveiro/core/provider'
import { UsageError } from './usage-error.ts'

/** What a command can do with any provider. */
export interface CliProvider {
  readonly facts: ProviderFacts
  /** A harmless request that proves that a token works. */
  readonly probePath: string
  /** One account, from what the environment gave. */
  open(server: string, inputs: Readonly<Record<string, string>>): TokenSource & AsyncDisposable
}

/** The providers that the command knows, by id. */
export const providers: Readonly<Record<string, CliProvider>> = {
  bitize: {
    facts: bitize,
    probePath: '/vendors',
    open: (server, { consumerKey = '', secretKey = '' }) =>
      createBitize({ server: serverOf<BitizeServer>(bitize, server), consumerKey, secretKey }),
  },
}

/** A server by its documented name, or any URL. */
function serverOf<Name extends string>(
  facts: { title: string; servers: Readonly<Record<Name, string>> },
  given: string,
): Name | URL {
  if (isNameIn(facts.servers, given)) return given
  if (/^https?:\/\//.test(given) && URL.canParse(given)) return new URL(given)
  const names = Object.keys(facts.servers).join(', ')
  throw new UsageError(
    `${facts.title} has no server «${given}». Pass one of ${names}, or a URL that begins with https://.`,
  )
}

function isNameIn<Name extends string>(servers: Readonly<Record<Name, string>>, given: string): given is Name {
  return Object.hasOwn(servers, given)
}
