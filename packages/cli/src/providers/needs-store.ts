import type { TokenProvider } from '@chaveiro/core/provider'

/** How an account gets its first token, and what becomes of a refresh token that was used. */
export type Lifecycle = Pick<TokenProvider<never>, 'acquire' | 'refreshKind' | 'parents' | 'consent'>

/**
 * Would a process that keeps nothing lose what the account needs next? It would if a refresh replaces the refresh token, or
 * if the documents don't say that it doesn't, and if the inputs alone get no token.
 */
export function needsStore({ acquire, refreshKind, parents }: Lifecycle): boolean {
  return (
    acquire === undefined || refreshKind === 'single-use' || Object.values(parents?.providers ?? {}).some(needsStore)
  )
}
