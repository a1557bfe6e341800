import type { Fetch } from '@chaveiro/core'
import { expect, onTestFinished } from 'vitest'
import { deferred } from './deferred.ts'

/** What the issuer is asked, as it left. */
interface SentRequest {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly request: Request
}

type Answer = Response | Error | (() => Response | Promise<Response>)

/** An answer that is given when the test wants. */
interface HeldAnswer {
  /** Resolves when the request has arrived. */
  readonly asked: Promise<void>
  give(answer: Response | Error): void
}

/** A token endpoint in process: answers what was prepared, in order, and nothing else. */
export interface ScriptedIssuer {
  readonly fetch: Fetch
  readonly requests: readonly SentRequest[]
  /** The bodies that were sent, in order. */
  readonly sent: () => readonly unknown[]
  /** The next answers, in order. */
  prepare(...answers: Answer[]): void
  /** The next answer, given later. */
  hold(): HeldAnswer
  /** Answers everything from now on. */
  always(answer: (sent: SentRequest) => Response | Promise<Response>): void
}

/** Fails the test for a request that was not prepared, and for an answer that was never requested. */
export function scriptedIssuer(): ScriptedIssuer {
  const requests: SentRequest[] = []
  const prepared: Answer[] = []
  const unprepared: string[] = []
  let standing: Parameters<ScriptedIssuer['always']>[0] | undefined

  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init)
    const text = await request.clone().text()
    const sent = { path: new URL(request.url).pathname, body: text === '' ? {} : JSON.parse(text), request }
    requests.push(sent)
    const answer = prepared.shift() ?? (standing && (() => standing?.(sent) ?? Response.error()))
    if (answer === undefined) {
      unprepared.push(`${request.method} ${sent.path} ${text}`)
      return new Response('unprepared', { status: 418 })
    }
    const given = typeof answer === 'function' ? await answer() : answer
    if (given instanceof Error) throw given
    return given
  }
  onTestFinished(() => {
    expect(unprepared, 'requests that were not prepared').toEqual([])
    expect(prepared.length, 'prepared answers that were never requested').toBe(0)
  })
  return {
    fetch,
    requests,
    sent: () => requests.map(({ body }) => body),
    prepare: (...answers) => void prepared.push(...answers),
    hold() {
      const asked = deferred<void>()
      const given = deferred<Response>()
      prepared.push(() => {
        asked.resolve()
        return given.promise
      })
      return {
        asked: asked.promise,
        give: (answer) => (answer instanceof Error ? given.reject(answer) : given.resolve(answer)),
      }
    },
    always(answer) {
      standing = answer
    },
  }
}

/** An answer with a token. 1 000 s of life unless said otherwise; `expires_in: undefined` leaves it out. */
export function tokenAnswer(
  access: string,
  fields: Record<string, unknown> = {},
  headers?: Record<string, string>,
): Response {
  return Response.json({ access_token: access, expires_in: 1_000, ...fields }, headers ? { headers } : {})
}

/** An error answer, with the body that an API gives: a page or an empty one may be of a firewall. */
export function status(code: number, headers: Record<string, string> = {}, body?: string | null): Response {
  const own = code >= 400 && code < 500 ? '{}' : null
  return new Response(body === undefined ? own : body, { status: code, headers })
}

/** No connection was made: certainly not sent. */
export function offline(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
}

/** The connection was lost after sending, so what the server did is unknown. */
export function reset(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read'), { code: 'ECONNRESET' }) })
}
