// The checks under the matchers and the assertions. None of their messages holds a secret.

import type { ReceivedRequest } from '../request-log.ts'
import { isMeant, type RequestWish } from '../request-wish.ts'
import type { Simulator } from '../simulation.ts'
import type { Verdict } from './verdict.ts'

/** How many requests are expected: an exact number, or limits. */
export type Times = number | { readonly atLeast?: number; readonly atMost?: number }

/** Whether the number of requests is as expected. */
export const received = <Operation extends string>(
  simulator: Pick<Simulator<Operation>, 'requests'>,
  wanted: Operation | RequestWish<Operation>,
  times: Times = { atLeast: 1 },
): Verdict => {
  const wish: RequestWish<Operation> = typeof wanted === 'string' ? { operation: wanted } : wanted
  const count = simulator.requests.filter((request) => isMeant(request, wish)).length
  const { atLeast = 0, atMost = Infinity } = typeof times === 'number' ? { atLeast: times, atMost: times } : times
  const pass = count >= atLeast && count <= atMost
  const expected = typeof times === 'number' ? `${times}` : limits(atLeast, atMost)
  return {
    pass,
    message: () =>
      `Expected ${pass ? 'not ' : ''}${expected} requests of ${JSON.stringify(wish)}, received ${count}.\n${listOf(simulator.requests)}`,
  }
}

/** Was no secret in an address, where logs keep it? */
export const sentNoSecret = ({ requests }: Pick<Simulator, 'requests'>): Verdict => {
  const guilty = requests.filter(({ exposed }) => exposed.length > 0)
  return {
    pass: guilty.length === 0,
    message: () =>
      guilty.length === 0
        ? `Expected a secret in the address of a request. There isn't one in ${requests.length}.`
        : `Expected no secret in an address. Send it in a header or a body.\n${listOf(guilty)}`,
  }
}

/** Did every prepared fault meet its requests? */
export const metAllFaults = ({ faults }: Pick<Simulator, 'faults'>): Verdict => {
  const unused = faults.unused()
  const kinds = unused.map(({ kind, remaining }) => `${kind} (${remaining} more)`).join(', ')
  return {
    pass: unused.length === 0,
    message: () =>
      unused.length === 0
        ? 'Expected an unused fault. All of them were used.'
        : `Expected every fault to be used. Unused: ${kinds}.`,
  }
}

/** Was every refresh token sent once only, where one is good for one use? */
export const reusedNoRefreshToken = ({ reuses }: { readonly reuses: number }): Verdict => ({
  pass: reuses === 0,
  message: () =>
    reuses === 0
      ? 'Expected a spent refresh token to be reused. None was.'
      : `Expected no spent refresh token to be reused. It happened ${reuses} times.`,
})

/** Does an output, such as a log, hold none of a simulator's secrets, encoded or not? */
export const holdsNoSecret = (output: unknown, simulator: Pick<Simulator, 'revealSecrets'>): Verdict => {
  const text = typeof output === 'string' ? output : (JSON.stringify(output) ?? String(output))
  const found = simulator
    .revealSecrets()
    .flatMap((secret, index) => (spellings(secret).some((one) => text.includes(one)) ? [index + 1] : []))
  return {
    pass: found.length === 0,
    message: () =>
      found.length === 0
        ? `Expected a secret in the output. There isn't one in ${text.length} characters.`
        : `Expected no secret in the output. It contains the secrets number ${found.join(', ')} of revealSecrets().`,
  }
}

const limits = (atLeast: number, atMost: number): string =>
  atMost === Infinity ? `at least ${atLeast}` : `${atLeast} to ${atMost}`

/** As it is, in a URL, in a form, in JSON, and in base64. */
const spellings = (secret: string): readonly string[] => {
  const encoded = encodeURIComponent(secret)
  const inJson = JSON.stringify(secret).slice(1, -1)
  const inBase64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret)))
  return [secret, encoded, encoded.replaceAll('%20', '+'), inJson, inBase64]
}

const MOST_LINES = 20

const listOf = (requests: readonly ReceivedRequest[]): string => {
  const lines = requests.slice(-MOST_LINES).map(({ id, method, path, status, operation, exposed }) => {
    const places = exposed.length === 0 ? '' : ` (a secret in ${exposed.join(', ')})`
    return `  ${id}. ${method} ${path} ${status ?? 'no answer'} ${operation ?? ''}${places}`.trimEnd()
  })
  return [requests.length > MOST_LINES ? `  … ${requests.length - MOST_LINES} more before` : '', ...lines]
    .filter((line) => line !== '')
    .join('\n')
}
