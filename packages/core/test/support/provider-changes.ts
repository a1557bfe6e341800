import { defineProvider, type TokenProvider } from '@chaveiro/core/provider'

/** What a test changes in a provider. `undefined` takes a part away. */
export type ProviderChanges<Inputs> = {
  [Part in keyof TokenProvider<Inputs>]?: TokenProvider<Inputs>[Part] | undefined
}

/** The provider with these changes, defined as its author would. */
export function changedProvider<Inputs>(
  base: TokenProvider<Inputs>,
  changes: ProviderChanges<Inputs> = {},
): TokenProvider<Inputs> {
  const changed = { ...base }
  for (const [part, value] of Object.entries(changes)) {
    if (value === undefined) Reflect.deleteProperty(changed, part)
    else Reflect.set(changed, part, value)
  }
  return defineProvider<Inputs>(changed)
}
