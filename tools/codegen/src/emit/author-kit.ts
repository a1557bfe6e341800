/** The helpers of `@chaveiro/core/provider` that emitted code may call. */
type Helper =
  | 'afterDuration'
  | 'askedScopes'
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
  | 'pathSegment'
  | 'readTokenList'
  | 'refusedWhen'
  | 'requestExpiry'
  | 'perServer'
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
type HelperType = 'Grant' | 'ProviderIo' | 'SecretInput' | 'ServerOptions' | 'TokenProvider'

/** The policies of core that emitted code may name, by the entry that exports them. */
const POLICY_ENTRIES = { revokeOldTokens: '@chaveiro/core/old-tokens' } as const

/** Remembers what emitted code uses of core, and writes the imports. */
export interface AuthorKit {
  /** A helper's name, which is imported from now on. */
  use(helper: Helper): string
  /** A policy's name, which is imported from now on. */
  policy(name: keyof typeof POLICY_ENTRIES): string
  /** A type's name, which is imported from now on. */
  type(name: HelperType): string
  imports(): string
}

export function authorKit(): AuthorKit {
  const helpers = new Set<Helper>()
  const types = new Set<HelperType>()
  const policies = new Set<keyof typeof POLICY_ENTRIES>()
  const from = `from '@chaveiro/core/provider'`
  return {
    use(helper) {
      helpers.add(helper)
      return helper
    },
    policy(name) {
      policies.add(name)
      return name
    },
    type(name) {
      types.add(name)
      return name
    },
    imports() {
      return [
        ...[...policies].sort().map((name) => `import { ${name} } from '${POLICY_ENTRIES[name]}'`),
        // Types first: the order in which Biome sorts imports.
        ...(types.size === 0 ? [] : [`import type { ${[...types].sort().join(', ')} } ${from}`]),
        `import { ${[...helpers].sort().join(', ')} } ${from}`,
      ].join('\n')
    },
  }
}
