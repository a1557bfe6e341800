import type { ProviderIo, TypedAnswer } from '../../src/kit/index.ts'
import { type Secret, secret } from '../../src/secret.ts'

/** What a provider's code asked of its surroundings. */
export interface RecordingIo extends ProviderIo {
  readonly requested: number[]
  /** Each request for a parent's token: its scheme, and the token that was to be replaced. */
  readonly asked: { scheme: string; newerThan: string | undefined }[]
}

/** Surroundings in which it is noon of 22 November 2026, and parents have the tokens `parent-1`, `parent-2`, … */
export function recordingIo(changes: Partial<ProviderIo> = {}): RecordingIo {
  const requested: number[] = []
  const asked: RecordingIo['asked'] = []
  return {
    fetch: () => Promise.reject(new Error('nothing is sent here')),
    presenting: () => () => Promise.reject(new Error('nothing is sent here')),
    lookUp: () => Promise.reject(new Error('nothing is read here')),
    account: { tenant: 'one' },
    now: Date.parse('2026-11-22T12:00:00Z'),
    clockOffsetMs: 0,
    signal: new AbortController().signal,
    async token(scheme, { newerThan }: { newerThan?: Secret | undefined } = {}) {
      asked.push({ scheme, newerThan: newerThan?.reveal() })
      return secret(`parent-${asked.length}`)
    },
    async noteRequestedExpiry(expiresAt) {
      requested.push(expiresAt)
    },
    noteSkew: () => {},
    requested,
    asked,
    ...changes,
  }
}

/** What a typed client answers with. */
export async function answer<T>(status: number, data?: T): Promise<TypedAnswer<T>> {
  return { data, response: new Response(null, { status }) }
}
