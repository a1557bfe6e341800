import { isByHand } from '../spec/by-hand.ts'
import { issuingCallsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Rule } from './rule.ts'

/** A refresh token that is kept is sent by a call, and both calls that bring one say the same about its rotation. */
export const checkRefreshTokens: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme): readonly Problem[] => {
    const calls = issuingCallsOf(scheme.lifecycle).map(({ key, at, call: { refreshToken } }) => ({
      key,
      at: [...scheme.at, ...at, 'refreshToken'],
      refreshToken,
    }))
    const [first, refresh] = calls
    const isSent =
      isByHand(scheme.lifecycle, 'refresh') || expressionsOf(scheme).some(({ text }) => text === '$token.refresh')
    if (first !== undefined && first.key !== 'refresh' && first.refreshToken !== undefined && !isSent) {
      const sentence = 'No call sends this refresh token. Bind `$token.refresh` in `refresh`, or leave it out.'
      return [{ at: first.at, sentence }]
    }
    const restarting = calls.filter(({ refreshToken: token }) => {
      const isLength = typeof token?.expires === 'object' && 'after' in token.expires
      return token?.idle !== undefined && isLength && token.rotation !== 'always'
    })
    if (restarting.length > 0) {
      const sentence =
        'A refresh token that may stay the same keeps its end, and `after` would begin again with `idle`. Leave out one of them.'
      return restarting.map(({ at }) => ({ at: [...at, 'expires'], sentence }))
    }
    const [one, other] = [first?.refreshToken?.rotation, refresh?.refreshToken?.rotation]
    if (one === undefined || other === undefined || one === other) return []
    const sentence = `\`${first?.key}\` says \`${one}\`. What becomes of a refresh token that was sent is one fact: write the same in both.`
    return [{ at: [...(refresh?.at ?? []), 'rotation'], sentence }]
  })
