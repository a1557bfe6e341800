import { isError } from '../brands.ts'
import type { Fetch } from '../http/fetch.ts'
import { type RecordedRequest, recordRequest } from './recorded-request.ts'

/** How one request is answered: with a response, or by failing with this error as a broken connection would. */
export type PreparedAnswer = Response | Error

/** A `fetch` that sends nothing. */
export interface RecordingFetch extends Fetch {
  /** What was sent so far, oldest first. */
  readonly requests: readonly RecordedRequest[]
  /** Adds answers behind those that are left. */
  prepare(...answers: readonly PreparedAnswer[]): void
  /**
   * @throws {Error} when a prepared answer was not used, or when a request had no prepared answer, because its sender
   * may have swallowed the failure.
   */
  assertDone(): void
}

/**
 * A `fetch` for tests: it records each request and gives the prepared answers, one each and in their order. A request
 * without a prepared answer fails with a sentence that names it. A function in place of the list answers every request.
 *
 * @example
 * const fetch = recordingFetch([Response.json({ access_token: 'one', expires_in: 60 })])
 * const tokens = createTokenManager({ provider, credentials: () => ({ apiKey: 'key' }), fetch })
 * await tokens.account('me').getToken()
 * fetch.requests[0]?.reveal().headers['x-api-key'] // 'key'; without reveal() it reads [hidden]
 * fetch.assertDone()
 */
export function recordingFetch(
  answer: readonly PreparedAnswer[] | ((request: Request) => Response | Promise<Response>) = [],
): RecordingFetch {
  const answers: PreparedAnswer[] = typeof answer === 'function' ? [] : [...answer]
  const requests: RecordedRequest[] = []
  const unprepared: string[] = []

  let recorded: Promise<unknown> = Promise.resolve()
  const send: Fetch = async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    // Taken now, and recorded behind those before it: the order of sending decides, not the length of the bodies.
    const next = typeof answer === 'function' ? answer : answers.shift()
    const reading = recordRequest(request)
    const recording = recorded.then(() => reading).then((entry) => requests.push(entry))
    recorded = recording.catch(() => {})
    await recording
    request.signal.throwIfAborted()
    if (next === undefined) {
      const { method, url } = await reading
      unprepared.push(`${method} ${url}`)
      throw new Error(`No answer is prepared for ${method} ${url}. Pass one to recordingFetch(), or to prepare().`)
    }
    if (typeof next === 'function') return next(request)
    if (isError(next)) throw next
    return next
  }

  return Object.assign(send, {
    requests,
    prepare: (...more: readonly PreparedAnswer[]) => void answers.push(...more),
    assertDone: () => {
      const problems = [
        ...(answers.length > 0
          ? [`${answers.length} prepared answer${answers.length > 1 ? 's were' : ' was'} not used`]
          : []),
        ...(unprepared.length > 0 ? [`no answer was prepared for ${unprepared.join(', ')}`] : []),
      ]
      if (problems.length > 0) throw new Error(`recordingFetch: ${problems.join('; ')}.`)
    },
  })
}
