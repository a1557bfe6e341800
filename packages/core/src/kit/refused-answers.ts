import type { Clock } from '../clock.ts'
import { bodyReader } from '../http/body-reader.ts'
import { inTime } from '../timeout.ts'
import { type AnswerMatcher, matchesAny } from './answer-matcher.ts'

const MOST_BYTES = 64 * 1024
const LONGEST_READING_MS = 5_000
// Not a stream of the platform: a copy stops here unless the original is read too.
const MOST_BYTES_COPIED_WHOLE = 16 * 1024

/** A status, or an answer of which the status is not all that counts. */
export type RefusedAnswer = number | AnswerMatcher

/** A `judge` from the answers that the spec lists as `rejected`: this access token is no longer good. */
export function refusedWhen(answers: readonly RefusedAnswer[]): (response: Response) => 'refused' | undefined {
  return ({ status, headers }) => (isRefused(answers, { status, headers, body: undefined }) ? 'refused' : undefined)
}

/** Is it one of these answers? */
export function isRefused(answers: readonly RefusedAnswer[], answer: Parameters<typeof matchesAny>[1]): boolean {
  return answers.some((one) => (typeof one === 'number' ? one === answer.status : matchesAny([one], answer)))
}

/**
 * A `judgeBody` from the answers whose body says that the token is no longer good. Of an answer with such a status a copy
 * of the first 64 KiB is read, within 5 s: a body that is longer, slower or not JSON refuses nothing. The caller still gets the
 * whole body, as a stream.
 */
export function refusedByBody(
  matchers: readonly AnswerMatcher[],
): (response: Response, clock: Clock) => Promise<boolean> {
  return async (response, clock) => {
    const { status, headers } = response
    const candidates = matchers.filter((one) =>
      matchesAny([{ ...one, body: undefined }], { status, headers, body: undefined }),
    )
    if (candidates.length === 0 || !isJson(headers)) return false
    return matchesAny(candidates, { status, headers, body: await copyOf(response, clock) })
  }
}

// A page or a stream of events has nothing to match, and would be held up.
function isJson(headers: Headers): boolean {
  return /[/+]json\b/i.test(headers.get('content-type') ?? '')
}

/** The parsed body, or `undefined` where it can't be had. */
async function copyOf(response: Response, clock: Clock): Promise<unknown> {
  try {
    return JSON.parse(await beginningOf(response, clock))
  } catch {
    return undefined
  }
}

/** The text of a body that is not too long; otherwise nothing. */
async function beginningOf(response: Response, clock: Clock): Promise<string> {
  const isStream = response.body && 'getReader' in response.body
  if (!isStream) {
    const length = Number(response.headers.get('content-length') ?? Infinity)
    return length <= MOST_BYTES_COPIED_WHOLE ? response.clone().text() : ''
  }
  const { body } = response.clone()
  const reader = body && bodyReader(body)
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    await inTime(clock, LONGEST_READING_MS, async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        text += decoder.decode(part.value, { stream: true })
        bytes += part.value.byteLength
        if (bytes > MOST_BYTES) throw new RangeError('The body is longer.')
      }
    })
    return text
  } finally {
    // The caller's own copy goes on.
    void reader?.cancel().catch(() => {})
  }
}
