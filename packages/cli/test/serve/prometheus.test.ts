import { readFileSync } from 'node:fs'
import { describeWith, type Sample, startPrometheus } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { newServer } from './support/served.ts'

const DASHBOARD = new URL('../../../../examples/observability/dashboard.json', import.meta.url)
const ROW = 'chaveiro serve'

interface Panel {
  readonly type: string
  readonly title: string
  readonly targets?: readonly { readonly expr: string }[]
}

/** The expressions of the dashboard's row about `chaveiro serve`: its last one. */
function expressions(): readonly string[] {
  const { panels }: { readonly panels: readonly Panel[] } = JSON.parse(readFileSync(DASHBOARD, 'utf8'))
  const row = panels.findIndex(({ type, title }) => type === 'row' && title === ROW)
  return panels.slice(row).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
}

const labelsOf = (samples: readonly Sample[]): readonly object[] => samples.map(({ labels }) => labels)

describeWith(['prometheus'], 'Prometheus', () => {
  it('reads the metrics, and each expression of the dashboard returns what happened', async () => {
    const { server, get, keys, simulator } = await newServer({ accounts: ['shop', 'other'] })
    const port = Number(new URL(server.url).port)
    await using prometheus = await startPrometheus([{ job: 'serve', port, bearer: keys['all'] ?? '' }])
    const ask = async (account: string, count: number): Promise<void> => {
      await get(`/v1/tokens/bitize/${account}`, keys['all'])
      const counted = 'sum(chaveiro_requests_total{door="token", outcome="2xx"})'
      await prometheus.until(counted, ([sample]) => sample?.value === count)
    }
    await ask('shop', 1)
    await ask('other', 2)
    expect(simulator.count('authenticate')).toBe(2)

    const [calls, duration, renewals, running, connections, ...more] = await Promise.all(
      // On a busy machine a reading may be missed, and then there is nothing for a second.
      expressions().map((expression) => prometheus.until(expression, (samples) => samples.length > 0)),
    )
    expect(more).toEqual([])
    expect(labelsOf(calls ?? [])).toContainEqual({ door: 'token', outcome: '2xx' })
    expect(calls?.find(({ labels }) => labels['door'] === 'token')?.value).toBeGreaterThan(0)
    expect(labelsOf(duration ?? [])).toContainEqual({ door: 'token' })
    expect(labelsOf(renewals ?? [])).toEqual([{ provider: 'bitize', outcome: 'done' }])
    expect(renewals?.[0]?.value).toBeGreaterThan(0)
    // The call that reads them.
    expect(running?.[0]?.value).toBeGreaterThanOrEqual(1)
    expect(connections?.[0]?.value).toBeGreaterThanOrEqual(1)
  })
})
