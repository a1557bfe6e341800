import { issuedSchemes } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** A refresh token that is kept is sent by a call, and both calls that bring one say the same about its rotation. */
export const checkRefreshTokens: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme): readonly Problem[] => {
    const { at } = scheme
    const { acquire, refresh } = scheme.lifecycle
    const isSent = expressionsOf(scheme).some(({ text }) => text === '$token.refresh')
    if (acquire?.refreshToken !== undefined && !isSent) {
      const sentence = 'No call sends this refresh token. Bind `$token.refresh` in `refresh`, or leave it out.'
      return [{ at: [...at, 'acquire', 'refreshToken'], sentence }]
    }
    const restarting = (['acquire', 'refresh'] as const).filter((key) => {
      const token = scheme.lifecycle[key]?.refreshToken
      const isLength = typeof token?.expires === 'object' && 'after' in token.expires
      return token?.idle !== undefined && isLength && token.rotation !== 'always'
    })
    if (restarting.length > 0) {
      const sentence =
        'A refresh token that may stay the same keeps its end, and `after` would begin again with `idle`. Leave out one of them.'
      return restarting.map((key) => ({ at: [...at, key, 'refreshToken', 'expires'], sentence }))
    }
    const [first, second] = [acquire?.refreshToken?.rotation, refresh?.refreshToken?.rotation]
    if (first === undefined || second === undefined || first === second) return []
    const sentence = `\`acquire\` says \`${first}\`. What becomes of a refresh token that was sent is one fact: write the same in both.`
    return [{ at: [...at, 'refresh', 'refreshToken', 'rotation'], sentence }]
  })
