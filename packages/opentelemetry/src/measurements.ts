import type { TokenEvent } from '@chaveiro/core'
import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { ERROR_TYPE, EVENT, errorType, METHOD, PROVIDER, STATUS_CODE, TOKEN_SOURCE } from './attributes.ts'

// Those of http.client.request.duration, and the longest that a renewal or a request may take.
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120]

/** Measures how long renewals, waits and API requests take, and counts everything else that happens. */
export function measure(meter: Meter): (event: TokenEvent) => void {
  const duration = (name: string, description: string): Histogram =>
    meter.createHistogram(name, { description, unit: 's', advice: { explicitBucketBoundaries: BUCKETS_S } })
  const refresh = duration('chaveiro.refresh.duration', 'How long renewals of tokens take.')
  const wait = duration('chaveiro.wait.duration', 'How long callers wait for a renewal.')
  const request = duration('chaveiro.client.request.duration', 'How long API requests take, with all their attempts.')
  const events = meter.createCounter('chaveiro.events', { description: 'What happened to tokens.', unit: '{event}' })

  return (event) => {
    const { type, provider, durationMs = 0, source, method, status } = event
    const error = errorType(event)
    const about: Attributes = { [PROVIDER]: provider, ...(error !== undefined && { [ERROR_TYPE]: error }) }
    const seconds = durationMs / 1_000
    if (type === 'token.waited') return wait.record(seconds, about)
    if (type === 'request.ended') {
      return request.record(seconds, {
        ...about,
        ...(method !== undefined && { [METHOD]: knownMethod(method) }),
        ...(status !== undefined && { [STATUS_CODE]: status }),
      })
    }
    if (type === 'refresh.done' || type === 'refresh.failed') {
      refresh.record(seconds, { ...about, ...(source !== undefined && { [TOKEN_SOURCE]: source }) })
    }
    events.add(1, { ...about, [EVENT]: type })
  }
}

const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']

/** Any other method counts as `_OTHER`, so that there are only a few series. */
function knownMethod(method: string): string {
  return METHODS.includes(method) ? method : '_OTHER'
}
