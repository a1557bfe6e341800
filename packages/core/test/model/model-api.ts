import type { Scheduler } from 'fast-check'
import { offline, reset, status } from '../support/scripted-issuer.ts'
import type { Host } from './host.ts'
import { ELSEWHERE } from './network.ts'
import type { ApiFault } from './setup.ts'

/** Hears what the API does. */
export interface ApiWatch {
  onRequest(host: Host, id: string, method: string): void
  onRejected(host: Host, id: string, accessToken: string): void
  /** The request was applied, whatever the client hears of it. */
  onApplied(id: string): void
}

/** The API behind the issuer. */
export interface ModelApi {
  /** What goes wrong with the next requests whose token is good, in order. */
  readonly faults: ApiFault[]
  /** How many of the next requests are answered with 401 although nothing is wrong. */
  refusals: number
  answer(host: Host, request: Request): Promise<Response>
}

interface Outcome {
  readonly given: Response | Error
  readonly isApplied: boolean
}

// Above 303 the request goes on as it is: it was not applied.
const REDIRECTS: Readonly<Partial<Record<ApiFault, readonly [status: number, to: string]>>> = {
  'moved-permanently': [301, '/api/moved'],
  found: [302, '/api/found'],
  'see-other': [303, '/api/result'],
  'temporary-redirect': [307, '/api/busy'],
  'found-elsewhere': [302, ELSEWHERE.href],
  'temporary-redirect-elsewhere': [307, ELSEWHERE.href],
}

export function modelApi(scheduler: Scheduler, isGood: (accessToken: string) => boolean, watch: ApiWatch): ModelApi {
  const api: ModelApi = {
    faults: [],
    refusals: 0,
    async answer(host, request) {
      const { method, headers } = request
      const id = headers.get('x-call') ?? ''
      watch.onRequest(host, id, method)
      await scheduler.schedule(Promise.resolve(), `${host.name}: api`)
      await host.running()
      const accessToken = (headers.get('authorization') ?? '').replace('Bearer ', '')
      const isRefused = api.refusals > 0
      if (isRefused) api.refusals -= 1
      if (isRefused || !isGood(accessToken)) {
        watch.onRejected(host, id, accessToken)
        return status(401)
      }
      const { given, isApplied } = outcomeOf(api.faults.shift())
      if (isApplied && method !== 'GET') watch.onApplied(id)
      if (given instanceof Error) throw given
      return given
    },
  }
  return api
}

function outcomeOf(fault: ApiFault | undefined): Outcome {
  if (fault === 'lost') return { given: reset(), isApplied: true }
  if (fault === 'offline') return { given: offline(), isApplied: false }
  if (fault === 'throttled') return { given: status(429, { 'retry-after': '2' }), isApplied: false }
  if (fault === 'too-early') return { given: status(425), isApplied: false }
  const [code, location] = (fault && REDIRECTS[fault]) ?? [200, undefined]
  return { given: status(code, location === undefined ? {} : { location }), isApplied: code < 304 }
}
