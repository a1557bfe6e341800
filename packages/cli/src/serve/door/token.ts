import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '@chaveiro/core'
import type { OpenedAccount } from '../accounts/served-accounts.ts'
import { parseMinValidity } from './min-validity.ts'
import { type Problem, sendProblem } from './problem.ts'
import { problemOf } from './problem-of.ts'
import { PROBLEMS } from './problems.ts'
import { sendText } from './send.ts'
import { tokenDocument } from './token-document.ts'

/** Answers a call through the token door. */
export async function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  account: OpenedAccount,
  query: string,
  { clock, signal }: { readonly clock: Pick<Clock, 'now'>; readonly signal: AbortSignal },
): Promise<{ readonly status: number; readonly code?: string }> {
  const minValidityMs = parseMinValidity(query)
  if (minValidityMs === 'bad') return refused(response, PROBLEMS['bad-query'])
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    const options = { minValidityMs, signal: AbortSignal.any([signal, gone.signal]) }
    const token = await account.client.getToken(options)
    const parts = await account.partsOf(token)
    if (wantsText(request.headers.accept)) sendText(response, 'text/plain; charset=utf-8', token.reveal())
    else {
      const document = tokenDocument(account.name, token, parts, clock.now())
      sendText(response, 'application/json', JSON.stringify(document))
    }
    return { status: 200 }
  } catch (error) {
    if (signal.aborted) return refused(response, PROBLEMS.stopping)
    if (gone.signal.aborted) return { status: 499, code: 'gone' }
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
