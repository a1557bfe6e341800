/** The helpers of `@chaveiro/core/provider` that emitted code may call. */
type Helper =
  | 'after'
  | 'bearer'
  | 'defineProvider'
  | 'expectData'
  | 'expectDone'
  | 'expectHeaders'
  | 'expiry'
  | 'future'
  | 'grant'
  | 'listed'
  | 'optionalExpiry'
  | 'pathSegment'
  | 'refusedWhen'
  | 'resolveServer'
  | 'reveal'
  | 'rfc3339'
  | 'seconds'
  | 'spentWhen'
  | 'statedEnd'
  | 'typedClient'
  | 'withParent'
  | 'zoned'

/** The types of `@chaveiro/core/provider` that emitted code may name. */
type HelperType = 'Grant' | 'ProviderIo' | 'SecretInput' | 'ServerOptions' | 'TokenProvider'

/** Remembers what emitted code uses of `@chaveiro/core/provider`, and writes the imports. */
export interface AuthorKit {
  /** A helper's name, which is imported from now on. */
  use(helper: Helper): string
  /** A type's name, which is imported from now on. */
  type(name: HelperType): string
  imports(): string
}

export function authorKit(): AuthorKit {
  const helpers = new Set<Helper>()
  const types = new Set<HelperType>()
  const from = `from '@chaveiro/core/provider'`
  return {
    use(helper) {
      helpers.add(helper)
      return helper
    },
    type(name) {
      types.add(name)
      return name
    },
    imports() {
      const values = `import { ${[...helpers].sort().join(', ')} } ${from}`
      // Types first: the order in which Biome sorts imports.
      return types.size === 0 ? values : `import type { ${[...types].sort().join(', ')} } ${from}\n${values}`
    },
  }
}
