import { type Expires, isStated } from '../spec/call.ts'
import { durationInWords, durationMs } from '../spec/duration.ts'
import type { KeyPath } from '../spec/json.ts'
import { type IssuedLifecycle, issuingCallsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** What a provider documents about how often it is called, and what rejects a token, makes a difference. */
export const checkLimits: Rule = ({ model }) =>
  issuedSchemes(model).flatMap(({ at, lifecycle }) => [
    ...checkLengths(lifecycle, at),
    ...checkRenew(lifecycle, at),
    ...checkRefreshTokens(lifecycle, at),
    ...checkRejected(lifecycle, at),
  ])

function checkLengths({ limit, renew }: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  const lengths = [
    [['limit', 'per'], limit?.per],
    [['renew', 'within'], renew?.within],
  ] as const
  return lengths.flatMap(([keys, length]) =>
    length === undefined || durationMs(length) > 0
      ? []
      : [{ at: [...at, ...keys], sentence: `\`${length}\` has no length. Write how long it takes.` }],
  )
}

function checkRenew(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  const { renew } = lifecycle
  if (renew === undefined) return []
  const place = [...at, 'renew', 'within']
  const ends = issuingCallsOf(lifecycle).map(({ call }) => call.expires)
  if (ends.every((expires) => expires === 'never' || expires === 'undocumented')) {
    return [{ at: place, sentence: 'The end of this token is not known, so nothing is renewed before it.' }]
  }
  const shortest = Math.min(...ends.map(lifeOf))
  if (durationMs(renew.within) < shortest) return []
  const sentence = `Every token lives no longer than ${durationInWords(renew.within)}, so this narrows nothing. Leave it out.`
  return [{ at: place, sentence }]
}

/** Milliseconds; `Infinity` where the answer says it. */
function lifeOf(expires: Expires): number {
  return typeof expires === 'object' && !isStated(expires) ? durationMs(expires.after) : Infinity
}

function checkRefreshTokens(lifecycle: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  const calls = issuingCallsOf(lifecycle).flatMap(({ key, at: place, call: { refreshToken } }) =>
    refreshToken === undefined ? [] : [{ key, at: [...at, ...place, 'refreshToken'], refreshToken }],
  )
  const [first, ...others] = calls
  const useless = calls.flatMap(({ at: place, refreshToken: { uses, grace, rotation } }) => {
    if (grace === undefined || (uses === undefined && rotation !== 'never')) return []
    const why =
      uses === undefined
        ? 'A refresh token that stays the same is never spent'
        : 'A lost answer spends one of the `uses`'
    return [{ at: [...place, 'grace'], sentence: `${why}, so a grace period makes no difference. Leave it out.` }]
  })
  const differing = others.flatMap(({ at: place, refreshToken }) =>
    (['uses', 'grace'] as const)
      .filter((word) => refreshToken[word] !== first?.refreshToken[word])
      .map((word) => ({
        at: refreshToken[word] === undefined ? place : [...place, word],
        sentence: `\`${first?.key}\` says another \`${word}\`. It is one fact: write the same in both.`,
      })),
  )
  return useless.length > 0 ? useless : differing
}

function checkRejected({ rejected = [] }: IssuedLifecycle, at: KeyPath): readonly Problem[] {
  return rejected.flatMap(({ status, body, header }, index): readonly Problem[] => {
    if (!String(status).startsWith('2') || body !== undefined || header !== undefined) return []
    const sentence = 'Every success would reject the token. Say which ones do, by `body` or `header`.'
    return [{ at: [...at, 'rejected', index], sentence }]
  })
}
