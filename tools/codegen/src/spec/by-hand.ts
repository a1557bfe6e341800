import type { CallKey } from './call.ts'

/** A member that the provider's own TypeScript brings. */
export type ByHand = CallKey | 'authorize'

/** Is this member written by hand? */
export function isByHand({ byHand = [] }: { readonly byHand?: readonly ByHand[] }, member: ByHand): boolean {
  return byHand.includes(member)
}
