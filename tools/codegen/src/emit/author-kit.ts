/** The helpers of `@chaveiro/core/provider` that emitted code may call. */
type Helper =
  | 'afterDuration'
  | 'askedScopes'
  | 'atServer'
  | 'basic'
  | 'bearer'
  | 'checkGrant'
  | 'classifyBy'
  | 'defineProvider'
  | 'epoch'
  | 'expectData'
  | 'expectDone'
  | 'expectHeaders'
  | 'expiry'
  | 'formClient'
  | 'given'
  | 'grantedScopes'
  | 'jwtExp'
  | 'keptFields'
  | 'optionalExpiry'
  | 'parentSchemes'
  | 'pathSegment'
  | 'prepareRequests'
  | 'readTokenList'
  | 'refuseDeviceCalls'
  | 'refusedByBody'
  | 'refusedWhen'
  | 'requestExpiry'
  | 'resolveApiServer'
  | 'resolveOperationServers'
  | 'resolveServer'
  | 'perServer'
  | 'perTenant'
  | 'putHeader'
  | 'putQuery'
  | 'reveal'
  | 'revealGiven'
  | 'rfc3339'
  | 'seconds'
  | 'spentWhen'
  | 'statedEnd'
  | 'typedClient'
  | 'withParent'
  | 'zoned'

/** The types of `@chaveiro/core/provider` that emitted code may name. */
type HelperType =
  | 'AnswerMeanings'
  | 'CertificateInput'
  | 'Grant'
  | 'KeepsSecrets'
  | 'ProviderIo'
  | 'SecretInput'
  | 'ServerOptions'
  | 'TokenProvider'

/** What emitted code may name of other entries of core, by the entry that exports it. */
const OTHER_ENTRIES = {
  AuthorizationCode: '@chaveiro/core/consent',
  ShownCode: '@chaveiro/core/consent',
  assertionSigner: '@chaveiro/core/assertion',
  authorizationCode: '@chaveiro/core/consent',
  byServer: '@chaveiro/core/assertion',
  clientCertificates: '@chaveiro/core/certificate',
  limitCalls: '@chaveiro/core/limit',
  limitUses: '@chaveiro/core/limit',
  revokeOldTokens: '@chaveiro/core/old-tokens',
  shownCode: '@chaveiro/core/consent',
} as const

/** Remembers what emitted code uses of core, and writes the imports. */
export interface AuthorKit {
  /** A helper's name, which is imported from now on. */
  use(helper: Helper): string
  /** The name of what another entry exports, which is imported from now on. */
  other(name: keyof typeof OTHER_ENTRIES): string
  /** A type's name, which is imported from now on. */
  type(name: HelperType): string
  imports(): string
}

export function authorKit(): AuthorKit {
  const helpers = new Set<Helper>()
  const types = new Set<HelperType>()
  const others = new Set<keyof typeof OTHER_ENTRIES>()
  const from = `from '@chaveiro/core/provider'`
  return {
    use(helper) {
      helpers.add(helper)
      return helper
    },
    other(name) {
      others.add(name)
      return name
    },
    type(name) {
      types.add(name)
      return name
    },
    imports() {
      return [
        ...importsOf([...others].sort()),
        // Types first: the order in which Biome sorts imports.
        ...(types.size === 0 ? [] : [`import type { ${[...types].sort().join(', ')} } ${from}`]),
        `import { ${[...helpers].sort().join(', ')} } ${from}`,
      ].join('\n')
    },
  }
}

/** One line for each entry, in the order of the entries. */
function importsOf(names: readonly (keyof typeof OTHER_ENTRIES)[]): readonly string[] {
  const entries = [...new Set(names.map((name) => OTHER_ENTRIES[name]))].sort()
  return entries.map((entry) => {
    const imported = names.filter((name) => OTHER_ENTRIES[name] === entry)
    const written = imported.map((name) => (/^[A-Z]/.test(name) ? `type ${name}` : name))
    return `import { ${written.join(', ')} } from '${entry}'`
  })
}
