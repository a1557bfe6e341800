import type { ServerResponse } from 'node:http'
import type { Clock } from '@chaveiro/core'
import type { OpenedAccount } from '../accounts/served-accounts.ts'
import type { Call } from './call.ts'
import { parseMinValidity } from './min-validity.ts'
import { type Problem, sendProblem } from './problem.ts'
import { problemOf } from './problem-of.ts'
import { PROBLEMS } from './problems.ts'
import { sendText } from './send.ts'
import { tokenDocument } from './token-document.ts'

/** Answers a call through the token door. */
export async function answerToken(
  call: Call,
  account: OpenedAccount,
  query: string,
  clock: Pick<Clock, 'now'>,
): Promise<{ readonly status: number; readonly code?: string }> {
  const { request, response } = call
  const minValidityMs = parseMinValidity(query)
  if (minValidityMs === 'bad') return refused(response, PROBLEMS['bad-query'])
  try {
    const token = await call.wait(account.client.getToken({ minValidityMs }))
    const parts = await account.partsOf(token)
    if (wantsText(request.headers.accept)) sendText(response, 'text/plain; charset=utf-8', token.reveal())
    else {
      const document = tokenDocument(account.name, token, parts, clock.now())
      sendText(response, 'application/json', JSON.stringify(document))
    }
    return { status: 200 }
  } catch (error) {
    if (call.endedBy === 'by the server') return refused(response, PROBLEMS.stopping)
    if (call.endedBy === 'by the caller') return { status: 499, code: 'gone' }
    return refused(response, problemOf(error, clock.now()))
  }
}

function refused(response: ServerResponse, problem: Problem): { readonly status: number; readonly code: string } {
  sendProblem(response, problem)
  return { status: problem.status, code: problem.code }
}

/** JSON, unless the caller prefers plain text (RFC 9110 §12.5.1). */
function wantsText(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes('text/plain')) return false
  return weightOf(accept, 'text/plain') > weightOf(accept, 'application/json')
}

function weightOf(accept: string, type: string): number {
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (name !== type) continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return weight === undefined ? 1 : Number(weight.slice('q='.length)) || 0
  }
  return 0
}
