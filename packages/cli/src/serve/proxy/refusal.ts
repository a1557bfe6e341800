import type { Problem } from '../door/problem.ts'

/** Why the proxy sends a request nowhere, or an answer to no caller. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** A request that can't be sent as it is. */
export function badRequest(code: string, detail: string): Refusal {
  return new Refusal({ status: 400, code, action: 'fix-configuration', detail })
}

/** A request that may not be sent with this key. */
export function forbidden(code: string, detail: string): Refusal {
  return new Refusal({ status: 403, code, action: 'fix-configuration', detail })
}

/** An answer that may not be passed on. */
export function badAnswer(code: string, detail: string): Refusal {
  return new Refusal({ status: 502, code, action: 'none', detail })
}
