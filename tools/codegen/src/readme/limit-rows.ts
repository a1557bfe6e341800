import type { RefreshToken } from '../spec/call.ts'
import type { IssuedLifecycle } from '../spec/lifecycle.ts'
import type { Phrases } from './phrases.ts'
import { duration } from './words.ts'

/** What is documented about how often a provider may be called, as rows of its table; that nothing is, is a fact too. */
export function limitRows(
  { limit, renew, lockout }: IssuedLifecycle,
  words: Phrases,
): readonly (readonly [label: string, fact: string])[] {
  const { limits } = words
  return [
    ...(renew === undefined ? [] : [[limits.renewed, limits.within(duration(words, renew.within))] as const]),
    [
      limits.calls,
      limit === undefined ? limits.noneDocumented : limits.atMost(limit.calls, duration(words, limit.per)),
    ],
    ...(lockout === undefined ? [] : [[limits.wrongKeys, limits.lockOut] as const]),
  ]
}

/** What becomes of a refresh token. */
export function refreshTokenNotes({ rotation, idle, uses, grace }: RefreshToken, words: Phrases): string {
  const notes = [
    uses === undefined ? words.rotation[rotation] : words.limits.uses(uses),
    ...(grace === undefined ? [] : [words.limits.grace(duration(words, grace))]),
    ...(idle === undefined ? [] : [words.endsUnused(duration(words, idle))]),
  ]
  return notes.join('; ')
}
