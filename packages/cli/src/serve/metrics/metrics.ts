import type { TokenEvent } from '@chaveiro/core'
import type { Decision } from '../door/log.ts'
import { type Family, type Labels, sample, writeOpenMetrics } from './open-metrics.ts'

/** What is counted of a server. */
export interface Metrics {
  decided(decision: Decision, durationMs: number): void
  /** An event of an account's token. */
  heard(provider: string, event: TokenEvent): void
  /** All of it as OpenMetrics. */
  text(now: Gauges): string
}

/** What is as it is when it is asked for. */
interface Gauges {
  readonly runningCalls: number
  readonly openConnections: number
}

// A series for each account and outcome: more than that is a burden for the server that collects them.
const MOST_SERIES = 1_000
const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

/** Counts. No series names an account unless `accounts` says so. */
export function createMetrics({ accounts }: { readonly accounts: boolean }): Metrics {
  const requests = new Map<string, { readonly labels: Labels; count: number }>()
  const renewals = new Map<string, { readonly labels: Labels; count: number }>()
  const durations = new Map<string, Histogram>()

  return {
    decided({ door, provider = '', account = '', status, code }, durationMs) {
      const labels = {
        door,
        provider,
        account: accounts ? account : '',
        outcome: code ?? `${Math.floor(status / 100)}xx`,
      }
      count(requests, labels)
      const histogram = durations.get(door) ?? new Histogram()
      durations.set(door, histogram)
      histogram.add(durationMs / 1_000)
    },
    heard(provider, { type, source, code = '' }) {
      if (type === 'refresh.done' && source === 'provider') count(renewals, { provider, outcome: 'done' })
      if (type === 'refresh.failed') count(renewals, { provider, outcome: code })
    },
    text: ({ runningCalls, openConnections }) =>
      writeOpenMetrics([
        counter('chaveiro_requests', 'Calls that were decided.', requests),
        {
          name: 'chaveiro_request_duration_seconds',
          type: 'histogram',
          unit: 'seconds',
          help: 'From the head of a request to the end of its answer.',
          lines: [...durations].flatMap(([door, histogram]) =>
            histogram.lines('chaveiro_request_duration_seconds', { door }),
          ),
        },
        counter('chaveiro_renewals', 'Renewals of tokens at the providers.', renewals),
        gauge('chaveiro_running_requests', 'Calls that run now.', runningCalls),
        gauge('chaveiro_open_connections', 'Connections that are open now.', openConnections),
      ]),
  }
}

type Counts = Map<string, { readonly labels: Labels; count: number }>

function count(counts: Counts, labels: Labels): void {
  const key = Object.values(labels).join('\n')
  const known = counts.get(key)
  if (known !== undefined) known.count += 1
  // Those that find no place are counted together, without their account.
  else if (counts.size >= MOST_SERIES && labels['account']) count(counts, { ...labels, account: '' })
  else counts.set(key, { labels, count: 1 })
}

function counter(name: string, help: string, counts: Counts): Family {
  const lines = [...counts.values()].map(({ labels, count: value }) => sample(`${name}_total`, labels, value))
  return { name, type: 'counter', help, lines }
}

function gauge(name: string, help: string, value: number): Family {
  return { name, type: 'gauge', help, lines: [sample(name, {}, value)] }
}

class Histogram {
  readonly #counts = BUCKETS_S.map(() => 0)
  #count = 0
  #sum = 0

  add(seconds: number): void {
    this.#count += 1
    this.#sum += seconds
    const index = BUCKETS_S.findIndex((bound) => seconds <= bound)
    if (index >= 0) this.#counts[index] = (this.#counts[index] ?? 0) + 1
  }

  lines(name: string, labels: Labels): readonly string[] {
    let below = 0
    const buckets = BUCKETS_S.map((bound, index) => {
      below += this.#counts[index] ?? 0
      return sample(`${name}_bucket`, { ...labels, le: String(bound) }, below)
    })
    return [
      ...buckets,
      sample(`${name}_bucket`, { ...labels, le: '+Inf' }, this.#count),
      sample(`${name}_count`, labels, this.#count),
      sample(`${name}_sum`, labels, this.#sum),
    ]
  }
}
