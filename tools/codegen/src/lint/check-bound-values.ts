import { type Expression, parseExpression } from '../spec/expression.ts'
import { type CallKey, callsOf, type IssuedLifecycle, issuingCallsOf } from '../spec/lifecycle.ts'
import { issuedSchemes } from '../spec/spec.ts'
import { expressionsIn } from './expressions.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** What is sent is known before the call: inputs, and of the token what there is at that time. */
export const checkBoundValues: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap((call) =>
      expressionsIn(scheme, call).flatMap(({ at, text }): readonly Problem[] => {
        const part = at[scheme.at.length + call.at.length]
        const isSent = part === 'parameters' || part === 'body' || part === 'security'
        const sentence = isSent ? whyNotSent(scheme.lifecycle, call.key, text) : whyNotRead(text)
        return sentence === undefined ? [] : [{ at, sentence }]
      }),
    ),
  )

const TOKEN_OF: Readonly<Record<CallKey, readonly string[]>> = {
  acquire: [],
  exchange: [],
  refresh: ['value', 'id', 'refresh'],
  revoke: ['value', 'id'],
  list: [],
}

function whyNotSent(lifecycle: IssuedLifecycle, key: CallKey, text: string): string | undefined {
  const expression: Expression = parseExpression(text)
  if (expression.kind === 'body' || expression.kind === 'header') {
    return `\`${text}\` is not there before the call. Send an input, a constant or a part of the token.`
  }
  if (expression.kind === 'callback') {
    return `\`${text}\` is not verified: anyone may have written it. It can be kept under \`meta\`, and is not sent.`
  }
  if (expression.kind === 'code' && key !== 'exchange') return `\`${key}\` has no \`${text}\` to send.`
  if (expression.kind !== 'token') return undefined
  if (!TOKEN_OF[key].includes(expression.field)) return `\`${key}\` has no \`${text}\` to send.`
  const first = issuingCallsOf(lifecycle).find(({ key: one }) => one !== 'refresh')
  if (expression.field !== 'refresh' || first === undefined || first.call.refreshToken !== undefined) return undefined
  return `\`${first.key}\` gets no refresh token that could be sent. Say where under \`refreshToken\`.`
}

function whyNotRead(text: string): string | undefined {
  const { kind } = parseExpression(text)
  return kind === 'input' || kind === 'token' || kind === 'scopes' || kind === 'code'
    ? `\`${text}\` is not in the answer.`
    : undefined
}
