import { attemptsOf } from '@chaveiro/core'
import { type Problem, sendProblem } from '../door/problem.ts'
import { type Admission, type Admitted, admissionOf } from './admission.ts'
import { passOn } from './answer.ts'
import { requestHeaders } from './carried-headers.ts'
import type { ProxyExchange, ProxyOutcome } from './exchange.ts'
import { problemOf } from './failed-call.ts'
import { followed, shownLocation } from './redirect.ts'
import { Refusal } from './refusal.ts'
import { bodyOf, type ProxyBody } from './request-body.ts'

// Fewer than browsers follow: an API's redirects are one or two.
const MOST_REDIRECTS = 5
// Answers after which the request could be sent again, had its body been held.
const SENT_AGAIN = [401, 429, 503]

/**
 * Answers a call through the proxy door: sends it to the provider's API with the account's token, and passes the answer on.
 * The token, retries and the replay after a rejected token are those of the client's `fetch`.
 */
export async function forward(exchange: ProxyExchange): Promise<ProxyOutcome> {
  const { call } = exchange
  let rule: { readonly rule?: string } = {}
  try {
    const admission = admissionOf(exchange)
    const admitted = admission.admit(call.request.method ?? '', exchange.target)
    if (admitted.rule !== undefined) rule = { rule: admitted.rule.text }
    return { ...(await exchanged(exchange, admission, admitted)), ...rule }
  } catch (error) {
    const problem = error instanceof Refusal ? error.problem : problemOf(error, exchange.now(), call.endedBy)
    return { ...refused(exchange, problem), ...rule }
  }
}

async function exchanged(exchange: ProxyExchange, admission: Admission, admitted: Admitted): Promise<ProxyOutcome> {
  const { call, account, holdsTokens, mount } = exchange
  const { request, signal } = call
  const headers = requestHeaders(request.rawHeaders, request.headers, holdsTokens)
  const body = await bodyOf(request)
  // Framing is made again, from what Node's parser has checked: many servers take no body of unknown length.
  if (body.length !== undefined) headers['content-length'] = body.length
  let { url } = admitted
  let method = request.method ?? ''
  let { content } = body
  let attempts = 0
  for (let redirects = 0; ; redirects += 1) {
    const incoming = await account.client.fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(content !== undefined && { body: content, duplex: 'half' }),
    })
    attempts += attemptsOf(incoming)?.attempts ?? 1
    const canRepeatBody = content === undefined || content instanceof Uint8Array
    const next = redirects < MOST_REDIRECTS ? followed(admission, { method, url, canRepeatBody }, incoming) : undefined
    if (next === undefined) {
      const location = shownLocation(admission, mount, incoming, url)
      await passOn(exchange, incoming, { location, isNotReplayed: isNotReplayed(body, incoming) })
      return { status: incoming.status, attempts }
    }
    await incoming.body?.cancel()
    ;({ url, method } = next)
    if (!next.keepsBody) {
      content = undefined
      for (const name of DESCRIBING_THE_BODY) delete headers[name]
    }
  }
}

// RFC 9110 §8, and what a redirect that becomes a GET leaves behind (Fetch Standard, request-body-header name).
const DESCRIBING_THE_BODY = [
  'content-length',
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]

function isNotReplayed(body: ProxyBody, { status }: Response): boolean {
  return body.isSentOnce() && SENT_AGAIN.includes(status)
}

/** Nothing more can be said once an answer has begun, or the caller has gone. */
function refused({ call: { request, response } }: ProxyExchange, problem: Problem): ProxyOutcome {
  if (response.headersSent || response.destroyed) response.destroy()
  // What is left of the body was not read, and the next request would be behind it.
  else sendProblem(response, { ...problem, closes: !request.complete })
  return { status: problem.status, code: problem.code }
}
