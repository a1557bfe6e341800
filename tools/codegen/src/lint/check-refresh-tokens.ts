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
    if (acquire.refreshToken !== undefined && !isSent) {
      const sentence = 'No call sends this refresh token. Bind `$token.refresh` in `refresh`, or leave it out.'
      return [{ at: [...at, 'acquire', 'refreshToken'], sentence }]
    }
    const [first, second] = [acquire.refreshToken?.rotation, refresh?.refreshToken?.rotation]
    if (first === undefined || second === undefined || first === second) return []
    const sentence = `\`acquire\` says \`${first}\`. What becomes of a refresh token that was sent is one fact: write the same in both.`
    return [{ at: [...at, 'refresh', 'refreshToken', 'rotation'], sentence }]
  })
