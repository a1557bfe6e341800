import type { CallKey } from '../spec/call.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import { type Expression, parseExpression } from '../spec/expression.ts'
import { callsOf, type IssuedLifecycle, issuingCallsOf, keptNames } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes } from '../spec/spec.ts'
import { expressionsIn } from './expressions.ts'
import type { Rule } from './rule.ts'

/** What is sent is known before the call: inputs, and of the token what there is at that time. */
export const checkBoundValues: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    callsOf(scheme.lifecycle).flatMap((call) =>
      expressionsIn(scheme, call).flatMap(({ at, text }): readonly Problem[] => {
        const part = at[scheme.at.length + call.at.length]
        const isSent = part === 'parameters' || part === 'body' || part === 'security'
        const found = isSent ? whyNotSent(scheme.lifecycle, call.key, text) : whyNotRead(text)
        return found === undefined ? [] : [{ at, ...found }]
      }),
    ),
  )

const TOKEN_OF: Readonly<Record<CallKey, readonly string[]>> = {
  acquire: [],
  show: [],
  exchange: [],
  refresh: ['value', 'id', 'refresh', 'kept'],
  revoke: ['value', 'id', 'refresh'],
  list: [],
}

type Reason = Omit<Problem, 'at'>

function whyNotSent(lifecycle: IssuedLifecycle, key: CallKey, text: string): Reason | undefined {
  const expression: Expression = parseExpression(text)
  if (expression.kind === 'body' || expression.kind === 'header') {
    return { sentence: `\`${text}\` is not there before the call. Send an input, a constant or a part of the token.` }
  }
  if (expression.kind === 'callback') {
    const sentence = `\`${text}\` is not verified: anyone may have written it. It can be kept under \`meta\`, and is not sent.`
    return { sentence }
  }
  if (expression.kind === 'code' && key !== 'exchange') return { sentence: `\`${key}\` has no \`${text}\` to send.` }
  if (expression.kind !== 'token' && expression.kind !== 'kept') return undefined
  const field = expression.kind === 'token' ? expression.field : 'kept'
  if (!TOKEN_OF[key].includes(field)) return { sentence: `\`${key}\` has no \`${text}\` to send.` }
  if (expression.kind === 'kept') return whyNotKept(lifecycle, expression, text)
  const first = issuingCallsOf(lifecycle).find(({ key: one }) => one !== 'refresh')
  if (expression.field !== 'refresh' || first === undefined || first.call.refreshToken !== undefined) return undefined
  return { sentence: `\`${first.key}\` gets no refresh token that could be sent. Say where under \`refreshToken\`.` }
}

/** What is read from the token was kept of an answer. */
export function whyNotKept(
  lifecycle: IssuedLifecycle,
  { place, name }: Extract<Expression, { kind: 'kept' }>,
  text: string,
): Reason | undefined {
  const known = keptNames(lifecycle, place)
  if (known.includes(name)) return undefined
  const sentence = `No call keeps \`${text}\`. Say under \`${place}\` where the answer has it.`
  return { sentence, suggest: didYouMean(name, known) }
}

function whyNotRead(text: string): Reason | undefined {
  const { kind } = parseExpression(text)
  const isElsewhere = ['input', 'token', 'kept', 'scopes', 'code'].includes(kind)
  return isElsewhere ? { sentence: `\`${text}\` is not in the answer.` } : undefined
}
