import type { Answer } from '../answer.ts'
import type { Answering } from '../route.ts'
import { createRequestValidator } from '../validate-request.ts'
import { answerApi } from './answer-api.ts'
import { broughtBy, identify, misfitOf } from './identify.ts'
import type { Play } from './play.ts'
import type { SpecOperation } from './read-spec.ts'
import { refuseCall } from './refuse.ts'
import { owns, refusePlayed, TOKEN_CALLS } from './token-calls.ts'

/** Answers an operation of the document: the call of a lifecycle that the request is, or a request of the API. */
export const answerOperation = (play: Play, operation: SpecOperation): Answering => {
  const calls = play.facts.calls.filter((spec) => spec.operation === operation)
  const problemOf = createRequestValidator(operation.documented)
  if (calls.length === 0)
    return answerApi(play, operation.alternatives, { documented: operation.documented, problemOf })
  const refuse = (detail: string): Answer =>
    refuseCall('misconfigured', detail, { facts: calls[0]?.facts, documented: operation.documented })
  return async (call) => {
    const problem = problemOf(call)
    if (problem !== undefined) return refuse(problem)
    const fitting = calls
      .filter((spec) => misfitOf(spec, call) === undefined)
      .sort((one, other) => broughtBy(other, call) - broughtBy(one, call))
    const spec = fitting.find((one) => owns({ play, spec: one, call })) ?? fitting[0]
    if (spec === undefined) {
      const misfits = calls.map((one) => misfitOf(one, call))
      return refuse(misfits[0] ?? 'not a call of this operation')
    }
    const identity = await identify(play, spec, call)
    if (typeof identity === 'string') return refusePlayed({ spec }, 'denied', identity)
    return TOKEN_CALLS[spec.key]({ play, spec, call, ...identity })
  }
}
