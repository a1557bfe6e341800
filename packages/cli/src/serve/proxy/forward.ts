import { sendProblem } from '../door/problem.ts'
import type { ProxyExchange, ProxyOutcome } from './exchange.ts'

/** Answers a call through the proxy door. */
export async function forward({ response }: ProxyExchange): Promise<ProxyOutcome> {
  const problem = {
    status: 501,
    code: 'proxy-unavailable',
    action: 'none',
    detail: 'This version forwards no requests. Use the token door.',
  } as const
  sendProblem(response, problem)
  return { status: problem.status, code: problem.code }
}
