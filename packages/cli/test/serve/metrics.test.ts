import { expect, it } from 'vitest'
import { createMetrics } from '../../src/serve/metrics/metrics.ts'
import { newServer } from './support/served.ts'

const GAUGES = { runningCalls: 0, openConnections: 0 }

it('metrics are OpenMetrics, with provider and outcome and without accounts', async () => {
  const { get, keys } = await newServer()
  await get('/v1/tokens/bitize/shop', keys['all'])
  await get('/v1/tokens/bitize/shop', keys['all'])
  await get('/v1/tokens/bitize/none', keys['all'])
  await get('/v1/accounts')
  const answer = await get('/metrics', keys['all'])
  expect(answer.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  const text = await answer.text()
  expect(text.endsWith('\n# EOF\n')).toBe(true)
  expect(text).not.toContain('shop')
  expect(text.split('\n').filter((line) => /^chaveiro_(?:requests|renewals|running)/.test(line))).toEqual([
    'chaveiro_requests_total{door="token",provider="bitize",outcome="2xx"} 2',
    'chaveiro_requests_total{door="token",outcome="forbidden"} 1',
    'chaveiro_requests_total{door="none",outcome="key-missing"} 1',
    'chaveiro_renewals_total{provider="bitize",outcome="done"} 1',
    'chaveiro_running_requests 1',
  ])
  expect(text).toContain('chaveiro_request_duration_seconds_bucket{door="token",le="+Inf"} 3')
  expect(text).toContain('chaveiro_request_duration_seconds_count{door="token"} 3')
})

it('accounts are named where that is asked for, in 1000 series at most', () => {
  const metrics = createMetrics({ accounts: true })
  for (let account = 0; account < 1_200; account += 1) {
    metrics.decided({ door: 'token', method: 'GET', status: 200, provider: 'bitize', account: `shop-${account}` }, 1)
  }
  const lines = metrics
    .text(GAUGES)
    .split('\n')
    .filter((line) => line.startsWith('chaveiro_requests_total'))
  expect(lines).toHaveLength(1_001)
  expect(lines.at(-1)).toBe('chaveiro_requests_total{door="token",provider="bitize",outcome="2xx"} 200')
})

it('buckets count what is below their bound, and labels are escaped', () => {
  const metrics = createMetrics({ accounts: true })
  for (const ms of [0.5, 1, 3, 200_000]) metrics.decided({ door: 'token', method: 'GET', status: 200 }, ms)
  metrics.decided({ door: 'a"b\\c\nd', method: 'GET', status: 200 }, 1)
  const text = metrics.text(GAUGES)
  for (const line of ['le="0.001"} 2', 'le="0.0025"} 2', 'le="0.005"} 3', 'le="120"} 3', 'le="+Inf"} 4']) {
    expect(text).toContain(`chaveiro_request_duration_seconds_bucket{door="token",${line}`)
  }
  expect(text).toContain('chaveiro_request_duration_seconds_sum{door="token"} 200.0045')
  expect(text).toContain('chaveiro_requests_total{door="a\\"b\\\\c\\nd",outcome="2xx"} 1')
})
