import type { Fetch } from '../../src/retry/index.ts'

/** A fetch that gives these answers in turn, and keeps what it was asked. */
export function scripted(
  ...answers: (number | Error | Response)[]
): Fetch & { calls: { url: string; init: RequestInit }[] } {
  const calls: { url: string; init: RequestInit }[] = []
  const fetch: Fetch = async (input, init = {}) => {
    const answer = answers[calls.length]
    calls.push({ url: input instanceof Request ? input.url : String(input), init })
    if (answer === undefined) throw new Error('Unprepared request')
    if (answer instanceof Error) throw answer
    return answer instanceof Response ? answer : new Response(null, { status: answer })
  }
  return Object.assign(fetch, { calls })
}
